import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { bucketFor, bucketKinds, bucketsOf } from './bucket.ts'
import { addDays, dayAt, daysBetween } from './calendar.ts'
import { instantsOf, isInRange, periodKinds, previousPeriod, resolvePeriod, splitMonths, type Clock, type PeriodKind } from './period.ts'

const paris = (now: string): Clock => ({ now: new Date(now), timeZone: 'Europe/Paris' })
const calendarKinds = periodKinds.filter(kind => kind !== 'all' && kind !== 'custom')
const zones = fc.constantFrom('Europe/Paris', 'America/New_York', 'Pacific/Auckland', 'Asia/Kolkata')
const moments = fc.date({ min: new Date('2005-01-01'), max: new Date('2039-01-01'), noInvalidDate: true })
const days = fc.integer({ min: 0, max: 12_000 }).map(offset => addDays('2005-01-01', offset))

describe('a period', () => {
  it('starts and ends with the calendar of the portal', () => {
    const clock = paris('2026-05-17T10:00:00Z')
    const expected: Record<Exclude<PeriodKind, 'all' | 'custom'>, [string, string]> = {
      this_month: ['2026-05-01', '2026-06-01'],
      last_month: ['2026-04-01', '2026-05-01'],
      this_quarter: ['2026-04-01', '2026-07-01'],
      last_quarter: ['2026-01-01', '2026-04-01'],
      this_year: ['2026-01-01', '2027-01-01'],
      last_year: ['2025-01-01', '2026-01-01'],
      last_7_days: ['2026-05-11', '2026-05-18'],
      last_30_days: ['2026-04-18', '2026-05-18'],
      last_3_months: ['2026-03-01', '2026-06-01'],
      last_6_months: ['2025-12-01', '2026-06-01'],
      last_12_months: ['2025-06-01', '2026-06-01'],
    }
    for (const [period, [from, to]] of Object.entries(expected))
      expect(resolvePeriod({ period: period as PeriodKind }, clock), period).toEqual({ from, to })
  })

  it('is already the next month in Paris while UTC still ends the old one', () => {
    expect(resolvePeriod({ period: 'this_month' }, paris('2026-03-31T22:30:00Z'))).toEqual({ from: '2026-04-01', to: '2026-05-01' })
  })

  it('becomes moments that are an hour shorter in March', () => {
    const { from, to } = instantsOf({ from: '2026-03-01', to: '2026-04-01' }, 'Europe/Paris')
    expect((to!.getTime() - from!.getTime()) / 3_600_000).toBe(31 * 24 - 1)
  })

  it('holds both days of a custom choice and refuses one that is incomplete or turned round', () => {
    expect(resolvePeriod({ period: 'custom', from: '2026-02-01', to: '2026-02-28' }, paris('2026-05-17T10:00:00Z')))
      .toEqual({ from: '2026-02-01', to: '2026-03-01' })
    for (const choice of [{}, { from: '2026-02-01' }, { from: '2026-02-02', to: '2026-02-01' }, { from: '2026-02-30', to: '2026-03-01' }])
      expect(() => resolvePeriod({ period: 'custom', ...choice }, paris('2026-05-17T10:00:00Z'))).toThrow('request.invalid')
  })

  it('of this month, quarter, year and the last twelve months holds today, and its predecessor does not', () => {
    fc.assert(fc.property(moments, zones, fc.constantFrom('this_month', 'this_quarter', 'this_year', 'last_12_months'), (now, timeZone, period) => {
      const clock = { now, timeZone }
      const today = dayAt(now, timeZone)
      expect(isInRange(today, resolvePeriod({ period }, clock))).toBe(true)
      expect(isInRange(today, previousPeriod({ period }, clock)!)).toBe(false)
    }))
  })
})

