import { beforeAll, describe, expect, it } from 'vitest'
import type { MetricResult } from '@comptoir/shared/insights/insights.contract'
import { addTexts, loadTexts } from '../../platform/i18n/i18n.ts'
import { tileChart } from './tile-chart.ts'

const part = (key: string, value: number | null, label: string | null = `Nom ${key}`) => ({ key, label, group: null, days: null, value, records: 1 })
const result = (change: Partial<MetricResult> = {}): MetricResult => ({
  metricId: 'revenue_won', unit: 'money', currency: 'EUR', days: { from: '2026-01-01', to: '2026-12-31' }, value: 100_00, records: 4, leftOut: [], previous: null, change: null,
  by: 'responsible', bucket: null, parts: [part('1', 60_00), part('2', 30_00), part('3', 10_00)], ...change,
} as MetricResult)
const column = (key: string, value: number) => ({ key, label: key === '0' ? null : `Pipeline ${key}`, records: 1, cells: [{ key: '1', value, records: 1 }] })
const data = { result: result(), grid: null, against: null }
const room = { title: 'Ventes', room: 10 }

beforeAll(async () => {
  await loadTexts('fr')
  await addTexts(['boards', 'insights'])
})

describe('the picture of a tile', () => {
  it('counts in whole units and says its best part', () => {
    const chart = tileChart({ figure: 'bar-across', by: 'responsible' }, data, room)
    expect(chart).toMatchObject({ kind: 'bar-across', labels: ['Nom 1', 'Nom 2', 'Nom 3'], series: [{ values: [60, 30, 10] }] })
    expect(chart.summary).toContain('Nom 1')
  })

  it('as a Pareto says how few make most of it, and leads to the part behind each bar', () => {
    const chart = tileChart({ figure: 'pareto', by: 'responsible' }, data, { ...room, room: 3 })
    expect(chart.summary).toMatch(/2 sur 3 font 80/)
    expect(chart.series[1]).toMatchObject({ isShare: true, values: [0.6, 0.9, 1] })
    expect(chart.parts.map(one => one?.key)).toEqual(['1', '2', '3'])
  })

  it('as a ring or a waterfall has what it has no room for in a rest, and says of bars how many there are', () => {
    const many = { ...data, result: result({ value: 1200_00, parts: Array.from({ length: 12 }, (_, at) => part(String(at + 1), 100_00)) }) }
    const ring = tileChart({ figure: 'doughnut', by: 'responsible' }, many, room)
    expect([ring.labels.length, ring.labels.at(-1), ring.series[0]?.values.at(-1), ring.parts.at(-1), ring.hidden]).toEqual([7, 'Autres', 600, null, 0])
    const steps = tileChart({ figure: 'waterfall', by: 'responsible' }, many, { ...room, room: 5 })
    expect(steps.labels.slice(-2)).toEqual(['Autres', 'Total'])
    expect(steps.series[0]?.spans?.at(-1)).toMatchObject({ from: 0, to: 1200, tone: 'total' })
    expect(tileChart({ figure: 'bar-across', by: 'responsible' }, many, room).hidden).toBe(2)
  })

  it('as a waterfall ends in a sum that leads nowhere', () => {
    const chart = tileChart({ figure: 'waterfall', by: 'responsible' }, data, room)
    expect(chart.labels.at(-1)).toBe('Total')
    expect(chart.parts.at(-1)).toBeNull()
    expect(chart.series[0]?.spans?.at(-1)).toMatchObject({ from: 0, to: 100, tone: 'total' })
  })

  it('as a scatter shows the parts of which both numbers are known', () => {
    const against = result({ metricId: 'win_rate', unit: 'percent', currency: null, parts: [part('1', 0.5), part('2', 0.4), part('3', null)] })
    const chart = tileChart({ figure: 'scatter', by: 'responsible' }, { ...data, against }, room)
    expect([chart.series[0]?.values, chart.across?.values]).toEqual([[60, 30], [0.5, 0.4]])
    expect(chart.summary).toContain('2 points')
  })

  it('draws a second breakdown as series, and of sums the small ones together', () => {
    const grid = { result: data.result, across: 'pipeline' as const, others: 0, columns: ['0', '1', '2', '3', '4', '5', '6', '7'].map((key, at) => column(key, (at + 1) * 100)) }
    const { series } = tileChart({ figure: 'stacked-bar', by: 'responsible' }, { ...data, grid }, room)
    expect(series).toHaveLength(6)
    expect(series.at(-1)).toMatchObject({ label: 'Autres', values: [45, 30, 10] })
  })
})
