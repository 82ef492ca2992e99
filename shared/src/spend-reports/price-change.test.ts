import { describe, expect, it } from 'vitest'
import { meanPrice, priceChangeOf } from './price-change.ts'

const at = (on: string, unitPrice: number, quantity = 1) => ({ on, unitPrice, quantity })

describe('the change of a price', () => {
  it('is told from the first to the last day, whatever the order of the lines', () => {
    expect(priceChangeOf([at('2026-03-01', 12, 2), at('2026-01-01', 10, 3), at('2026-02-01', 9)], 10)).toEqual({
      first: 10, last: 12, changePercent: expect.closeTo(20), least: 9, most: 12, quantity: 6, effect: 3,
    })
  })

  it('has no percent from a free sample and no effect without a baseline', () => {
    expect(priceChangeOf([at('2026-01-01', 0), at('2026-02-01', 5)], null)).toMatchObject({ changePercent: null, effect: null })
  })

  it('of nothing is nothing', () => {
    expect(priceChangeOf([], 10)).toBeNull()
    expect(meanPrice([])).toBeNull()
  })

  it('measures savings as a negative effect', () => {
    expect(priceChangeOf([at('2026-01-01', 8, 10)], 10)?.effect).toBe(-20)
  })

  it('weighs the mean by quantity', () => {
    expect(meanPrice([at('2026-01-01', 10, 3), at('2026-01-02', 20, 1)])).toBe(12.5)
  })
})
