export interface WorkerDeps<Run> {
  /** Due runs, at most so many, none of the portals that are busy. */
  readonly claim: (atMost: number, busyPortals: readonly number[]) => Promise<readonly Run[]>
  readonly portalOf: (run: Run) => number
  readonly work: (run: Run) => Promise<void>
  /** True while something more urgent needs the machine. */
  readonly isCrowded: () => boolean
  readonly onError: (error: unknown) => void
}

export interface RunWorker {
  start(): void
  /** Something has arrived: look now instead of at the next round. */
  wake(): void
  /** Takes nothing new and waits for what is under way, at most so long. */
  stop(graceMs: number): Promise<void>
}

const atOnce = 16
/** A portal that answers slowly, or not at all, holds up its own steps and nobody else's. */
const atOncePerPortal = 4
const roundMs = 2_000
/** Answering the host comes first, but not for ever. */
const politenessMs = 20
const politeRounds = 50

/** Takes due runs a few at a time for as long as there are any; looks again every round and whenever it is woken. */
export function createRunWorker<Run>({ claim, portalOf, work, isCrowded, onError }: WorkerDeps<Run>): RunWorker {
  let timer: NodeJS.Timeout | null = null
  let current: Promise<void> | null = null
  let isWoken = false
  let isStopped = true
  /** Runs were left lying because there was no room for them. */
  let hasMore = false
  const underWay = new Map<Promise<void>, number>()

  function begin(run: Run): void {
    const working = work(run).catch(onError).finally(() => {
      underWay.delete(working)
      if (hasMore)
        wake()
    })
    underWay.set(working, portalOf(run))
  }

  async function drain(): Promise<void> {
    isWoken = false
    for (let found = true; found && !isStopped;) {
      await letOthersGo(isCrowded)
      const room = Math.min(atOncePerPortal, atOnce - underWay.size)
      const busy = busyPortals(underWay)
      const runs = room > 0 ? await claim(room, busy) : []
      runs.forEach(begin)
      found = runs.length > 0
      hasMore = room === 0 || runs.length === room || busy.length > 0
    }
  }

  function wake(): void {
    isWoken = true
    if (isStopped || current)
      return
    current = drain().catch(onError).finally(() => {
      current = null
      // Woken between its last look and here.
      if (isWoken)
        wake()
    })
  }

  async function settle(): Promise<void> {
    await current
    await Promise.all(underWay.keys())
  }

  return {
    start() {
      isStopped = false
      timer = setInterval(wake, roundMs)
      timer.unref()
      wake()
    },
    wake,
    async stop(graceMs) {
      isStopped = true
      if (timer)
        clearInterval(timer)
      await Promise.race([settle(), new Promise(resolve => setTimeout(resolve, graceMs).unref())])
    },
  }
}

function busyPortals(underWay: ReadonlyMap<unknown, number>): number[] {
  const counts = new Map<number, number>()
  for (const portalId of underWay.values())
    counts.set(portalId, (counts.get(portalId) ?? 0) + 1)
  return [...counts].flatMap(([portalId, runs]) => runs >= atOncePerPortal ? [portalId] : [])
}

async function letOthersGo(isCrowded: () => boolean): Promise<void> {
  for (let round = 0; round < politeRounds && isCrowded(); round++)
    await new Promise(resolve => setTimeout(resolve, politenessMs))
}
