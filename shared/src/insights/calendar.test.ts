import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { addDays, addMonths, dayAt, isDay, startOfDay, startOfQuarter, startOfWeek } from './calendar.ts'

const iso = (day: string, zone: string): string => startOfDay(day, zone).toISOString()

describe('the first moment of a day', () => {
  it('follows the zone through summer and winter time', () => {
    expect(iso('2026-01-15', 'Europe/Paris')).toBe('2026-01-14T23:00:00.000Z')
    expect(iso('2026-03-29', 'Europe/Paris')).toBe('2026-03-28T23:00:00.000Z')
    expect(iso('2026-03-30', 'Europe/Paris')).toBe('2026-03-29T22:00:00.000Z')
    expect(iso('2026-10-25', 'Europe/Paris')).toBe('2026-10-24T22:00:00.000Z')
    expect(iso('2026-10-26', 'Europe/Paris')).toBe('2026-10-25T23:00:00.000Z')
  })

  it('is the change of the clock where midnight is skipped', () => {
    expect(iso('2018-11-04', 'America/Sao_Paulo')).toBe('2018-11-04T03:00:00.000Z')
    expect(iso('2024-03-31', 'Asia/Beirut')).toBe('2024-03-30T22:00:00.000Z')
  })

  it('is the earlier of two midnights', () => {
    expect(iso('2024-10-27', 'Atlantic/Azores')).toBe('2024-10-27T00:00:00.000Z')
    expect(iso('2023-11-05', 'America/Havana')).toBe('2023-11-05T04:00:00.000Z')
  })

  it('is the next day where a whole day never was', () => {
    expect(iso('2011-12-30', 'Pacific/Apia')).toBe(iso('2011-12-31', 'Pacific/Apia'))
  })

  it('divides time: a moment belongs to the day that began last', () => {
    const zones = ['Europe/Paris', 'America/New_York', 'Australia/Lord_Howe', 'Asia/Kathmandu', 'America/Havana', 'Pacific/Apia', 'Africa/Cairo', 'UTC']
    fc.assert(fc.property(
      fc.date({ min: new Date('2000-01-01'), max: new Date('2040-01-01'), noInvalidDate: true }),
      fc.constantFrom(...zones),
      (moment, zone) => {
        const day = dayAt(moment, zone)
        expect(startOfDay(day, zone).getTime()).toBeLessThanOrEqual(moment.getTime())
        expect(startOfDay(addDays(day, 1), zone).getTime()).toBeGreaterThan(moment.getTime())
      },
    ))
  })
})

describe('calendar arithmetic', () => {
  it('keeps to the last day of a shorter month', () => {
    expect(addMonths('2026-01-31', 1)).toBe('2026-02-28')
    expect(addMonths('2024-03-31', -1)).toBe('2024-02-29')
    expect(addMonths('2026-03-15', -15)).toBe('2024-12-15')
  })

  it('begins weeks on Monday and quarters in January, April, July and October', () => {
    expect(startOfWeek('2026-03-29')).toBe('2026-03-23')
    expect(startOfWeek('2026-03-23')).toBe('2026-03-23')
    expect(['2026-01-31', '2026-03-31', '2026-04-01', '2026-12-31'].map(startOfQuarter))
      .toEqual(['2026-01-01', '2026-01-01', '2026-04-01', '2026-10-01'])
  })

  it('knows a day that exists from one that does not', () => {
    expect(['2026-02-28', '2024-02-29'].every(isDay)).toBe(true)
    expect(['2026-02-29', '2026-13-01', '2026-1-1', 'tomorrow', ''].some(isDay)).toBe(false)
  })
})
