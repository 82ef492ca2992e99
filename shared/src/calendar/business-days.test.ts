import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { addDays } from '../insights/calendar.ts'
import { addBusinessDays, adjustDay, isFrenchBusinessDay, isTargetDay, nextBusinessDay, previousBusinessDay } from './business-days.ts'
import { easterSunday, frenchHolidayOn, frenchHolidays } from './french-holidays.ts'

const aDay = fc.integer({ min: 0, max: 20_000 }).map(offset => addDays('2000-01-01', offset))

describe('French holidays', () => {
  it.each([
    [2000, '2000-04-23'], [2008, '2008-03-23'], [2011, '2011-04-24'], [2019, '2019-04-21'], [2024, '2024-03-31'],
    [2025, '2025-04-20'], [2026, '2026-04-05'], [2027, '2027-03-28'], [2038, '2038-04-25'], [2285, '2285-03-22'],
  ])('knows Easter of %i', (year, day) => {
    expect(easterSunday(year)).toBe(day)
  })
  it('lists the eleven holidays of 2026', () => {
    expect([...frenchHolidays(2026)].sort().map(([day]) => day)).toEqual([
      '2026-01-01', '2026-04-06', '2026-05-01', '2026-05-08', '2026-05-14', '2026-05-25',
      '2026-07-14', '2026-08-15', '2026-11-01', '2026-11-11', '2026-12-25',
    ])
  })
  it('has ten days off where Ascension falls on 8 May', () => {
    expect(frenchHolidays(2031).size).toBe(11)
    expect(frenchHolidays(2024).get('2024-05-09')).toBe('ascension')
    expect(frenchHolidays(2043).get('2043-05-07')).toBe('ascension')
    expect(frenchHolidays(2059).size).toBe(10)
  })
  it('always has Easter on a Sunday between 22 March and 25 April', () => {
    fc.assert(fc.property(fc.integer({ min: 1583, max: 4000 }), (year) => {
      const easter = easterSunday(year)
      return new Date(`${easter}T00:00:00Z`).getUTCDay() === 0 && easter.slice(5) >= '03-22' && easter.slice(5) <= '04-25'
    }))
  })
})

describe('business days', () => {
  it('leaves Saturday, Sunday and a holiday out', () => {
    expect(nextBusinessDay('2026-05-01')).toBe('2026-05-04')
    expect(previousBusinessDay('2026-05-25')).toBe('2026-05-22')
  })
  it('stays within the month when a following day may not leave it', () => {
    expect(adjustDay('2026-05-31', 'following')).toBe('2026-06-01')
    expect(adjustDay('2026-05-31', 'modified_following')).toBe('2026-05-29')
    expect(adjustDay('2026-05-31', 'none')).toBe('2026-05-31')
  })
  it('counts open days in both directions', () => {
    expect(addBusinessDays('2026-04-30', 1)).toBe('2026-05-04')
    expect(addBusinessDays('2026-05-04', -1)).toBe('2026-04-30')
  })
  it('respects the days on which a company is closed', () => {
    expect(nextBusinessDay('2026-08-03', day => isFrenchBusinessDay(day) && day > '2026-08-04')).toBe('2026-08-05')
  })
  it('ends with a calendar that is never open', () => {
    expect(nextBusinessDay('2026-01-01', () => false)).toBeTypeOf('string')
  })
  it('settles between banks on French holidays that are no TARGET holidays, and not on Good Friday', () => {
    expect(isTargetDay('2026-07-14')).toBe(true)
    expect(isTargetDay('2026-04-03')).toBe(false)
    expect(isTargetDay('2026-12-26')).toBe(false)
  })
  it('lands on an open day, never on the wrong side of the day it came from', () => {
    fc.assert(fc.property(aDay, (day) => {
      const [following, preceding] = [adjustDay(day, 'following'), adjustDay(day, 'preceding')]
      return isFrenchBusinessDay(following) && isFrenchBusinessDay(preceding) && preceding <= day && day <= following
    }))
  })
  it('comes back from as many open days as it went', () => {
    fc.assert(fc.property(aDay.map(day => nextBusinessDay(day)), fc.integer({ min: 0, max: 40 }), (day, count) =>
      addBusinessDays(addBusinessDays(day, count), -count) === day))
  })
  it('names the holiday of a day', () => {
    expect([frenchHolidayOn('2026-11-11'), frenchHolidayOn('2026-11-12')]).toEqual(['armistice', null])
  })
})
