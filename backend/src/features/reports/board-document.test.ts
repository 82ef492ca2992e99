import { describe, expect, it } from 'vitest'
import type { ReportChart } from '@comptoir/shared/documents/report-document'
import type { Tile } from '@comptoir/shared/dashboards/board'
import type { MetricResult } from '@comptoir/shared/insights/insights.contract'
import { boardDocument } from './board-document.ts'
import type { Asked, ReportPorts } from './ports.ts'

const part = (key: string, value: number) => ({ key, label: `Nom ${key}`, group: null, days: null, value, records: 1 })
const result = (metricId: MetricResult['metricId'], by: MetricResult['by']): MetricResult => ({
  metricId, unit: metricId === 'win_rate' ? 'percent' : 'money', currency: metricId === 'win_rate' ? null : 'EUR', days: { from: null, to: null },
  value: metricId === 'win_rate' ? 0.5 : 90_00, records: 3, leftOut: [], previous: { days: { from: null, to: null }, value: 60_00, records: 2 }, change: 0.5, by, bucket: null,
  parts: metricId === 'win_rate' ? [part('1', 0.25), part('2', 0.75)] : [part('1', 30_00), part('2', 60_00)],
} as MetricResult)
const outcome = (revenue: number) => ({ revenue, cost: null, margin: null, marginRate: 0.25, tiedUp: null })
const ports: Pick<ReportPorts, 'metric' | 'grid' | 'scenarios'> = {
  metric: (_asked, { metricId, by = null }) => Promise.resolve(result(metricId, by)),
  scenarios: (_asked, scenarioIds) => Promise.resolve({
    currency: 'EUR', before: outcome(100_00),
    scenarios: scenarioIds.map(name => ({ name, outcome: outcome(12_000.4) })),
  }),
  grid: (_asked, { metricId, by, across }) => Promise.resolve({
    result: result(metricId, by), across, others: 0, columns: [{ key: '7', label: 'Ada', records: 1, cells: [{ key: '1', value: 30_00, records: 1 }, { key: '2', value: null, records: 0 }] }],
  }),
}
const asked = { viewer: { name: 'Hélène' }, now: new Date('2026-11-22T10:00:00Z') } as Asked
const tile = (change: Partial<Tile>): Tile => ({ tileId: 'a', title: '', figure: 'number', metricId: 'revenue_won', by: null, period: null, x: 0, y: 0, width: 3, height: 1, ...change })
const blocksOf = async (change: Partial<Tile>) =>
  (await boardDocument(asked, ports, { title: 'Ventes', tiles: [tile(change)], segment: null, filters: { period: 'this_year' }, language: 'fr', timeZone: 'Europe/Paris' })).blocks
const chartOf = async (change: Partial<Tile>): Promise<ReportChart> => (await blocksOf(change)).find(block => block.type === 'chart')!

