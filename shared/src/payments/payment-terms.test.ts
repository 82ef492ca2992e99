import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { addDays, daysBetween } from '../insights/calendar.ts'
import { checkDueDate, checkTerm, dueDate, legalDueDate, termKinds, type PaymentTerm } from './payment-terms.ts'
import { readTerm } from './term-text.ts'

const term = (kind: PaymentTerm['kind'], days: number, monthDay: number | null = null): PaymentTerm => ({ kind, days, monthDay })

describe('due dates', () => {
  it('is thirty days after receipt where nothing was agreed', () => {
    expect(dueDate(null, { issuedOn: '2026-01-10', receivedOn: '2026-01-20' })).toBe('2026-02-19')
    expect(dueDate(null, { issuedOn: '2026-01-10' })).toBe('2026-02-09')
  })
  it('gives two days for 45 days end of month, one for each computation', () => {
    const dates = { issuedOn: '2026-01-10' }
    expect(dueDate(term('days_then_month_end', 45), dates)).toBe('2026-02-28')
    expect(dueDate(term('month_end_then_days', 45), dates)).toBe('2026-03-17')
  })
  it('goes on to a day of the month, or to its last day where it is shorter', () => {
    expect(dueDate(term('days_then_month_end', 30, 10), { issuedOn: '2026-01-05' })).toBe('2026-03-10')
    expect(dueDate(term('net', 30, 31), { issuedOn: '2026-01-05' })).toBe('2026-02-28')
    expect(dueDate(term('net', 0, 5), { issuedOn: '2026-01-05' })).toBe('2026-01-05')
  })
  it('is never before the invoice', () => {
    fc.assert(fc.property(
      fc.record({ kind: fc.constantFrom(...termKinds), days: fc.nat(200), monthDay: fc.option(fc.integer({ min: 1, max: 31 })) }),
      fc.nat(10_000).map(offset => addDays('2010-01-01', offset)),
      (agreed, issuedOn) => dueDate(agreed, { issuedOn }) >= addDays(issuedOn, Math.min(agreed.days, 0)),
    ))
  })
})

describe('the legal ceiling', () => {
  it.each([
    ['net', 60, 'lawful'], ['net', 61, 'unlawful'], ['days_then_month_end', 45, 'lawful'], ['month_end_then_days', 45, 'lawful'],
    ['days_then_month_end', 30, 'lawful'], ['month_end_then_days', 60, 'unlawful'], ['days_then_month_end', 60, 'sometimes'],
  ] as const)('finds %s %i %s', (kind, days, verdict) => {
    expect(checkTerm(term(kind, days)).verdict).toBe(verdict)
  })
  it('shows the invoice that goes farthest beyond it', () => {
    const { verdict, example } = checkTerm(term('days_then_month_end', 30, 10))
    expect(verdict).toBe('sometimes')
    expect(example?.daysOver).toBe(daysBetween(example!.legalDueOn, example!.dueOn))
    expect(example!.dueOn).toBe(dueDate(term('days_then_month_end', 30, 10), example!))
  })
  it('allows a periodic invoice 45 days and no end of month', () => {
    expect(checkTerm(term('net', 45), { isPeriodic: true }).verdict).toBe('lawful')
    expect(checkTerm(term('net', 60), { isPeriodic: true }).verdict).toBe('unlawful')
    expect(checkTerm(term('days_then_month_end', 30), { isPeriodic: true }).verdict).toBe('sometimes')
  })
  it('measures one invoice against the computation its term names', () => {
    expect(checkDueDate('2026-03-17', term('month_end_then_days', 45), { issuedOn: '2026-01-10' })).toMatchObject({ daysOver: 0, legalDueOn: '2026-03-17' })
    expect(checkDueDate('2026-03-17', term('net', 30), { issuedOn: '2026-01-10' })).toMatchObject({ daysOver: 6, legalDueOn: '2026-03-11' })
  })
  it('never lies before sixty days less a month', () => {
    fc.assert(fc.property(fc.constantFrom('net_60', 'days_45_then_month_end', 'month_end_then_45'), fc.nat(3000).map(offset => addDays('2020-01-01', offset)), (limit, issuedOn) =>
      daysBetween(issuedOn, legalDueDate(limit, { issuedOn })) >= 45))
  })
})

describe('terms as people write them', () => {
  it.each([
    ['30 jours', term('net', 30)], ['30j', term('net', 30)], ['à 30 jours nets', term('net', 30)], ['net 60', term('net', 60)],
    ['45 jours fin de mois', term('days_then_month_end', 45)], ['45J FDM', term('days_then_month_end', 45)], ['45 jours f.d.m.', term('days_then_month_end', 45)],
    ['30 jours fin de mois le 10', term('days_then_month_end', 30, 10)], ['fin de mois + 45 jours', term('month_end_then_days', 45)],
    ['Fin de mois', term('days_then_month_end', 0)], ['à réception de facture', term('net', 0)], ['Comptant', term('net', 0)],
    ['60 jours date de facture', term('net', 60)], ['30 days end of month', term('days_then_month_end', 30)], ['30 EOM', term('days_then_month_end', 30)],
    ['net 30 days', term('net', 30)], ['30 jours le 15', term('net', 30, 15)],
  ])('reads %s', (text, expected) => {
    expect(readTerm(text)).toEqual({ ok: true, term: expected })
  })
  it.each([['', 'empty'], ['bientôt', 'unreadable'], ['900 jours', 'too_long'], ['30 jours le 45', 'month_day']])('says why %j is none: %s', (text, reason) => {
    expect(readTerm(text)).toEqual({ ok: false, reason })
  })
  it('never throws', () => {
    fc.assert(fc.property(fc.string(), (text) => {
      expect(readTerm(text)).toHaveProperty('ok')
    }))
  })
})
