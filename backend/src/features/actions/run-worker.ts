export interface WorkerDeps<Run> {
  readonly claim: (atMost: number) => Promise<readonly Run[]>
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

const atOnce = 4
const roundMs = 2_000
/** Answering the host comes first, but not for ever. */
const politenessMs = 20
const politeRounds = 50

/** Takes due runs a few at a time for as long as there are any; looks again every round and whenever it is woken. */
export function createRunWorker<Run>({ claim, work, isCrowded, onError }: WorkerDeps<Run>): RunWorker {
  let timer: NodeJS.Timeout | null = null
  let current: Promise<void> | null = null
  let isWoken = false
  let isStopped = true

  async function drain(): Promise<void> {
    isWoken = false
    await letOthersGo(isCrowded)
    for (let runs = await claim(atOnce); runs.length > 0; runs = isStopped ? [] : await claim(atOnce)) {
      await Promise.all(runs.map(run => work(run).catch(onError)))
      await letOthersGo(isCrowded)
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
      await Promise.race([current, new Promise(resolve => setTimeout(resolve, graceMs).unref())])
    },
  }
}

async function letOthersGo(isCrowded: () => boolean): Promise<void> {
  for (let round = 0; round < politeRounds && isCrowded(); round++)
    await new Promise(resolve => setTimeout(resolve, politenessMs))
}
