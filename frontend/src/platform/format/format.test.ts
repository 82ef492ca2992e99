import { beforeEach, describe, expect, it } from 'vitest'
import { formatClock, formatDate, formatDateTime, formatDays, formatMonth, formatRelative, formatShortMonth, monthNames, portalDay } from './dates.ts'
import { formatChange, formatCompactMoney, formatList, formatMoney, formatNumber, formatPercent, formatRoundMoney, NO_VALUE, setFormats } from './format.ts'

/** Intl writes no-break spaces; the tests read better without. */
const plain = (text: string): string => text.replace(/[\u00A0\u202F]/g, ' ')

describe('formats of a French portal in Paris', () => {
  beforeEach(() => setFormats({ language: 'fr', timeZone: 'Europe/Paris', currency: 'EUR' }))

  it('write money from minor units', () => {
    expect(plain(formatMoney({ minor: 123_456_789, currency: 'EUR' }))).toBe('1 234 567,89 €')
    expect(plain(formatMoney({ minor: 1500, currency: 'JPY' }))).toBe('1 500 ¥')
    expect(plain(formatRoundMoney({ minor: 123_456, currency: 'EUR' }))).toBe('1 235 €')
    expect(plain(formatCompactMoney({ minor: 123_456_789, currency: 'EUR' }))).toBe('1,2 M€')
  })

  it('write a currency the portal named itself', () => {
    expect(plain(formatMoney({ minor: 123_450, currency: 'POINTS' }))).toBe('1 234,50 POINTS')
  })

  it('write numbers, shares and changes', () => {
    expect(plain(formatNumber(1234.5))).toBe('1 234,5')
    expect(plain(formatNumber(2, { digits: 1 }))).toBe('2,0')
    expect(plain(formatPercent(0.125))).toBe('12,5 %')
    expect([formatChange(0.1), formatChange(-0.1), formatChange(0)].map(plain)).toEqual(['+10 %', '-10 %', '0 %'])
    expect(formatList(['a', 'b', 'c'])).toBe('a, b et c')
  })

  it('never write what is absent as zero', () => {
    expect([formatMoney(null), formatNumber(null), formatPercent(undefined), formatDate(null), formatDate('soon')])
      .toEqual([NO_VALUE, NO_VALUE, NO_VALUE, NO_VALUE, NO_VALUE])
  })

  it('write days as they are and moments in the portal\'s zone', () => {
    expect(formatDate('2026-03-05')).toBe('5 mars 2026')
    expect(formatDate('2026-03-04T23:30:00Z')).toBe('5 mars 2026')
    expect(formatDateTime('2026-07-01T12:00:00Z')).toBe('1er juil. 2026, 14:00')
    expect([['2024-01-01', '2024-12-31'], ['2024-02-01', '2024-02-29'], ['2024-01-01', '2024-03-31'], ['2024-02-01', '2024-02-28']].map(([from = '', to = '']) => formatDays(from, to).replaceAll(/\s/g, ' ')))
      .toEqual(['2024', 'février 2024', '1er janv. – 31 mars 2024', '1–28 févr. 2024'])
    expect(portalDay(new Date('2026-03-04T23:30:00Z'))).toBe('2026-03-05')
    expect(formatClock('08:30')).toBe('08:30')
  })

  it('write months', () => {
    expect(formatMonth('2026-03')).toBe('mars 2026')
    expect(formatShortMonth('2026-03-01')).toBe('mars 26')
    expect(monthNames()[1]).toBe('février')
  })

  it('write how far a moment is', () => {
    const now = new Date('2026-03-05T10:00:00Z')
    expect(formatRelative('2026-03-05T07:00:00Z', now)).toBe('il y a 3 heures')
    expect(formatRelative('2026-03-06T10:00:00Z', now)).toBe('demain')
    expect(formatRelative('2026-03-05T10:00:00Z', now)).toBe('maintenant')
  })
})

it('formats follow the portal, whatever the browser prefers', () => {
  setFormats({ language: 'en', timeZone: 'America/New_York', currency: 'USD' })
  expect(formatDate('2026-03-05T02:00:00Z')).toBe('Mar 4, 2026')
  expect(formatMoney({ minor: 123_456, currency: 'USD' })).toBe('$1,234.56')
  expect(plain(formatClock('18:30'))).toBe('6:30 PM')
})
