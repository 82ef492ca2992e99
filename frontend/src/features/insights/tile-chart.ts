import { correlationOf, paretoOf, scatterOf, waterfallOf, withRest } from '@comptoir/shared/dashboards/figure-models'
import { leftOver } from '@comptoir/shared/dashboards/grid-model'
import type { MetricGrid } from '@comptoir/shared/dashboards/board.contract'
import type { Tile } from '@comptoir/shared/dashboards/board'
import { addsUp } from '@comptoir/shared/dashboards/figures'
import type { MetricPart, MetricResult } from '@comptoir/shared/insights/insights.contract'
import { formatNumber, NO_VALUE } from '../../platform/format/format.ts'
import { t } from '../../platform/i18n/i18n.ts'
import type { ChartAcross, ChartKind, ChartSeries } from '../../ui/chart.ts'
import { measureOf, metricName } from './metric-measure.ts'
import { partLabel, toChart, writeChartValue, writeExact, writeTick } from './metric-words.ts'

/** What a tile asks for: its number, and with it the same by a second thing, or a second number. */
export interface TileData {
  readonly result: MetricResult
  readonly grid: MetricGrid | null
  readonly against: MetricResult | null
}

export interface TileChart {
  readonly kind: ChartKind
  readonly labels: readonly string[]
  readonly series: readonly ChartSeries[]
  readonly across: ChartAcross | null
  /** The part behind each label; null for sums and rests. */
  readonly parts: readonly (MetricPart | null)[]
  readonly summary: string
  /** Parts that there is no room for, and that are in no rest. */
  readonly hidden: number
}

type Picture = Omit<TileChart, 'hidden'>

const mostSeries = 6
/** Slices that are still told apart, the rest among them. */
const mostSlices = 7
const plainKinds = ['line', 'area', 'bar', 'stacked-bar', 'bar-across'] as const

/** `room`: as many parts as can be read; parts of time are all shown. */
export function tileChart(tile: Pick<Tile, 'figure' | 'by'>, data: TileData, { title, room }: { title: string, room: number }): TileChart {
  const chart = drawTile(tile, data, { title, room })
  const isWhole = chart.parts.includes(null) || chart.parts.length >= data.result.parts.length
  return { ...chart, hidden: isWhole ? 0 : data.result.parts.length - chart.parts.length }
}

function drawTile({ figure, by }: Pick<Tile, 'figure' | 'by'>, data: TileData, { title, room }: { title: string, room: number }): Picture {
  const { result } = data
  const isWhole = by === 'time' || figure === 'doughnut' || figure === 'waterfall'
  const parts = isWhole ? result.parts : result.parts.slice(0, room)
  const drawn = { title, result, parts, rows: parts.map(part => ({ key: part.key, label: partLabel(result, part), value: toChart(result, part.value) })) }
  if (figure === 'pareto')
    return paretoChart({ ...drawn, parts: result.parts }, room)
  if (figure === 'doughnut')
    return doughnutChart(drawn)
  if (figure === 'waterfall')
    return waterfallChart(drawn, by === 'time' ? result.parts.length : room)
  if (figure === 'scatter')
    return scatterChart(drawn, data.against)
  return plainChart(plainKinds.find(kind => kind === figure) ?? 'bar', drawn, data.grid)
}

interface Drawn {
  readonly title: string
  readonly result: MetricResult
  readonly parts: readonly MetricPart[]
  readonly rows: readonly { readonly key: string, readonly label: string, readonly value: number | null }[]
}

export const bestOf = (result: MetricResult, parts: readonly MetricPart[]): string => {
  const best = parts.reduce<MetricPart | null>((top, part) => (part.value ?? -Infinity) > (top?.value ?? -Infinity) ? part : top, null)
  return best ? `${partLabel(result, best)}, ${writeExact(result, best.value)}` : NO_VALUE
}

const summaryOf = ({ title, result, parts }: Drawn): string => t('boards.tile.summary', { title, total: writeExact(result, result.value), best: bestOf(result, parts) })

function plainChart(kind: ChartKind, drawn: Drawn, grid: MetricGrid | null): Picture {
  const { result, parts, rows } = drawn
  const series = grid ? gridSeries(result, parts, grid) : [{ key: result.metricId, label: metricName(result), values: rows.map(({ value }) => value) }]
  return { kind, labels: rows.map(({ label }) => label), series, across: null, parts, summary: summaryOf(drawn) }
}

