export interface Intake<T> {
  take(item: T): Promise<void>
  /** Callers are waiting right now: whoever else wants the database should let them go first. */
  isBusy(): boolean
}

/**
 * Many callers, one writer: whatever arrives while a write is under way goes into the next one.
 * A caller is answered only after its item is on disk.
 */
export function createIntake<T>(write: (items: readonly T[]) => Promise<void>, { most = 200 }: { most?: number } = {}): Intake<T> {
  let waiting: { item: T, resolve: () => void, reject: (error: unknown) => void }[] = []
  let isWriting = false

  async function drain(): Promise<void> {
    isWriting = true
    while (waiting.length > 0) {
      const batch = waiting.slice(0, most)
      waiting = waiting.slice(most)
      try {
        await write(batch.map(({ item }) => item))
        batch.forEach(({ resolve }) => resolve())
      }
      catch (error) {
        await writeApart(batch, error)
      }
    }
    isWriting = false
  }

  /** One item that can't be written must not take its neighbours down: the host never sends them again. */
  async function writeApart(batch: typeof waiting, error: unknown): Promise<void> {
    if (batch.length === 1)
      batch[0]?.reject(error)
    else
      await Promise.all(batch.map(({ item, resolve, reject }) => write([item]).then(resolve, reject)))
  }

  return {
    take: item => new Promise((resolve, reject) => {
      waiting.push({ item, resolve, reject })
      if (!isWriting)
        void drain()
    }),
    isBusy: () => isWriting,
  }
}
