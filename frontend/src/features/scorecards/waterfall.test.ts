import { describe, expect, it } from 'vitest'
import { waterfall } from './waterfall.ts'

describe('the way from target to score', () => {
  it('leads there step by step, each beginning where the last one ended', () => {
    const steps = waterfall({ score: 72, target: 80, contributions: { delivery: -10, price: 2 } })
    expect(steps.map(({ id, points }) => [id, points])).toEqual([['start', 80], ['delivery', -10], ['price', 2], ['end', 72]])
    const [, delivery, price] = steps
    // The used part of the scale runs from 65 to 85.
    expect(delivery).toMatchObject({ at: 25, length: 50 })
    expect(price).toMatchObject({ at: 25, length: 10 })
  })

  it('has no steps without a score', () => {
    expect(waterfall({ score: null, target: 80, contributions: {} })).toEqual([])
  })
})
