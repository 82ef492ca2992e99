import { describe, expect, it } from 'vitest'
import { hasData, pointAt, type ChartLook, type ChartWords } from './chart.ts'
import { configOf } from './chart-config.ts'
import { inTwoLines } from './chart-scales.ts'
import { inFile, tableOf } from './figure-table.ts'

const words: ChartWords = {
  kind: 'line',
  labels: ['janv.', 'févr.'],
  series: [
    { key: 'spend', label: 'Achats', values: [10, null] },
    { key: 'forecast', label: 'Prévision', values: [null, 20], isForecast: true, range: { label: '80 %', low: [null, 15], high: [null, 25] } },
  ],
  format: value => `${value} €`,
  formatTick: String,
  formatShare: value => `${value * 100} %`,
}
const look: ChartLook = {
  colours: ['#111111', '#222222', '#333333', '#444444', '#555555', '#666666'],
  grid: '#eeeeee', text: '#000000', surface: '#ffffff', font: 'sans-serif', isRightToLeft: false, isStill: true,
  pattern: (colour, index) => `${colour} pattern ${index}`,
}

type Config = { data: { datasets: Record<string, unknown>[] }, options: Record<string, unknown> & { scales: Record<'x' | 'y', Record<string, unknown>> } }
const config = (change: Partial<ChartWords> = {}, changedLook: Partial<ChartLook> = {}): Config =>
  configOf({ ...words, ...change }, { ...look, ...changedLook }) as unknown as Config

describe('a chart', () => {
  it('has a table with the same numbers, ranges included', () => {
    const { columns, rows } = tableOf(words)
    expect(columns.map(({ label }) => label)).toEqual(['Achats', 'Prévision', '80 % −', '80 % +'])
    expect(rows.map(({ label, texts }) => [label, ...texts])).toEqual([['janv.', '10 €', '—', '—', '—'], ['févr.', '—', '20 €', '15 €', '25 €']])
  })

  it('goes into a file in minor units and percent, and a scatter with both its numbers', () => {
    expect([inFile(12.34, { kind: 'money', currency: 'EUR' }), inFile(0.5, { kind: 'percent' }), inFile(null, { kind: 'number' })]).toEqual([1234, 50, null])
    const across = { label: 'Taux', values: [0.5, 0.25], format: (value: number) => `${value * 100} %`, formatTick: String, measure: { kind: 'percent' } as const }
    expect(tableOf({ ...words, kind: 'scatter', across, series: [{ key: 'a', label: 'A', values: [1, 2] }], measure: { kind: 'money', currency: 'EUR' } }).rows[1])
      .toEqual({ label: 'févr.', texts: ['25 %', '2 €'], values: [25, 200] })
  })

  it('is empty when no series has a value, and not when one is zero', () => {
    expect(hasData([{ key: 'a', label: 'A', values: [null, null] }])).toBe(false)
    expect(hasData([{ key: 'a', label: 'A', values: [0] }])).toBe(true)
  })

  it('names the point a key or a click reached', () => {
    expect(pointAt(words, 0, 0)).toEqual({ series: 'spend', index: 0, label: 'janv.', value: 10 })
    expect(pointAt(words, 0, 1)).toMatchObject({ value: null })
    expect(pointAt(words, 0, 2)).toBeNull()
  })

  it('tells its lines apart by dashes and marks, not by colour alone', () => {
    const [first, second] = config().data.datasets
    expect([first?.borderDash, second?.borderDash]).toEqual([[], [5, 4]])
    expect(first?.pointStyle).not.toBe(second?.pointStyle)
  })

  it('tells its bars apart by patterns', () => {
    const datasets = config({ kind: 'stacked-bar', series: words.series.map(series => ({ ...series, range: undefined })) }).data.datasets
    expect(datasets.map(({ backgroundColor }) => backgroundColor)).toEqual(['#111111', '#222222 pattern 1'])
  })

  it('draws a range as an area of its own that no tooltip mentions', () => {
    const bounds = config().data.datasets.filter(({ isBound }) => isBound)
    expect(bounds.map(({ fill }) => fill)).toEqual([false, '-1'])
  })

  it('lets the bars of a waterfall float, and stripes those that go down', () => {
    const [dataset] = config({ kind: 'waterfall', series: [{ key: 'a', label: 'A', values: [5, -2], spans: [{ from: 0, to: 5, tone: 'up' }, { from: 5, to: 3, tone: 'down' }] }] }).data.datasets
    expect(dataset).toMatchObject({ data: [[0, 5], [5, 3]], backgroundColor: ['#111111', '#222222 pattern 1'] })
  })

  it('gives what adds up an axis of its own, from nothing to all', () => {
    const pareto = config({ kind: 'pareto', series: [words.series[0]!, { key: 'c', label: 'Cumul', values: [0.4, 1], kind: 'line', isShare: true }] })
    expect(pareto.data.datasets[1]).toMatchObject({ type: 'line', yAxisID: 'share' })
    expect(pareto.options.scales).toMatchObject({ share: { min: 0, max: 1, position: 'right' } })
  })

  it('has whole numbers alone beside its counts, and parts of them beside shares', () => {
    const counts = { kind: 'bar', series: [{ key: 'a', label: 'A', values: [1, 0, null] }] } as const
    expect(config(counts).options.scales.y.ticks).toMatchObject({ precision: 0 })
    expect(config({ ...counts, measure: { kind: 'percent' } }).options.scales.y.ticks).not.toHaveProperty('precision')
    expect(config({ kind: 'bar', series: [{ key: 'a', label: 'A', values: [0.5, 1] }] }).options.scales.y.ticks).not.toHaveProperty('precision')
    expect(config().options.scales.y.ticks).toMatchObject({ precision: 0 })
  })

  it('names every bar of a Pareto while slanted names find room', () => {
    const { ticks } = config({ kind: 'pareto', labels: Array.from({ length: 12 }, (_, at) => `Fournisseur ${at}`) }).options.scales.x as { ticks: { autoSkip: (on: object) => boolean } }
    expect([300, 330, 400, 800].map(width => ticks.autoSkip({ chart: { width } }))).toEqual([true, true, false, false])
  })

  it('writes a long name under its bar in two lines', () => {
    expect(inTwoLines('Cartonnages de l’Ouest', 14)).toEqual(['Cartonnages de', 'l’Ouest'])
    expect(inTwoLines('Optima', 14)).toEqual(['Optima'])
    expect(inTwoLines('Télécommunications', 14)).toEqual(['Télécommunica…'])
  })

  it('puts the points of a scatter where both numbers say', () => {
    const across = { label: 'Taux', values: [0.5, null], format: String, formatTick: String }
    expect(config({ kind: 'scatter', across, series: [{ key: 'a', label: 'A', values: [10, 20] }] }).data.datasets[0]).toMatchObject({ type: 'scatter', data: [{ x: 0.5, y: 10 }, { x: NaN, y: 20 }] })
  })

  it('leaves gaps where there is no data', () => {
    expect(config().data.datasets[0]).toMatchObject({ data: [10, null], spanGaps: false })
  })

  it('reads from right to left where the page does', () => {
    expect(config({}, { isRightToLeft: true }).options.scales).toMatchObject({ x: { reverse: true }, y: { position: 'right' } })
  })

  it('keeps still for those who ask for it', () => {
    expect(config().options.animation).toBe(false)
    expect(config({}, { isStill: false }).options.animation).toEqual({ duration: 250 })
  })
})