describe('the period before', () => {
  it('is whole for a period that is over, and cut at the same day for one that runs', () => {
    const clock = paris('2026-05-17T10:00:00Z')
    expect(previousPeriod({ period: 'last_month' }, clock)).toEqual({ from: '2026-03-01', to: '2026-04-01' })
    expect(previousPeriod({ period: 'this_month' }, clock)).toEqual({ from: '2026-04-01', to: '2026-04-18' })
    expect(previousPeriod({ period: 'this_year' }, clock)).toEqual({ from: '2025-01-01', to: '2025-05-18' })
    expect(previousPeriod({ period: 'all' }, clock)).toBeNull()
  })

  it('is whole on the last day of a running month, and never reaches into the running one', () => {
    expect(previousPeriod({ period: 'this_month' }, paris('2026-03-31T10:00:00Z'))).toEqual({ from: '2026-02-01', to: '2026-03-01' })
    expect(previousPeriod({ period: 'this_month' }, paris('2026-03-30T10:00:00Z'))).toEqual({ from: '2026-02-01', to: '2026-03-01' })
  })

  it('touches the period without overlap once that is over', () => {
    fc.assert(fc.property(moments, zones, fc.constantFrom('last_month', 'last_quarter', 'last_year'), (now, timeZone, period) => {
      const clock = { now, timeZone }
      expect(previousPeriod({ period }, clock)!.to).toBe(resolvePeriod({ period }, clock).from)
    }))
  })

  it('of a custom choice that is over has the same number of days', () => {
    fc.assert(fc.property(days, fc.integer({ min: 0, max: 900 }), (from, length) => {
      const choice = { period: 'custom', from, to: addDays(from, length) } as const
      fc.pre(!choice.from.endsWith('-01') || !addDays(choice.to, 1).endsWith('-01'))
      const before = previousPeriod(choice, paris('2040-05-17T10:00:00Z'))!
      expect(before.to).toBe(from)
      expect(daysBetween(before.from, before.to)).toBe(length + 1)
    }))
  })

  it('of chosen whole months has as many months, however long those are', () => {
    const before = (from: string, to: string) => previousPeriod({ period: 'custom', from, to }, paris('2026-05-17T10:00:00Z'))
    expect(before('2025-07-01', '2025-09-30')).toEqual({ from: '2025-04-01', to: '2025-07-01' })
    expect(before('2024-01-01', '2024-12-31')).toEqual({ from: '2023-01-01', to: '2024-01-01' })
    expect(before('2026-03-01', '2026-03-31')).toEqual({ from: '2026-02-01', to: '2026-03-01' })
  })

  it('of a custom choice that runs is cut at the same day', () => {
    expect(previousPeriod({ period: 'custom', from: '2026-05-11', to: '2026-05-24' }, paris('2026-05-17T10:00:00Z'))).toEqual({ from: '2026-04-27', to: '2026-05-04' })
    expect(previousPeriod({ period: 'custom', from: '2026-04-01', to: '2026-06-30' }, paris('2026-05-17T10:00:00Z'))).toEqual({ from: '2026-01-01', to: '2026-02-18' })
  })
})

describe('a period split into whole months and edges', () => {
  it('holds every day once', () => {
    fc.assert(fc.property(days, fc.integer({ min: 1, max: 900 }), (from, length) => {
      const range = { from, to: addDays(from, length) }
      const { months, edges } = splitMonths(range)
      for (let day = addDays(from, -40); day < addDays(range.to, 40); day = addDays(day, 1)) {
        const holders = [...edges, ...months ? [months] : []].filter(piece => isInRange(day, piece))
        expect(holders).toHaveLength(isInRange(day, range) ? 1 : 0)
      }
      if (months)
        expect([months.from!.slice(8), months.to!.slice(8)]).toEqual(['01', '01'])
    }), { numRuns: 60 })
  })

  it('without limits is months alone', () => {
    expect(splitMonths({ from: null, to: null })).toEqual({ months: { from: null, to: null }, edges: [] })
  })
})

describe('the buckets of a period', () => {
  it('are the period itself, cut without gap or overlap', () => {
    fc.assert(fc.property(days, fc.integer({ min: 1, max: 1200 }), fc.constantFrom(...bucketKinds), (from, length, kind) => {
      const range = { from, to: addDays(from, length) }
      const buckets = bucketsOf(range, kind)
      expect(buckets[0]!.from).toBe(range.from)
      expect(buckets.at(-1)!.to).toBe(range.to)
      buckets.forEach((bucket, at) => {
        expect(bucket.from < bucket.to).toBe(true)
        if (at > 0)
          expect(bucket.from).toBe(buckets[at - 1]!.to)
      })
    }))
  })

  it('are twelve months for a year and days for a month', () => {
    const clock = paris('2026-05-17T10:00:00Z')
    for (const period of calendarKinds) {
      const range = resolvePeriod({ period }, clock) as { from: string, to: string }
      expect(bucketsOf(range, bucketFor(range)).length, period).toBeLessThanOrEqual(31)
    }
    const year = { from: '2026-01-01', to: '2027-01-01' }
    expect(bucketFor(year)).toBe('month')
    expect(bucketsOf(year, 'month')).toHaveLength(12)
  })
})
