import type { ReportBlock, ReportChart, ReportColumn, ReportMeasure, ReportSeries, ReportTable, ReportValue } from '@comptoir/shared/documents/report-document'
import type { Tile } from '@comptoir/shared/dashboards/board'
import type { MetricGrid } from '@comptoir/shared/dashboards/board.contract'
import { addsUp } from '@comptoir/shared/dashboards/figures'
import { paretoOf, scatterOf, waterfallOf, withRest } from '@comptoir/shared/dashboards/figure-models'
import { gridOf } from '@comptoir/shared/dashboards/grid-model'
import type { MetricPart, MetricResult } from '@comptoir/shared/insights/insights.contract'
import { metricNames } from '@comptoir/shared/insights/metric-names'
import { writtenValue } from '../../platform/documents/written-value.ts'
import { bucketName, capitalized, filled, reportWords, type Language } from './report-words.ts'

const mostBars = 15
const mostSeries = 6
const mostSlices = 7
const plainKinds = ['bar', 'stacked-bar', 'bar-across', 'line', 'area', 'doughnut', 'funnel'] as const

export interface Drawn {
  readonly tile: Tile
  readonly title: string
  readonly result: MetricResult
  readonly grid: MetricGrid | null
  readonly against: MetricResult | null
}

interface Tongue { readonly language: Language, readonly timeZone: string }

/** Shares come as 0 to 1, days as they are. */
export function measureOf({ unit, currency }: MetricResult): ReportMeasure {
  switch (unit) {
    case 'money': return { kind: 'money', currency: currency ?? '' }
    case 'percent': return { kind: 'percent' }
    case 'count': return { kind: 'integer' }
    case 'ratio': return { kind: 'number' }
    case 'hours': return { kind: 'number', unit: 'hour' }
    case 'days': return { kind: 'number', unit: 'day' }
    case 'months': return { kind: 'number', unit: 'month' }
  }
}

export const valueOf = ({ unit }: MetricResult, value: number | null): number | null =>
  value !== null && unit === 'percent' ? value * 100 : value

function partName(result: MetricResult, { key, label, group }: MetricPart, language: Language): string {
  if (result.bucket)
    return bucketName(result.bucket, key, language)
  const name = label ?? (key === '0' || key === '' ? reportWords[language].none : key)
  return group === null ? name : `${group || reportWords[language].pipeline} › ${name}`
}

const dimensionOf = ({ by }: MetricResult, language: Language): ReportColumn => ({ label: capitalized(reportWords[language].dimensions[by ?? 'time']), kind: 'text' })

/** A tile as vectors, or as a table where its numbers are what one reads. */
export function blockOf(drawn: Drawn, tongue: Tongue): ReportBlock {
  const { tile, title, result } = drawn
  if (!result.parts.some(({ records }) => records > 0))
    return { type: 'text', text: `${title}\n${reportWords[tongue.language].nothing}` }
  if (tile.figure === 'table')
    return partsTable(drawn, tongue)
  return tile.figure === 'heat-map' || tile.figure === 'pivot' ? gridTable(drawn, tongue) : chartOf(drawn, tongue)
}

function partsTable({ tile, title, result }: Drawn, { language }: Tongue): ReportTable {
  const words = reportWords[language]
  return {
    type: 'table', title,
    columns: [dimensionOf(result, language), { label: metricNames[language][tile.metricId], ...measureOf(result) }, { label: words.records, kind: 'integer' }],
    rows: result.parts.map((part): ReportValue[] => [partName(result, part, language), valueOf(result, part.value), part.records]),
    totals: [words.total, valueOf(result, result.value), result.records],
  }
}

function gridTable({ title, result, grid }: Drawn, { language }: Tongue): ReportTable {
  const words = reportWords[language]
  const isSum = addsUp(result)
  const columns = grid?.columns.map(column => ({ key: column.key, label: column.label ?? words.none, cells: new Map(column.cells.map(({ key, value }) => [key, valueOf(result, value)])) })) ?? []
  const { rows, totals, total } = gridOf(result.parts.filter(({ records }) => records > 0).map(part => ({ key: part.key, label: partName(result, part, language) })), columns, { isSum })
  return {
    type: 'table', title,
    columns: [dimensionOf(result, language), ...[...columns.map(({ label }) => label), ...isSum ? [words.total] : []].map(label => ({ label, ...measureOf(result) }))],
    rows: rows.map(row => [row.label, ...row.values, ...isSum ? [row.total] : []]),
    ...isSum && { totals: [words.total, ...totals, total] },
  }
}

