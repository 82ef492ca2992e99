import { performance } from 'node:perf_hooks'
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'

/** What a look at the process tells: share of the last period in which the event loop worked, and bytes. */
export interface Look {
  readonly utilization: number
  readonly heapTotal: number
  readonly heapUsed: number
}

const lookEveryMs = 5_000
const quietLooks = 2
/** A person who just clicked does not wait for the collector: it runs at most this often. */
const pauseLooks = 60
const idleShare = 0.05
/** Less is not worth a pause. */
const worthwhileBytes = 16 * 1024 * 1024

type Collect = (options: { type: 'major', execution: 'async', flavor: 'last-resort' }) => Promise<void>

/**
 * After a synchronisation or an import V8 keeps a third of its heap as half-empty pages: the regular polling of the
 * jobs looks to it like work, so that its own reducer never runs. This hands the pages back in a quiet moment
 * (260 → 175 MB resident after the demo company was read); the pause is a tenth of a second.
 */
export function collectWhenQuiet(): void {
  setFlagsFromString('--expose-gc')
  const collect = runInNewContext('gc') as Collect
  const isMoment = quietMoments()
  let before = performance.eventLoopUtilization()
  setInterval(() => {
    const now = performance.eventLoopUtilization()
    const { utilization } = performance.eventLoopUtilization(now, before)
    before = now
    if (isMoment({ utilization, ...process.memoryUsage() }))
      void collect({ type: 'major', execution: 'async', flavor: 'last-resort' })
  }, lookEveryMs).unref()
}

/** True for a look at which collecting disturbs nobody and pays. */
export function quietMoments(): (look: Look) => boolean {
  let quiet = 0
  let sinceLast = pauseLooks
  return ({ utilization, heapTotal, heapUsed }) => {
    quiet = utilization < idleShare ? quiet + 1 : 0
    sinceLast++
    if (quiet < quietLooks || sinceLast < pauseLooks || heapTotal - heapUsed < worthwhileBytes)
      return false
    sinceLast = 0
    return true
  }
}