/** A series for each of the second breakdown; of sums, those without a colour of their own together. */
function gridSeries(result: MetricResult, parts: readonly MetricPart[], { columns }: MetricGrid): ChartSeries[] {
  const read = (column: MetricGrid['columns'][number]): (number | null)[] => {
    const cells = new Map(column.cells.map(({ key, value }) => [key, value]))
    return parts.map(({ key }) => toChart(result, cells.get(key) ?? null))
  }
  const isSum = addsUp(result)
  const own = columns.slice(0, columns.length > mostSeries && isSum ? mostSeries - 1 : mostSeries)
  const rest = isSum ? leftOver(result, own) : null
  return [
    ...own.map(column => ({ key: column.key, label: columnName(column), values: read(column) })),
    ...rest ? [{ key: 'others', label: t('ui.chart.others'), values: parts.map(({ key }) => toChart(result, rest.get(key) ?? null)) }] : [],
  ]
}

export const columnName = ({ key, label }: MetricGrid['columns'][number]): string =>
  label ?? (key === '0' ? t('boards.tile.unnamed') : key)

const othersOf = ({ result }: Pick<Drawn, 'result'>): { others?: number } => result.others ? { others: toChart(result, result.others.value) ?? 0 } : {}

const wholeOf = (drawn: Drawn, most: number) => withRest(drawn.rows, { most, rest: t('ui.chart.others'), ...othersOf(drawn) })

/** A ring is a whole: what has no slice of its own is in the rest. */
function doughnutChart(drawn: Drawn): Picture {
  const { result, parts } = drawn
  const slices = wholeOf(drawn, mostSlices)
  return {
    kind: 'doughnut', labels: slices.map(({ label }) => label), across: null, parts: slices.map(({ index }) => index === null ? null : parts[index] ?? null), summary: summaryOf(drawn),
    series: [{ key: result.metricId, label: metricName(result), values: slices.map(({ value }) => value) }],
  }
}

function waterfallChart(drawn: Drawn, room: number): Picture {
  const { result } = drawn
  const bars = wholeOf(drawn, room)
  const parts = bars.map(({ index }) => index === null ? null : drawn.parts[index] ?? null)
  const steps = waterfallOf(bars, t('boards.tile.total'))
  return {
    kind: 'waterfall', labels: steps.map(({ label }) => label), across: null, parts: [...parts, null], summary: summaryOf(drawn),
    series: [{ key: result.metricId, label: metricName(result), values: steps.map(({ value }) => value), spans: steps }],
  }
}

function paretoChart({ title, result, parts }: Drawn, room: number): Picture {
  const rows = parts.map(part => ({ label: partLabel(result, part), value: toChart(result, part.value) }))
  const { bars, vital } = paretoOf(rows, { most: Math.max(3, room), rest: t('ui.chart.others'), ...othersOf({ result }) })
  return {
    kind: 'pareto', labels: bars.map(({ label }) => label), across: null, parts: bars.map(({ index }) => index === null ? null : parts[index] ?? null),
    series: [
      { key: result.metricId, label: metricName(result), values: bars.map(({ value }) => value) },
      { key: 'cumulative', label: t('ui.chart.cumulative'), values: bars.map(({ cumulative }) => cumulative), kind: 'line', isShare: true, colour: 2 },
    ],
    // How many there are in all is known where all are listed.
    summary: vital === null || result.others
      ? t('boards.tile.summary', { title, total: writeExact(result, result.value), best: bestOf(result, parts) })
      : t('boards.tile.paretoSummary', { title, count: vital, all: formatNumber(rows.length), total: writeExact(result, result.value), best: bestOf(result, parts) }),
  }
}

function scatterChart({ title, result, parts, rows }: Drawn, against: MetricResult | null): Picture {
  const others = against?.parts.map(({ key, value }) => ({ key, label: '', value: toChart(against, value) })) ?? []
  const points = scatterOf(rows, others)
  const relation = correlationOf(points)
  const name = against ? metricName(against) : ''
  return {
    kind: 'scatter',
    labels: points.map(({ label }) => label),
    parts: points.map(({ index }) => parts[index] ?? null),
    series: [{ key: result.metricId, label: metricName(result), values: points.map(({ x }) => x) }],
    across: against && {
      label: name, values: points.map(({ y }) => y), measure: measureOf(against),
      format: value => writeChartValue(against, value), formatTick: value => writeTick(against, value),
    },
    summary: t(relation === null ? 'boards.tile.scatterShort' : 'boards.tile.scatterSummary', { title, other: name, count: points.length, relation: relation === null ? '' : formatNumber(Math.round(relation * 100) / 100, { digits: 2 }), best: bestOf(result, parts) }),
  }
}