function chartOf(drawn: Drawn, { language, timeZone }: Tongue): ReportChart {
  const { tile, title, result } = drawn
  const words = reportWords[language]
  const measure = measureOf(result)
  const isWhole = tile.by === 'time' || tile.figure === 'pareto' || tile.figure === 'doughnut' || tile.figure === 'waterfall'
  const shown = isWhole ? result.parts : result.parts.slice(0, mostBars)
  const best = shown.reduce<MetricPart | null>((top, part) => (part.value ?? -Infinity) > (top?.value ?? -Infinity) ? part : top, null)
  const write = (value: number | null): string => writtenValue(valueOf(result, value), measure, { language, timeZone })
  return {
    type: 'chart', title, ...measure, dimension: dimensionOf(result, language),
    ...drawnAs(drawn, shown, language),
    summary: filled(words.summary, { title, total: write(result.value), best: best ? `${partName(result, best, language)}, ${write(best.value)}` : '—' }),
  }
}

type Picture = Pick<ReportChart, 'chart' | 'labels' | 'series' | 'across'>

function drawnAs({ tile, result, grid, against }: Drawn, shown: readonly MetricPart[], language: Language): Picture {
  const words = reportWords[language]
  const label = metricNames[language][tile.metricId]
  const rows = shown.map(part => ({ key: part.key, label: partName(result, part, language), value: valueOf(result, part.value) }))
  const others = result.others ? { others: valueOf(result, result.others.value) ?? 0 } : {}
  if (tile.figure === 'waterfall') {
    const steps = waterfallOf(tile.by === 'time' ? rows : withRest(rows, { most: mostBars, rest: words.others, ...others }), words.total)
    return { chart: 'waterfall', labels: steps.map(step => step.label), series: [{ label, values: steps.map(({ value }) => value), spans: steps }] }
  }
  if (tile.figure === 'pareto') {
    const { bars } = paretoOf(rows, { most: mostBars, rest: words.others, ...others })
    return {
      chart: 'pareto', labels: bars.map(bar => bar.label),
      series: [{ label, values: bars.map(({ value }) => value) }, { label: words.cumulative, values: bars.map(({ cumulative }) => cumulative * 100), isShare: true }],
    }
  }
  if (tile.figure === 'scatter' && against) {
    const points = scatterOf(rows, against.parts.map(({ key, value }) => ({ key, label: '', value: valueOf(against, value) })))
    return {
      chart: 'scatter', labels: points.map(point => point.label), series: [{ label, values: points.map(({ x }) => x) }],
      across: { label: metricNames[language][against.metricId], ...measureOf(against), values: points.map(({ y }) => y) },
    }
  }
  if (tile.figure === 'doughnut') {
    const slices = withRest(rows, { most: mostSlices, rest: words.others, ...others })
    return { chart: 'doughnut', labels: slices.map(slice => slice.label), series: [{ label, values: slices.map(({ value }) => value) }] }
  }
  const chart = tile.figure === 'kpi' ? 'line' : plainKinds.find(kind => kind === tile.figure) ?? 'bar'
  return { chart, labels: rows.map(row => row.label), series: grid ? gridSeries(result, shown, grid, language) : [{ label, values: rows.map(({ value }) => value) }] }
}

/** A series for each of the second breakdown; of sums, those that could not be told apart together. */
function gridSeries(result: MetricResult, shown: readonly MetricPart[], { columns }: MetricGrid, language: Language): ReportSeries[] {
  const words = reportWords[language]
  const all = columns.map(({ label, cells }) => {
    const values = new Map(cells.map(({ key, value }) => [key, valueOf(result, value)]))
    return { label: label ?? words.none, values: shown.map(({ key }) => values.get(key) ?? null) }
  })
  if (!addsUp(result) || all.length <= mostSeries)
    return all.slice(0, mostSeries)
  const rest = all.slice(mostSeries - 1)
  const added = shown.map((_, at) => rest.reduce<number | null>((sum, { values }) => values[at] === null || values[at] === undefined ? sum : (sum ?? 0) + values[at], null))
  return [...all.slice(0, mostSeries - 1), { label: words.others, values: added }]
}
