import { describe, expect, it } from 'vitest'
import { meanPrice, priceChangeOf, priceEffect } from './price-change.ts'

const at = (on: string, unitPrice: number, quantity = 1) => ({ on, unitPrice, quantity })

describe('the change of a price', () => {
  it('is told from the first to the last day, whatever the order of the lines', () => {
    expect(priceChangeOf([at('2026-03-01', 12, 2), at('2026-01-01', 10, 3), at('2026-02-01', 9)])).toEqual({
      first: 10, last: 12, changePercent: expect.closeTo(20), least: 9, most: 12, quantity: 6,
    })
  })

  it('has no percent from a free sample', () => {
    expect(priceChangeOf([at('2026-01-01', 0), at('2026-02-01', 5)])).toMatchObject({ changePercent: null })
  })

  it('of nothing is nothing', () => {
    expect(priceChangeOf([])).toBeNull()
    expect(meanPrice([])).toBeNull()
  })

  it('costs more or saves against the mean price of before, half a cent away from zero, and has no effect without one', () => {
    expect(priceEffect({ amountMinor: 8_000, quantity: 10 }, { amountMinor: 3_000, quantity: 3 })).toBe(-2_000)
    expect(priceEffect({ amountMinor: 101, quantity: 1 }, { amountMinor: 201, quantity: 2 })).toBe(1)
    expect(priceEffect({ amountMinor: 100, quantity: 1 }, { amountMinor: 201, quantity: 2 })).toBe(-1)
    expect(priceEffect({ amountMinor: 100, quantity: 1 }, { amountMinor: 0, quantity: 0 })).toBeNull()
  })

  it('weighs the mean by quantity', () => {
    expect(meanPrice([at('2026-01-01', 10, 3), at('2026-01-02', 20, 1)])).toBe(12.5)
  })
})
