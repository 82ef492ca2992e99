import { describe, expect, it } from 'vitest'
import { byPieces, withBreath } from './breath.ts'
import { turnsDuring } from './testing/turns.ts'

describe('long work', () => {
  it('goes through every item in order and lets others in between', async () => {
    const items = Array.from({ length: 10_000 }, (_, at) => at)
    const seen: number[] = []
    expect(await turnsDuring(() => withBreath(items, item => seen.push(item)))).toBeGreaterThan(40)
    expect(seen).toEqual(items)
  })

  it('goes through a text piece by piece, and misses none of it', async () => {
    const text = 'Été;1\n'.repeat(50_000)
    let read = ''
    expect(await turnsDuring(() => byPieces(text.length, (from, to) => {
      read += text.slice(from, to)
    }))).toBeGreaterThan(3)
    expect(read).toBe(text)
  })
})
