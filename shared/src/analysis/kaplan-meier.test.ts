import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { medianStay, survivalOf, type Stay } from './kaplan-meier.ts'

const left = (days: number): Stay => ({ days, isCensored: false })
const still = (days: number): Stay => ({ days, isCensored: true })

describe('the time something stays', () => {
  it('follows the textbook: leukaemia remissions under 6-MP (Freireich 1963)', () => {
    const weeks = [6, 6, 6, 7, 10, 13, 16, 22, 23].map(left)
    const censored = [6, 9, 10, 11, 17, 19, 20, 25, 32, 32, 34, 35].map(still)
    const shares = new Map(survivalOf([...weeks, ...censored]).map(({ days, share }) => [days, Number(share.toFixed(3))]))
    expect([...shares]).toEqual([[6, 0.857], [7, 0.807], [10, 0.753], [13, 0.69], [16, 0.627], [22, 0.538], [23, 0.448]])
    expect(medianStay([...weeks, ...censored])).toBe(23)
  })

  it('without anyone still there has the plain median', () => {
    expect(medianStay([left(1), left(2), left(3), left(10), left(20)])).toBe(3)
    expect(medianStay([left(4), left(8)])).toBe(4)
  })

  it('is unknown while more than half have not left', () => {
    expect(medianStay([left(1), still(5), still(6)])).toBeNull()
    expect(medianStay([])).toBeNull()
  })

  it('is never shorter for those still there being counted', () => {
    fc.assert(fc.property(fc.array(fc.integer({ min: 0, max: 100 }), { minLength: 1, maxLength: 40 }), fc.array(fc.integer({ min: 0, max: 100 }), { maxLength: 40 }), (leavers, stayers) => {
      const plain = medianStay(leavers.map(left)) ?? Infinity
      expect(medianStay([...leavers.map(left), ...stayers.map(still)]) ?? Infinity).toBeGreaterThanOrEqual(plain)
    }))
  })

  it('falls, and stays between zero and one', () => {
    fc.assert(fc.property(fc.array(fc.record({ days: fc.integer({ min: 0, max: 50 }), isCensored: fc.boolean() }), { maxLength: 60 }), (stays) => {
      const shares = survivalOf(stays).map(({ share }) => share)
      expect(shares.every((share, at) => share >= 0 && share <= (shares[at - 1] ?? 1))).toBe(true)
    }))
  })
})
