import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { createLoop } from './loop.ts'

describe('a loop of rounds', () => {
  beforeEach(() => void vi.useFakeTimers())
  afterEach(() => void vi.useRealTimers())

  it('goes on at once while there is more, and rests when there is none', async () => {
    const left = [true, true, false]
    const work = vi.fn(async () => left.shift() ?? false)
    const loop = createLoop([{ everyMs: 1000, work }], () => undefined)
    loop.start()
    await vi.advanceTimersByTimeAsync(1000)
    expect(work).toHaveBeenCalledTimes(3)
    await loop.stop(0)
  })

  it('never does one thing twice at a time, and lives on after a failure', async () => {
    const errors: unknown[] = []
    let finish: ((hasMore: boolean) => void) | null = null
    const slow = vi.fn(() => new Promise<boolean>((resolve) => { finish = resolve }))
    const broken = vi.fn(async () => { throw new Error('away') })
    const loop = createLoop([{ everyMs: 1000, firstMs: 10, work: slow }, { everyMs: 1000, work: broken }], error => errors.push(error))
    loop.start()
    await vi.advanceTimersByTimeAsync(3000)
    expect([slow.mock.calls.length, broken.mock.calls.length, errors.length]).toEqual([1, 3, 3])
    const stopping = loop.stop(60_000)
    ;(finish as unknown as (hasMore: boolean) => void)(true)
    await stopping
    await vi.advanceTimersByTimeAsync(3000)
    expect(slow).toHaveBeenCalledTimes(1)
  })
})
