import { beforeAll, describe, expect, it } from 'vitest'
import { setFormats } from '../../platform/format/format.ts'
import { loadTexts } from '../../platform/i18n/i18n.ts'
import { bucketLabel, daysLabel, partLabel, toChart, writeChartValue, writeExact, writeValue } from './metric-words.ts'

const money = { unit: 'money', currency: 'EUR' } as const
const yen = { unit: 'money', currency: 'JPY' } as const
const percent = { unit: 'percent', currency: null } as const
const days = { unit: 'days', currency: null } as const

beforeAll(async () => {
  await loadTexts('fr', ['insights'])
  setFormats({ language: 'fr', timeZone: 'Europe/Paris', currency: 'EUR' })
})

describe('the words of a number', () => {
  it('are round on a tile and exact beside its records', () => {
    expect(writeValue(money, 1_000_553_450)).toMatch(/^10\s005\s535\s€$/)
    expect(writeExact(money, 1_000_553_450)).toMatch(/^10\s005\s534,50\s€$/)
    expect(writeValue(percent, 0.6315)).toMatch(/^63,15\s%$/)
    expect(writeValue(days, 58.5)).toMatch(/^58,5 jours$/)
    expect(writeValue(days, 1)).toMatch(/^1 jour$/)
  })

  it('say nothing for no data', () => {
    for (const measured of [money, percent, days])
      expect(writeValue(measured, null)).toBe('—')
    expect(toChart(money, null)).toBeNull()
  })

  it('come back from a chart to the cent, in currencies with and without cents', () => {
    expect(toChart(money, 123_456)).toBe(1234.56)
    expect(writeChartValue(money, 1234.56)).toMatch(/^1\s234,56\s€$/)
    expect(toChart(yen, 123_456)).toBe(123_456)
    expect(writeChartValue(yen, 123_456)).toContain('123')
  })
})

describe('the words of a part', () => {
  it('name days, weeks, months, quarters and years', () => {
    expect(bucketLabel('day', '2026-03-05')).toBe('05/03/2026')
    expect(bucketLabel('week', '2026-03-02')).toBe('Semaine du 02/03/2026')
    expect(bucketLabel('month', '2026-03-01')).toContain('mars')
    expect(bucketLabel('quarter', '2026-04-01')).toBe('T2 2026')
    expect(bucketLabel('quarter', '2026-10-01')).toBe('T4 2026')
    expect(bucketLabel('year', '2026-01-01')).toBe('2026')
  })

  it('name stages with their pipeline and count, and those who are nobody', () => {
    const part = { key: 'C1:NEW', label: 'À qualifier', group: null, days: null, value: 1, records: 12 }
    expect(partLabel({ bucket: null, by: 'stage' }, part)).toBe('À qualifier (12)')
    expect(partLabel({ bucket: null, by: 'stage' }, { ...part, group: '' })).toBe('Pipeline général › À qualifier (12)')
    expect(partLabel({ bucket: null, by: 'stage' }, { ...part, label: null })).toBe('C1:NEW (12)')
    expect(partLabel({ bucket: null, by: 'responsible' }, { ...part, key: '0', label: null })).toBe('Sans responsable')
  })

  it('call a whole month by its name and other days by their ends', () => {
    expect(daysLabel({ from: '2026-02-01', to: '2026-02-28' })).toBe('février 2026')
    expect(daysLabel({ from: '2024-02-01', to: '2024-02-28' })).toMatch(/^Du .* au 28 févr. 2024$/)
    expect(daysLabel({ from: '2026-03-05', to: '2026-03-05' })).toBe('5 mars 2026')
    expect(daysLabel({ from: null, to: null })).toBe('')
  })
})
