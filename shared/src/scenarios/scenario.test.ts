import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { noChange, outcomeOf, tornado, type Baseline } from './scenario.ts'
import { leversAfterLoss, loseVendor, type VendorOffer } from './vendor-loss.ts'

const base: Baseline = { volume: 40, winRate: 0.25, averageValue: 100_000, cycleDays: 73, costShare: 0.6, customerDays: 45, vendorDays: 30 }

describe('the outcome of a scenario', () => {
  test('without a change is volume × rate × value × year over cycle', () => {
    expect(outcomeOf(base, noChange)).toEqual({ revenue: 5_000_000, cost: 3_000_000, margin: 2_000_000, marginRate: 0.4, tiedUp: expect.closeTo(5_000_000 / 365 * 45 - 3_000_000 / 365 * 30) })
  })

  test('a price raises revenue and leaves cost', () => {
    const { revenue, cost, margin } = outcomeOf(base, { ...noChange, price: 0.1 })
    expect([revenue, cost, margin]).toEqual([expect.closeTo(5_500_000), expect.closeTo(3_000_000), expect.closeTo(2_500_000)])
  })

  test('dearer vendors lower the margin and leave revenue', () => {
    const { revenue, margin } = outcomeOf(base, { ...noChange, vendorCost: 0.1 })
    expect([revenue, margin]).toEqual([5_000_000, expect.closeTo(1_700_000)])
  })

  test('longer terms of vendors free money, longer terms of customers tie it up', () => {
    const before = outcomeOf(base, noChange).tiedUp!
    expect(outcomeOf(base, { ...noChange, vendorDays: 10 }).tiedUp! - before).toBeCloseTo(-3_000_000 / 365 * 10)
    expect(outcomeOf(base, { ...noChange, customerDays: 10 }).tiedUp! - before).toBeCloseTo(5_000_000 / 365 * 10)
  })

  test('what is not known stays unknown', () => {
    const { revenue, cost, margin, marginRate, tiedUp } = outcomeOf({ ...base, costShare: null }, noChange)
    expect([revenue, cost, margin, marginRate, tiedUp]).toEqual([5_000_000, null, null, null, null])
    expect(tornado({ ...base, costShare: null }, noChange, outcome => outcome.margin)).toEqual([])
  })

  test('no more than every deal can be won', () => {
    expect(outcomeOf({ ...base, winRate: 0.9 }, { ...noChange, winRate: 0.5 }).revenue).toBeCloseTo(40 * 100_000 * 5)
  })

  test('pulling a lever and putting it back changes nothing, whatever the lever', () => {
    fc.assert(fc.property(fc.constantFrom('volume', 'averageValue', 'price', 'cycle'), fc.double({ min: -0.3, max: 0.5, noNaN: true }), (lever, change) => {
      const there = outcomeOf(base, { ...noChange, [lever]: change })
      const back = outcomeOf(base, { ...noChange, [lever]: (1 + change) / (1 + change) - 1 })
      expect(back).toEqual(outcomeOf(base, noChange))
      expect(Number.isFinite(there.revenue)).toBe(true)
    }))
  })
})

test('the tornado turns one lever at a time and puts the widest swing first', () => {
  const swings = tornado(base, noChange, outcome => outcome.margin)
  expect(swings[0]!.lever).toBe('price')
  expect(swings[0]).toMatchObject({ less: expect.closeTo(-500_000), more: expect.closeTo(500_000) })
  expect(swings.map(({ less, more }) => Math.abs(more - less))).toEqual(swings.map(({ less, more }) => Math.abs(more - less)).toSorted((a, b) => b - a))
})

test('the tornado of cash turns the terms, a tenth of their days', () => {
  const swings = tornado(base, { ...noChange, customerDays: 5 }, outcome => outcome.tiedUp)
  expect(swings.find(({ lever }) => lever === 'customerDays')).toMatchObject({ less: expect.closeTo(-5_000_000 / 365 * 5), more: expect.closeTo(5_000_000 / 365 * 5) })
  expect(swings.find(({ lever }) => lever === 'vendorDays')).toMatchObject({ less: expect.closeTo(3_000_000 / 365 * 3) })
})

describe('losing a vendor', () => {
  const offer = (vendorId: string, spendMinor: number, more: Partial<VendorOffer> = {}): VendorOffer =>
    ({ vendorId, name: vendorId, spendMinor, priceRatio: null, score: null, delayDays: null, ...more })

  test('sends its volume to the cheapest for the same items', () => {
    const found = loseVendor([offer('a', 600_000, { delayDays: 5 }), offer('b', 300_000, { score: 95 }), offer('c', 100_000, { priceRatio: 1.1, score: 60, delayDays: 12 })], 'a', null)!
    expect(found.successor?.vendorId).toBe('c')
    expect(found.extraCostMinor).toBeCloseTo(60_000)
    expect(found.extraDelayDays).toBe(7)
    expect(found.concentrationBefore).toBeCloseTo(0.46)
    expect(found.concentrationAfter).toBeCloseTo(0.58)
  })

  test('without prices the best score follows, and the cost is what one assumes or unknown', () => {
    const offers = [offer('a', 500_000), offer('b', 300_000, { score: 70 }), offer('c', 100_000, { score: 90 })]
    expect(loseVendor(offers, 'a', null)).toMatchObject({ successor: { vendorId: 'c' }, extraCostMinor: null, extraDelayDays: null })
    expect(loseVendor(offers, 'a', 1.2)!.extraCostMinor).toBeCloseTo(100_000)
  })

  test('makes the purchases of the scenario as much dearer as the extra cost is of all', () => {
    const loss = loseVendor([offer('a', 500_000), offer('b', 300_000)], 'a', 1.2)
    const levers = leversAfterLoss({ ...noChange, vendorCost: 0.1 }, loss, 1_000_000)
    expect(levers.vendorCost).toBeCloseTo(1.1 * 1.1 - 1)
    expect(leversAfterLoss(noChange, loss, null)).toEqual(noChange)
    expect(leversAfterLoss(noChange, null, 1_000_000)).toEqual(noChange)
  })

  test('a vendor alone has no successor', () => {
    expect(loseVendor([offer('a', 500_000)], 'a', null)).toMatchObject({ successor: null, concentrationBefore: 1, concentrationAfter: null })
    expect(loseVendor([], 'a', null)).toBeNull()
  })
})
