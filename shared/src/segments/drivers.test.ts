import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { meanDrivers, sumDrivers, type PartSide } from './part-drivers.ts'
import { shapleyOf, wholeParts } from './shapley.ts'

const factor = fc.record({ before: fc.double({ min: 0, max: 1000, noNaN: true }), after: fc.double({ min: 0, max: 1000, noNaN: true }) })
const product = (factors: readonly { before: number, after: number }[]) =>
  shapleyOf(factors.length, isAfter => factors.reduce((value, { before, after }, at) => value * (isAfter(at) ? after : before), 1))
const total = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0)

describe('what drives a difference', () => {
  it('shares it out among the factors of a product', () => {
    // 100 decided at 50 % for 10 each, then 120 at 40 % for 15 each: 500 becomes 720.
    const shares = product([{ before: 100, after: 120 }, { before: 0.5, after: 0.4 }, { before: 10, after: 15 }])!
    expect(shares.map(share => Math.round(share * 100) / 100)).toEqual([111.67, -138.33, 246.67])
    expect(total(shares)).toBeCloseTo(220, 9)
  })

  it('adds up to the whole, leaves out what has not changed, and treats equals equally', () => {
    fc.assert(fc.property(fc.array(factor, { minLength: 1, maxLength: 5 }), (factors) => {
      const shares = product(factors)!
      const [before, after] = [factors.reduce((value, one) => value * one.before, 1), factors.reduce((value, one) => value * one.after, 1)]
      expect(Math.abs(total(shares) - (after - before))).toBeLessThanOrEqual(1e-9 * Math.max(1, Math.abs(before), Math.abs(after), ...shares.map(Math.abs)))
      factors.forEach((one, at) => one.before === one.after && expect(shares[at]).toBe(0))
    }))
  })

  it('has no shares when a mixture of before and after has no value', () => {
    expect(shapleyOf(2, isAfter => isAfter(0) && !isAfter(1) ? null : 1)).toBeNull()
  })

  it('stays whole where amounts are whole', () => {
    fc.assert(fc.property(fc.array(fc.double({ min: -1e9, max: 1e9, noNaN: true }), { minLength: 1, maxLength: 8 }), (parts) => {
      const whole = wholeParts(parts, total(parts))
      expect(total(whole) - Math.round(total(parts)) === 0).toBe(true)
      whole.forEach((part, at) => expect(Math.abs(part - parts[at]!)).toBeLessThanOrEqual(2))
    }))
  })
})

const side = fc.option(fc.record({ weight: fc.integer({ min: 0, max: 500 }), rate: fc.integer({ min: 0, max: 400 }) }).map(({ weight, rate }): PartSide => ({ weight, amount: weight * rate })))
const parts = fc.array(fc.record({ before: side, after: side }), { minLength: 1, maxLength: 8 })
const sum = (values: readonly (PartSide | null)[], of: keyof PartSide): number => total(values.map(value => value?.[of] ?? 0))

describe('the parts of a difference', () => {
  it('of a sum are the differences of the parts, by how many and how much', () => {
    fc.assert(fc.property(parts, (some) => {
      const drivers = sumDrivers(some)
      expect(total(drivers.map(({ contribution }) => contribution))).toBe(sum(some.map(({ after }) => after), 'amount') - sum(some.map(({ before }) => before), 'amount'))
      drivers.forEach(({ contribution, mix, rate }) => expect(mix + rate).toBeCloseTo(contribution, 6))
    }))
  })

  it('of a mean add up to its difference, by mixture and by rate', () => {
    fc.assert(fc.property(parts, (some) => {
      const [before, after] = [some.map(part => part.before), some.map(part => part.after)]
      const drivers = meanDrivers(some)
      fc.pre(sum(before, 'weight') > 0 && sum(after, 'weight') > 0)
      const difference = sum(after, 'amount') / sum(after, 'weight') - sum(before, 'amount') / sum(before, 'weight')
      expect(total(drivers!.map(({ contribution }) => contribution))).toBeCloseTo(difference, 8)
    }))
  })

  it('tell a better rate from a better mixture', () => {
    // Nobody wins more often, but the one who always did more has more of the deals.
    const [strong, weak] = meanDrivers([{ before: { weight: 50, amount: 40 }, after: { weight: 75, amount: 60 } }, { before: { weight: 50, amount: 10 }, after: { weight: 25, amount: 5 } }])!
    expect([strong!.rate, weak!.rate]).toEqual([0, 0])
    expect(strong!.mix).toBeGreaterThan(0)
    expect(weak!.mix).toBeGreaterThan(0)
  })

  it('are unknown where one side has nothing', () => {
    expect(meanDrivers([{ before: null, after: { weight: 1, amount: 1 } }])).toBeNull()
  })
})
