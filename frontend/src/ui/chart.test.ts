import { describe, expect, it } from 'vitest'
import { hasData, pointAt, tableOf, type ChartLook, type ChartWords } from './chart.ts'
import { configOf } from './chart-config.ts'

const words: ChartWords = {
  kind: 'line',
  labels: ['janv.', 'févr.'],
  series: [
    { key: 'spend', label: 'Achats', values: [10, null] },
    { key: 'forecast', label: 'Prévision', values: [null, 20], isForecast: true, range: { label: '80 %', low: [null, 15], high: [null, 25] } },
  ],
  format: value => `${value} €`,
  formatTick: String,
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
    expect(tableOf(words)).toEqual({
      head: ['Achats', 'Prévision', '80 % −', '80 % +'],
      rows: [['janv.', '10 €', '—', '—', '—'], ['févr.', '—', '20 €', '15 €', '25 €']],
    })
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
