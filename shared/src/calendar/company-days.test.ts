import { describe, expect, it } from 'vitest'
import { nextBusinessDay } from './business-days.ts'
import { calendarOf, closedWorkdays, usualCompanyDays } from './company-days.ts'

describe('the days of a company', () => {
  it('are the French business days until somebody says otherwise', () => {
    const isOpen = calendarOf()
    expect(['2026-07-13', '2026-07-14', '2026-07-18', '2026-04-03'].map(isOpen)).toEqual([true, false, false, true])
  })

  it('leave out the two holidays more of Alsace and Moselle', () => {
    const isOpen = calendarOf({ ...usualCompanyDays, holidays: 'alsace' })
    expect(['2026-04-03', '2025-12-26', '2026-07-14', '2026-04-02'].map(isOpen)).toEqual([false, false, false, true])
  })

  it('count Saturdays and holidays on which the company works', () => {
    const isOpen = calendarOf({ weekdays: [2, 3, 4, 5, 6], holidays: 'none', closures: [] })
    expect(['2026-07-13', '2026-07-14', '2026-07-18'].map(isOpen)).toEqual([false, true, true])
  })

  it('skip a closure as a whole, its first and last day included', () => {
    const isOpen = calendarOf({ ...usualCompanyDays, closures: [{ from: '2026-08-03', to: '2026-08-21' }] })
    expect(nextBusinessDay('2026-08-01', isOpen)).toBe('2026-08-24')
  })

  it('name the working days on which nobody works', () => {
    const days = { ...usualCompanyDays, closures: [{ from: '2026-12-24', to: '2026-12-31' }] }
    expect(closedWorkdays(days, '2026-12-21', '2027-01-04')).toEqual(['2026-12-24', '2026-12-25', '2026-12-28', '2026-12-29', '2026-12-30', '2026-12-31', '2027-01-01'])
  })
})
