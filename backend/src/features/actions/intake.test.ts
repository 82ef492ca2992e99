import { describe, expect, it } from 'vitest'
import { createIntake } from './intake.ts'

describe('the intake', () => {
  it('writes at once what comes alone, and together what came meanwhile', async () => {
    const writes: number[][] = []
    const { take } = createIntake<number>(async (items) => { writes.push([...items]) })
    await Promise.all([1, 2, 3].map(take))
    await take(4)
    expect(writes).toEqual([[1], [2, 3], [4]])
  })

  it('never writes more than the limit at once', async () => {
    const sizes: number[] = []
    const { take } = createIntake<number>(async (items) => { sizes.push(items.length) }, { most: 2 })
    await Promise.all([1, 2, 3, 4, 5, 6].map(take))
    expect(sizes).toEqual([1, 2, 2, 1])
  })

  it('keeps one item that can\'t be written from taking its neighbours down', async () => {
    const kept: number[] = []
    const { take } = createIntake<number>(async (items) => {
      if (items.includes(13))
        throw new Error('refused')
      kept.push(...items)
    })
    const results = await Promise.allSettled([1, 13, 2].map(take))
    expect(results.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled'])
    expect(kept).toEqual([1, 2])
  })

  it('tells every caller of a failed write, and goes on', async () => {
    let isBroken = true
    const { take } = createIntake<number>(async () => {
      if (isBroken)
        throw new Error('disk')
    })
    await expect(take(1)).rejects.toThrow('disk')
    isBroken = false
    await expect(take(2)).resolves.toBeUndefined()
  })
})
