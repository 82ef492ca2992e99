import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { addDays } from '../insights/calendar.ts'
import { ageing, bucketOf } from './ageing.ts'
import { planInstalments, splitAmount } from './instalments.ts'
import { lateInterest } from './late-interest.ts'
import { legalRates, outdatedSince, startOfHalfYear } from './legal-rates.ts'

describe('late interest', () => {
  const debt = { amountMinor: 1_000_000, dueOn: '2026-01-31', until: '2026-03-02' }
  it('is amount by rate by days over 365', () => {
    expect(lateInterest(debt, [{ validFrom: '2026-01-01', percent: 12.15 }])).toMatchObject({ daysLate: 30, interestMinor: 9986, isFeeDue: true })
  })
  it('changes its rate on the day the next one begins', () => {
    const { parts, interestMinor } = lateInterest({ amountMinor: 1_000_000, dueOn: '2026-06-21', until: '2026-07-11' }, [
      { validFrom: '2026-07-01', percent: 10 }, { validFrom: '2026-01-01', percent: 20 },
    ])
    expect(parts).toMatchObject([{ from: '2026-06-21', to: '2026-07-01', days: 10, percent: 20 }, { from: '2026-07-01', to: '2026-07-11', days: 10, percent: 10 }])
    expect(interestMinor).toBe(8219)
  })
  it('counts the law\'s rate of each half-year, and says when the running one is not known', () => {
    const { parts, interestMinor } = lateInterest({ amountMinor: 1_000_000, dueOn: '2025-06-21', until: '2025-07-11' }, legalRates)
    expect(parts.map(({ days, percent }) => [days, percent])).toEqual([[10, 13.15], [10, 12.15]])
    expect(interestMinor).toBe(6932)
    expect(legalRates.every(({ validFrom }) => startOfHalfYear(validFrom) === validFrom)).toBe(true)
    expect([outdatedSince(legalRates, '2026-06-30'), outdatedSince(legalRates, '2026-07-01'), outdatedSince([], '2026-07-01')]).toEqual([null, '2026-07-01', null])
  })
  it('says that there is no rate instead of taking one', () => {
    expect(lateInterest(debt, [])).toMatchObject({ interestMinor: null, missingFrom: '2026-01-31', isFeeDue: true })
    expect(lateInterest(debt, [{ validFrom: '2026-02-01', percent: 10 }])).toMatchObject({ interestMinor: null })
  })
  it('owes nothing on time, and no interest to us on a credit note', () => {
    expect(lateInterest({ ...debt, until: '2026-01-31' }, [])).toMatchObject({ daysLate: 0, interestMinor: 0, isFeeDue: false })
    expect(lateInterest({ ...debt, amountMinor: -5 }, [])).toMatchObject({ interestMinor: 0, isFeeDue: false })
  })
  it('adds its parts up to the total, for any rates', () => {
    const rates = fc.uniqueArray(fc.record({ offset: fc.nat(800), percent: fc.integer({ min: 0, max: 3000 }).map(value => value / 100) }), { selector: rate => rate.offset })
      .map(list => [{ validFrom: '2020-01-01', percent: 4 }, ...list.map(({ offset, percent }) => ({ validFrom: addDays('2020-01-02', offset), percent }))])
    fc.assert(fc.property(rates, fc.integer({ min: 1, max: 10_000_000_000 }), fc.nat(900), (known, amountMinor, days) => {
      const { parts, interestMinor, daysLate } = lateInterest({ amountMinor, dueOn: '2020-01-05', until: addDays('2020-01-05', days) }, known)
      expect(parts.reduce((sum, part) => sum + part.interestMinor, 0)).toBe(interestMinor)
      expect(parts.reduce((sum, part) => sum + part.days, 0)).toBe(daysLate)
    }))
  })
})

describe('ageing', () => {
  it.each([[0, 'not_due'], [1, 'days_1_30'], [30, 'days_1_30'], [31, 'days_31_60'], [60, 'days_31_60'], [61, 'days_61_90'], [90, 'days_61_90'], [91, 'days_over_90'], [-5, 'not_due']])('puts %i days of delay into %s', (days, bucket) => {
    expect(bucketOf({ dueOn: '2026-03-01', isCredit: false }, addDays('2026-03-01', days))).toBe(bucket)
  })
  it('sums each bucket, credit notes by themselves, and counts what has no rate without summing it', () => {
    const day = { isCredit: false, count: 1, unpricedCount: 0 }
    const lines = ageing([
      { ...day, dueOn: '2026-03-01', amountMinor: 500 }, { ...day, dueOn: '2026-03-02', amountMinor: 0, unpricedCount: 1 }, { ...day, dueOn: '2026-05-01', amountMinor: 20 },
      { ...day, dueOn: '2025-05-01', amountMinor: -70, isCredit: true },
    ], '2026-03-20')
    expect(lines.map(line => [line.amountMinor, line.count, line.unpricedCount])).toEqual([[20, 1, 0], [500, 2, 1], [0, 0, 0], [0, 0, 0], [0, 0, 0], [-70, 1, 0]])
  })
})

describe('instalments', () => {
  it('add up to the cent', () => {
    expect(splitAmount(10_000, [1, 1, 1])).toEqual([3333, 3334, 3333])
    fc.assert(fc.property(fc.integer({ min: -1e12, max: 1e12 }), fc.array(fc.integer({ min: 1, max: 1000 }), { minLength: 1, maxLength: 60 }), (total, shares) => {
      const parts = splitAmount(total, shares)
      expect(parts.reduce((sum, part) => sum + part, 0)).toBe(total)
      const whole = shares.reduce((sum, share) => sum + share, 0)
      expect(parts.every((part, index) => Math.abs(part - total * shares[index]! / whole) <= 1.01)).toBe(true)
    }))
  })
  it('fall due month by month, on the last day where a month is short', () => {
    expect(planInstalments(10_001, { count: 3, firstDueOn: '2026-01-31', every: { months: 1 } })).toEqual([
      { installmentNo: 1, dueOn: '2026-01-31', amountMinor: 3334 },
      { installmentNo: 2, dueOn: '2026-02-28', amountMinor: 3333 },
      { installmentNo: 3, dueOn: '2026-03-31', amountMinor: 3334 },
    ])
  })
})
