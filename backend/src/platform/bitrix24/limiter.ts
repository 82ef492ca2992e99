import { AppError } from '@comptoir/shared/errors'
import { createBucket, type Bucket } from './bucket.ts'
import { createOperatingGuard, type OperatingGuard, type OperatingState } from './operating-guard.ts'

/** Somebody looks at a screen, or nobody does. */
export type Lane = 'viewer' | 'background'

export interface LimiterOptions {
  readonly now?: () => number
  readonly sleep?: (ms: number) => Promise<void>
  readonly burst?: number
  readonly leakPerSecond?: number
  readonly operatingLimitSeconds?: number
}

export interface Limiter {
  of(portalId: number): PortalLimiter
}

export interface PortalLimiter {
  /** Resolves when a call of these methods may leave. Throws `crm.limit` when that would take longer than `patienceMs`. */
  admit(call: { lane: Lane, methods: readonly string[], patienceMs: number }): Promise<void>
  readonly operating: OperatingGuard
  /** Milliseconds until a call of this lane could leave. */
  waitOf(lane: Lane): number
  overflowed(): void
  state(): LimiterState
}

export interface LimiterState {
  readonly level: number
  readonly capacity: number
  readonly speed: number
  readonly waiting: number
  readonly operating: readonly OperatingState[]
}

/** How full each lane may make the bucket: a sync never takes the room that a viewer's click needs. */
const ceiling: Record<Lane, number> = { viewer: 1, background: 0.65 }
/** How much of a method's time each lane may use up. */
const operatingShare: Record<Lane, number> = { viewer: 0.97, background: 0.8 }
/** After so many viewers in a row one waiting background call goes first. */
const viewersInARow = 8

/** One for the whole process: whoever calls a portal goes through the same bucket. */
export function createLimiter(options: LimiterOptions = {}): Limiter {
  const portals = new Map<number, PortalLimiter>()
  return {
    of(portalId) {
      const existing = portals.get(portalId)
      if (existing)
        return existing
      const created = createPortalLimiter(options)
      portals.set(portalId, created)
      return created
    },
  }
}

interface Ticket {
  readonly go: () => void
}

export function createPortalLimiter({
  now = Date.now,
  sleep = ms => new Promise(resolve => setTimeout(resolve, ms)),
  burst = 50,
  leakPerSecond = 2,
  operatingLimitSeconds = 480,
}: LimiterOptions = {}): PortalLimiter {
  const bucket = createBucket({ now, burst, leakPerSecond })
  const operating = createOperatingGuard({ now, limitSeconds: operatingLimitSeconds })
  const queues: Record<Lane, Ticket[]> = { viewer: [], background: [] }
  let isServing = false
  let viewersServed = 0

  /** Who is next, and how full the bucket may be for it. */
  function pick(): { lane: Lane, ceiling: number } | null {
    const isViewerWaiting = queues.viewer.length > 0
    if (queues.background.length === 0)
      return isViewerWaiting ? { lane: 'viewer', ceiling: ceiling.viewer } : null
    if (isViewerWaiting && viewersServed < viewersInARow)
      return { lane: 'viewer', ceiling: ceiling.viewer }
    return { lane: 'background', ceiling: isViewerWaiting ? ceiling.viewer : ceiling.background }
  }

  async function serve(): Promise<void> {
    if (isServing)
      return
    isServing = true
    for (let next = pick(); next; next = pick()) {
      const wait = bucket.waitFor(next.ceiling)
      if (wait > 0) {
        // In slices: a viewer that arrives meanwhile must not sit out the wait of a background call.
        await sleep(Math.min(wait, next.lane === 'background' ? 250 : wait))
        continue
      }
      viewersServed = next.lane === 'viewer' && queues.background.length > 0 ? viewersServed + 1 : 0
      bucket.take()
      queues[next.lane].shift()?.go()
    }
    isServing = false
  }

  return {
    operating,
    async admit({ lane, methods, patienceMs }) {
      const operatingWait = operating.waitFor(methods, operatingShare[lane])
      const wait = Math.max(operatingWait, queueWait(bucket, queues, lane, leakPerSecond))
      if (wait > patienceMs)
        throw new AppError('crm.limit', { details: { retryAfterMs: Math.ceil(wait) } })
      if (operatingWait > 0)
        await sleep(operatingWait)
      await new Promise<void>((go) => {
        queues[lane].push({ go })
        void serve()
      })
    },
    waitOf: lane => queueWait(bucket, queues, lane, leakPerSecond),
    overflowed: () => bucket.overflowed(),
    state: () => ({
      level: bucket.level,
      capacity: bucket.capacity,
      speed: bucket.speed,
      waiting: queues.viewer.length + queues.background.length,
      operating: operating.methods,
    }),
  }
}

function queueWait(bucket: Bucket, queues: Record<Lane, Ticket[]>, lane: Lane, leakPerSecond: number): number {
  const ahead = queues.viewer.length + (lane === 'background' ? queues.background.length : 0)
  return bucket.waitFor(ceiling[lane]) + ahead / (leakPerSecond * bucket.speed) * 1000
}
