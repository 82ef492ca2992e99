import { describe, expect, it } from 'vitest'
import type { Money } from '../money.ts'
import { convert, dealMargin, shareOf, type LinkedCosts } from './deal-margin.ts'

const eur = (minor: number): Money => ({ minor, currency: 'EUR' })
const rates = { EUR: 1, USD: 0.9, JPY: 0.006 }
const marginOf = (amount: Money | null, links: readonly LinkedCosts[]) => dealMargin({ amount, currency: 'EUR', links, rates })

describe('the margin of a deal', () => {
  it('takes every vendor\'s cost off the amount', () => {
    const { planned, actual } = marginOf(eur(100_000), [
      { planned: eur(30_000), actual: eur(32_000) },
      { planned: eur(20_000), actual: eur(18_000) },
    ])
    expect(planned).toEqual({ cost: eur(50_000), margin: eur(50_000), rate: 0.5, missingCount: 0, unpricedCount: 0 })
    expect(actual).toMatchObject({ cost: eur(50_000), margin: eur(50_000) })
  })

  it('expects the actual cost where it is known and the planned one where it is not', () => {
    const { expected, actual } = marginOf(eur(100_000), [
      { planned: eur(30_000), actual: eur(40_000) },
      { planned: eur(20_000), actual: null },
    ])
    expect(expected).toMatchObject({ cost: eur(60_000), margin: eur(40_000), rate: 0.4, missingCount: 0 })
    expect(actual).toMatchObject({ cost: eur(40_000), missingCount: 1 })
  })

  it('is unknown, not total, when no cost is known', () => {
    expect(marginOf(eur(100_000), []).planned).toEqual({ cost: null, margin: null, rate: null, missingCount: 0, unpricedCount: 0 })
    expect(marginOf(eur(100_000), [{ planned: null, actual: null }]).planned).toMatchObject({ margin: null, rate: null, missingCount: 1 })
  })

  it('keeps a cost of zero as a known cost', () => {
    expect(marginOf(eur(100_000), [{ planned: eur(0), actual: null }]).planned).toMatchObject({ cost: eur(0), rate: 1, missingCount: 0 })
  })

  it('is unknown when the deal has no amount, and has no rate when the amount is zero', () => {
    expect(marginOf(null, [{ planned: eur(10), actual: null }]).planned).toMatchObject({ cost: eur(10), margin: null, rate: null })
    expect(marginOf(eur(0), [{ planned: eur(10), actual: null }]).planned).toMatchObject({ margin: eur(-10), rate: null })
  })

  it('counts a cost whose currency has no rate and leaves it out of the sum', () => {
    const { planned } = marginOf(eur(100_000), [
      { planned: { minor: 5_000, currency: 'CHF' }, actual: null },
      { planned: { minor: 10_000, currency: 'USD' }, actual: null },
    ])
    expect(planned).toMatchObject({ cost: eur(9_000), unpricedCount: 1, missingCount: 0 })
  })
})

describe('a conversion', () => {
  it('minds the decimals of both currencies', () => {
    expect(convert({ minor: 1_000, currency: 'JPY' }, 'EUR', rates)).toEqual(eur(600))
    expect(convert(eur(600), 'JPY', rates)).toEqual({ minor: 1_000, currency: 'JPY' })
  })

  it('needs no rate inside one currency', () => {
    expect(convert({ minor: 7, currency: 'CHF' }, 'CHF', {})).toEqual({ minor: 7, currency: 'CHF' })
  })
})

describe('a share', () => {
  it('is unknown when either side is, or when the whole is not positive', () => {
    expect(shareOf(5, 20)).toBe(0.25)
    expect(shareOf(null, 20)).toBeNull()
    expect(shareOf(5, null)).toBeNull()
    expect(shareOf(5, 0)).toBeNull()
    expect(shareOf(0, 20)).toBe(0)
  })
})
