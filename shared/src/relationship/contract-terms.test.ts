import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { isFrenchBusinessDay } from '../calendar/business-days.ts'
import { addDays } from '../insights/calendar.ts'
import { contractDates, contractPhase, contractStatus, termsFaults, type ContractCourse } from './contract-terms.ts'

const contract = (values: Partial<ContractCourse> = {}): ContractCourse => ({
  startsOn: '2026-01-01', endsOn: '2026-12-31', noticeDays: 3, noticeUnit: 'months', isTacitlyRenewed: true, renewalMonths: 12,
  signedOn: '2025-12-10', noticeGivenOn: null, terminatedOn: null, ...values,
})

describe('the last day to give notice', () => {
  it('is counted back in months, cut to the last day of a shorter month', () => {
    expect(contractDates(contract(), '2026-05-01')).toMatchObject({ currentEndsOn: '2026-12-31', strictNoticeOn: '2026-09-30', noticeOn: '2026-09-30' })
    expect(contractDates(contract({ endsOn: '2026-03-31', noticeDays: 1 }), '2026-01-05').strictNoticeOn).toBe('2026-02-28')
  })

  it('is counted back in days', () => {
    expect(contractDates(contract({ noticeDays: 30, noticeUnit: 'days' }), '2026-05-01').strictNoticeOn).toBe('2026-12-01')
  })

  it('is the business day before where it falls on a weekend or a holiday', () => {
    // 1 November 2026 is All Saints' and a Sunday; the Friday before is a working day.
    expect(contractDates(contract({ endsOn: '2027-02-01' }), '2026-05-01')).toMatchObject({ strictNoticeOn: '2026-11-01', noticeOn: '2026-10-30' })
  })

  it('belongs to the next term once the running one can no longer be stopped', () => {
    expect(contractDates(contract(), '2026-10-01')).toMatchObject({
      currentEndsOn: '2026-12-31', noticeOn: '2027-09-30', noticeEndsOn: '2027-12-31', isRenewalCertain: true,
    })
  })

  it('stays in the past where nothing renews', () => {
    expect(contractDates(contract({ isTacitlyRenewed: false, renewalMonths: null }), '2026-10-15')).toMatchObject({ noticeOn: '2026-09-30', isRenewalCertain: false })
  })

  it('does not exist without an end or without a notice period', () => {
    expect(contractDates(contract({ endsOn: null, isTacitlyRenewed: false }), '2026-10-15')).toMatchObject({ currentEndsOn: null, noticeOn: null })
    expect(contractDates(contract({ noticeDays: null }), '2026-10-15')).toMatchObject({ currentEndsOn: '2026-12-31', noticeOn: null, isRenewalCertain: false })
  })

  it('is never a day off and never after the day that the contract counts', () => {
    const day = fc.integer({ min: 0, max: 3000 }).map(count => addDays('2024-01-01', count))
    fc.assert(fc.property(day, day, fc.integer({ min: 0, max: 12 }), fc.integer({ min: 1, max: 36 }), (endsOn, asOf, noticeDays, renewalMonths) => {
      const dates = contractDates(contract({ startsOn: '2020-01-01', endsOn, noticeDays, renewalMonths }), asOf)
      expect(isFrenchBusinessDay(dates.noticeOn!)).toBe(true)
      expect(dates.noticeOn! <= dates.strictNoticeOn!).toBe(true)
      expect(dates.strictNoticeOn! >= asOf).toBe(true)
      expect(dates.currentEndsOn! >= asOf || dates.currentEndsOn === endsOn).toBe(true)
    }))
  })
})

describe('a tacit renewal', () => {
  it('keeps the end of the month over a short one', () => {
    const monthly = contract({ startsOn: '2026-01-01', endsOn: '2026-01-31', renewalMonths: 1, noticeDays: 0 })
    expect(contractDates(monthly, '2026-02-10').currentEndsOn).toBe('2026-02-28')
    expect(contractDates(monthly, '2026-03-01').currentEndsOn).toBe('2026-03-31')
  })

  it('ends with the month where the first term did, in leap years and after a shorter month', () => {
    const ends = (endsOn: string, renewalMonths: number, asOf: string) => contractDates(contract({ startsOn: '2025-01-01', endsOn, renewalMonths, noticeDays: 0 }), asOf).currentEndsOn
    expect(ends('2026-02-28', 12, '2028-01-10')).toBe('2028-02-29')
    expect(ends('2028-02-29', 12, '2028-03-10')).toBe('2029-02-28')
    expect(ends('2026-04-30', 1, '2026-05-10')).toBe('2026-05-31')
    expect(ends('2026-06-30', 3, '2026-09-30')).toBe('2026-09-30')
    expect(ends('2026-01-30', 1, '2026-02-10')).toBe('2026-02-28')
  })

  it('goes on over years in which nobody looked', () => {
    expect(contractDates(contract(), '2031-06-01').currentEndsOn).toBe('2031-12-31')
    expect(contractStatus(contract(), '2031-06-01')).toBe('signed')
  })

  it('is stopped by a notice in time, and a late one stops the term after', () => {
    expect(contractDates(contract({ noticeGivenOn: '2026-09-30' }), '2026-10-15').currentEndsOn).toBe('2026-12-31')
    expect(contractDates(contract({ noticeGivenOn: '2026-10-01' }), '2026-10-15').currentEndsOn).toBe('2027-12-31')
    expect(contractStatus(contract({ noticeGivenOn: '2026-09-30' }), '2027-01-01')).toBe('ended')
  })
})

describe('the status by dates', () => {
  const fixed = contract({ isTacitlyRenewed: false, renewalMonths: null })

  it('counts the last day as a day of the contract', () => {
    expect([contractStatus(fixed, '2026-12-31'), contractStatus(fixed, '2027-01-01')]).toEqual(['signed', 'ended'])
    const stopped = { ...fixed, terminatedOn: '2026-06-30' }
    expect([contractStatus(stopped, '2026-06-30'), contractStatus(stopped, '2026-07-01')]).toEqual(['signed', 'terminated'])
  })

  it('is a draft until somebody signed, and never ends without an end', () => {
    expect(contractStatus({ ...fixed, signedOn: null }, '2030-01-01')).toBe('draft')
    expect(contractStatus(contract({ endsOn: null, isTacitlyRenewed: false }), '2099-01-01')).toBe('signed')
  })

  it('tells people what is to come and what is on its way out', () => {
    expect(contractPhase(fixed, '2025-12-20')).toBe('upcoming')
    expect(contractPhase(fixed, '2026-12-20')).toBe('running')
    expect(contractPhase({ ...fixed, terminatedOn: '2026-12-25' }, '2026-12-20')).toBe('ending')
  })
})

it('terms that cannot be meant are named', () => {
  expect(termsFaults(contract())).toEqual([])
  expect(termsFaults(contract({ endsOn: '2025-12-31' }))).toContain('end_before_start')
  expect(termsFaults(contract({ renewalMonths: null }))).toEqual(['renewal_needs_months'])
  expect(termsFaults(contract({ endsOn: null }))).toEqual(['renewal_needs_end', 'notice_needs_end'])
  expect(termsFaults(contract({ isTacitlyRenewed: false, noticeDays: 24 }))).toEqual(['notice_too_long'])
})