describe('a board on paper', () => {
  it('says beside a gauge what it was measured against', async () => {
    const [block] = await blocksOf({ figure: 'gauge' })
    expect(block).toMatchObject({ type: 'figures', items: [{ value: 90_00 }] })
    expect(JSON.stringify(block).replace(/[\u00A0\u202F]/g, ' ')).toContain('150 % de 60,00 € (période précédente)')
    expect(JSON.stringify(await blocksOf({ figure: 'gauge', goal: 180_00 })).replace(/[\u00A0\u202F]/g, ' ')).toContain('50 % de 180,00 € (objectif)')
  })

  it('says beside a number how it moved, and of which days it is', async () => {
    const days = { from: '2025-12-01', to: '2026-11-22' }
    const dated = { ...ports, metric: (...given: Parameters<typeof ports.metric>) => ports.metric(...given).then(read => ({ ...read, days })) }
    const { facts, blocks } = await boardDocument(asked, dated, { title: 'Ventes', tiles: [tile({ figure: 'number' }), tile({ figure: 'number', metricId: 'win_rate' })], segment: null, filters: { period: 'last_12_months' }, language: 'fr', timeZone: 'Europe/Paris' })
    expect(facts[0]).toEqual({ label: 'Période', value: '12 derniers mois (du 01/12/2025 au 22/11/2026)' })
    expect(JSON.stringify(blocks).replace(/[\u00A0\u202F]/g, ' ')).toMatch(/\+50 % \(60,00 € sur la période précédente\).*\+50 pt/)
  })

  it('says what a chart has no room for, and gives all of it as numbers', async () => {
    const parts = Array.from({ length: 40 }, (_, at) => part(String(at), 1_00))
    const many = { ...ports, metric: () => Promise.resolve({ ...result('revenue_won', 'responsible'), value: 40_00, records: 40, parts }) }
    const { blocks } = await boardDocument(asked, many, { title: 'Ventes', tiles: [tile({ figure: 'bar', by: 'responsible' })], segment: null, filters: { period: 'this_year' }, language: 'fr', timeZone: 'Europe/Paris' })
    const chart = blocks[0] as ReportChart
    expect([chart.labels.length, chart.table?.rows.length, chart.table?.totals]).toEqual([15, 40, ['Total', 40_00, 40]])
    expect(chart.summary.replace(/[\u00A0\u202F]/g, ' ')).toContain('15 premiers sur 40 ; les autres : 25,00 € au total.')
  })

  it('draws bars that stand on each other, and what they add up to', async () => {
    expect(await chartOf({ figure: 'waterfall', by: 'responsible' })).toMatchObject({ chart: 'waterfall', labels: ['Nom 1', 'Nom 2', 'Total'], series: [{ values: [30_00, 60_00, 90_00], spans: [{}, { from: 30_00, to: 90_00 }, { tone: 'total' }] }] })
    expect(await chartOf({ figure: 'pareto', by: 'responsible' })).toMatchObject({ labels: ['Nom 2', 'Nom 1'], series: [{ values: [60_00, 30_00] }, { isShare: true, values: [expect.closeTo(66.67, 1), 100] }] })
  })

  it('sets two numbers against each other, each in its own measure', async () => {
    expect(await chartOf({ figure: 'scatter', by: 'responsible', metricId: 'win_rate', against: 'average_deal' }))
      .toMatchObject({ chart: 'scatter', kind: 'percent', series: [{ values: [25, 75] }], across: { kind: 'money', values: [30_00, 60_00] } })
  })

  it('writes what is read cell by cell as a table, and draws a second breakdown as series', async () => {
    expect(await blocksOf({ figure: 'pivot', by: 'pipeline', across: 'responsible' })).toMatchObject([{ type: 'table', columns: [{}, { label: 'Ada' }, { label: 'Autres' }, { label: 'Total' }], rows: [['Nom 1', 30_00, null, 30_00], ['Nom 2', null, 60_00, 60_00]], totals: ['Total', 30_00, 60_00, 90_00] }])
    expect(await chartOf({ figure: 'stacked-bar', by: 'pipeline', across: 'responsible' })).toMatchObject({ chart: 'stacked-bar', series: [{ label: 'Ada', values: [30_00, null] }, { label: 'Autres', values: [null, 60_00] }] })
  })

  it('lays saved scenarios below each other, the start first', async () => {
    expect(await blocksOf({ scenarioIds: ['Croissance'] })).toMatchObject([{
      type: 'table', title: 'Scénarios', rows: [['Départ', 100_00, null, null, 25, null], ['Croissance', 120_00, null, null, 25, null]],
    }])
    expect(await blocksOf({ scenarioIds: [] })).toMatchObject([{ type: 'text' }])
  })

  it('has the words between the figures where they stand', async () => {
    expect(await blocksOf({ title: 'À lire', text: 'Hors subventions.' })).toEqual([{ type: 'text', text: 'À lire\nHors subventions.' }])
  })

  it('gives a number with its trend both', async () => {
    expect((await blocksOf({ figure: 'kpi', by: 'time' })).map(({ type }) => type)).toEqual(['figures', 'chart'])
  })
})
