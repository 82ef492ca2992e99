import { describe, expect, it } from 'vitest'
import { createRunWorker } from './run-worker.ts'

function workerOn(due: number[], change: Partial<Parameters<typeof createRunWorker<number>>[0]> = {}) {
  const done: number[] = []
  const errors: unknown[] = []
  const worker = createRunWorker<number>({
    claim: async (atMost, busy) => busy.includes(1) ? [] : due.splice(0, atMost),
    portalOf: () => 1,
    work: async (run) => { done.push(run) },
    isCrowded: () => false,
    onError: error => errors.push(error),
    ...change,
  })
  return { worker, done, errors }
}

describe('the worker', () => {
  it('takes everything that is due when it starts, and what comes when it is woken', async () => {
    const due = [1, 2, 3, 4, 5, 6]
    const { worker, done } = workerOn(due)
    worker.start()
    await expect.poll(() => done).toEqual([1, 2, 3, 4, 5, 6])
    due.push(7)
    worker.wake()
    await expect.poll(() => done).toContain(7)
    await worker.stop(1_000)
  })

  it('goes on after a run that failed', async () => {
    const done: number[] = []
    const { worker, errors } = workerOn([1, 2, 3, 4, 5], {
      work: async (run) => {
        if (run === 2)
          throw new Error('broken')
        done.push(run)
      },
    })
    worker.start()
    await expect.poll(() => done).toEqual([1, 3, 4, 5])
    expect(errors).toHaveLength(1)
    await worker.stop(1_000)
  })

  it('finishes what is under way before it has stopped, and takes nothing new', async () => {
    const due = [1, 2, 3, 4, 5]
    let release = () => {}
    const held = new Promise<void>((resolve) => { release = resolve })
    const done: number[] = []
    const { worker } = workerOn(due, { work: run => held.then(() => { done.push(run) }) })
    worker.start()
    await expect.poll(() => due).toEqual([5])
    const stopped = worker.stop(10_000)
    release()
    await stopped
    expect(done).toEqual([1, 2, 3, 4])
    expect(due).toEqual([5])
  })

  it('goes on with other portals while one does not answer', async () => {
    const due = [11, 12, 13, 14, 15, 21]
    let release = () => {}
    const held = new Promise<void>((resolve) => { release = resolve })
    const done: number[] = []
    const portalOf = (run: number) => Math.floor(run / 10)
    const { worker } = workerOn(due, {
      portalOf,
      claim: async (atMost, busy) => {
        const free = due.filter(run => !busy.includes(portalOf(run))).slice(0, atMost)
        free.forEach(run => due.splice(due.indexOf(run), 1))
        return free
      },
      work: async (run) => {
        if (portalOf(run) === 1)
          await held
        done.push(run)
      },
    })
    worker.start()
    await expect.poll(() => done).toEqual([21])
    release()
    await expect.poll(() => done).toEqual([21, 11, 12, 13, 14, 15])
    await worker.stop(1_000)
  })

  it('does nothing before it is started', () => {
    const due = [1]
    workerOn(due).worker.wake()
    expect(due).toEqual([1])
  })
})
