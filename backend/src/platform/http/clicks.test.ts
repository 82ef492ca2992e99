import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { createClicks } from './clicks.ts'

describe('a button that is pressed twice', () => {
  beforeEach(() => void vi.useFakeTimers())
  afterEach(() => void vi.useRealTimers())

  /** A person's presses of buttons, each of which makes one more. */
  function pressing() {
    const clicks = createClicks()
    let made = 0
    const press = (click: string | null, userId = 1) => clicks.take({ portalId: 1, userId }, click, () => Promise.resolve(++made))
    return { press, forget: clicks.forget }
  }

  it('does its work once, while the first press is under way and shortly after', async () => {
    const { press } = pressing()
    expect(await Promise.all([press('a'), press('a')])).toEqual([1, 1])
    expect(await press('a')).toBe(1)
    await vi.advanceTimersByTimeAsync(1_000)
    expect(await press('a')).toBe(2)
  })

  it('is meant anew by another person, with other words, and after something else was done', async () => {
    const { press, forget } = pressing()
    expect([await press('a'), await press('a', 2), await press('b'), await press('a')]).toEqual([1, 2, 3, 4])
    expect([await press(null), await press('a')]).toEqual([5, 6])
    forget(1)
    expect(await press('a')).toBe(7)
  })

  it('may be pressed again at once when the work failed', async () => {
    const clicks = createClicks()
    await expect(clicks.take({ portalId: 1, userId: 1 }, 'a', () => Promise.reject(new Error('refused')))).rejects.toThrow('refused')
    expect(await clicks.take({ portalId: 1, userId: 1 }, 'a', () => Promise.resolve('made'))).toBe('made')
  })
})
