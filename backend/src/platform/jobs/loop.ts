/** Runs work again and again, never twice at once, until it is stopped. */
export interface Loop {
  start(): void
  stop(graceMs: number): Promise<void>
}

export interface Round {
  readonly everyMs: number
  /** When the first one begins. */
  readonly firstMs?: number
  /** True: there may be more, look again at once. */
  readonly work: () => Promise<boolean>
}

export function createLoop(rounds: readonly Round[], onError: (error: unknown) => void): Loop {
  const timers: NodeJS.Timeout[] = []
  const underWay = new Map<Round, Promise<void>>()
  let isStopped = true

  async function run(round: Round): Promise<void> {
    for (let hasMore = true; hasMore && !isStopped;)
      hasMore = await round.work()
  }

  function begin(round: Round): void {
    if (isStopped || underWay.has(round))
      return
    underWay.set(round, run(round).catch(onError).finally(() => underWay.delete(round)))
  }

  return {
    start() {
      isStopped = false
      for (const round of rounds) {
        const timer = setInterval(begin, round.everyMs, round)
        timer.unref()
        timers.push(timer)
        if (round.firstMs !== undefined)
          timers.push(setTimeout(begin, round.firstMs, round).unref())
      }
    },
    async stop(graceMs) {
      isStopped = true
      timers.splice(0).forEach(timer => clearInterval(timer))
      await Promise.race([Promise.all(underWay.values()), new Promise(resolve => setTimeout(resolve, graceMs).unref())])
    },
  }
}
