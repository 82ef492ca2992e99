import { beforeAll, describe, expect, it } from 'vitest'
import type { MetricForecast } from '@comptoir/shared/forecasts/forecast.contract'
import { setFormats } from '../../platform/format/format.ts'
import { linesOf, writeMean, writeSigned, writeValue } from './forecast-words.ts'

const money = { unit: 'money', currency: 'EUR' } as const
const words = { history: 'Réalisé', forecast: 'Prévision', band: '80 %' }
const month = (name: string, point: number, lower80: number | null = null, upper80: number | null = null) =>
  ({ month: name, point, lower80, upper80, lower95: null, upper95: null, level: point, trend: 0, season: 0 })
const found = { ...money, history: [{ month: '2026-01-01', value: 100_00 }, { month: '2026-02-01', value: 200_00 }] } as unknown as MetricForecast

beforeAll(() => setFormats({ language: 'fr', timeZone: 'Europe/Paris', currency: 'EUR' }))

describe('a forecast in words', () => {
  it('is written in whole currency units and whole counts, its parts and errors in tenths of a count', () => {
    expect(writeValue(money, 123_456.7).replace(/\s/g, ' ')).toBe('1 235 €')
    expect(writeValue({ unit: 'count', currency: null }, 404.79)).toBe('405')
    expect(writeMean({ unit: 'count', currency: null }, 4.26)).toBe('4,3')
    expect(writeMean({ unit: 'count', currency: null }, 408.9)).toBe('409')
    expect(writeSigned({ unit: 'count', currency: null }, 0.44).replace(/\s/g, ' ')).toBe('+0,4')
    expect(writeValue(money, null)).toBe('—')
    expect(writeSigned({ unit: 'count', currency: null }, -3)).toBe('-3')
  })
})

describe('the lines of a forecast', () => {
  it('meet at the last known month, and the band opens from there', () => {
    const { months, series } = linesOf(found, [month('2026-03-01', 300_00, 250_00, 350_00)], words)
    expect(months).toEqual(['2026-01-01', '2026-02-01', '2026-03-01'])
    expect(series[0]!.values).toEqual([100, 200, null])
    expect(series[1]).toMatchObject({ values: [null, 200, 300], isForecast: true, range: { low: [null, 200, 250], high: [null, 200, 350] } })
  })

  it('are the known months alone where nothing is forecast, and without a band where none can be told', () => {
    expect(linesOf(found, [], words).series).toHaveLength(1)
    expect(linesOf(found, [month('2026-03-01', 300_00)], words).series[1]).not.toHaveProperty('range')
  })
})
