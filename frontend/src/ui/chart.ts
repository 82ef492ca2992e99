import type { ReportMeasure } from '@comptoir/shared/documents/report-document'

/** What a chart shows, without a word of the library that draws it. */
export interface ChartSeries {
  readonly key: string
  readonly label: string
  /** One value for each label; null where there is no data, which is drawn as a gap. */
  readonly values: readonly (number | null)[]
  /** How this series is drawn in a chart of bars or lines; the chart's own kind when absent. */
  readonly kind?: 'bar' | 'line'
  /** What is expected rather than known: dashed. */
  readonly isForecast?: boolean
  /** Where the true value may lie: an area around the line. */
  readonly range?: { readonly label: string, readonly low: readonly (number | null)[], readonly high: readonly (number | null)[] }
  /** Which of the six chart colours; by position when absent. */
  readonly colour?: 1 | 2 | 3 | 4 | 5 | 6
  /** A share of the whole, 0 to 1, on an axis of its own. */
  readonly isShare?: boolean
  /** Where each bar begins and ends when it does not stand on zero, and what it does to the level. */
  readonly spans?: readonly { readonly from: number, readonly to: number, readonly tone: 'up' | 'down' | 'total' }[]
}

export type ChartKind = 'bar' | 'stacked-bar' | 'bar-across' | 'line' | 'area' | 'doughnut' | 'waterfall' | 'pareto' | 'scatter'

/** What the points of a scatter stand on: one value for each label. */
export interface ChartAcross {
  readonly label: string
  readonly values: readonly (number | null)[]
  readonly format: (value: number) => string
  readonly formatTick: (value: number) => string
  readonly measure?: ReportMeasure
}

export interface ChartPoint {
  readonly series: string
  readonly index: number
  readonly label: string
  readonly value: number | null
}

export interface ChartLook {
  readonly colours: readonly string[]
  readonly grid: string
  readonly text: string
  readonly surface: string
  readonly font: string
  readonly isRightToLeft: boolean
  readonly isStill: boolean
  /** A colour with stripes, for a series that colour alone would not tell apart. */
  readonly pattern: (colour: string, index: number) => unknown
}

export interface ChartWords {
  readonly labels: readonly string[]
  readonly series: readonly ChartSeries[]
  readonly kind: ChartKind
  readonly format: (value: number) => string
  readonly formatTick: (value: number) => string
  readonly formatShare: (value: number) => string
  readonly across?: ChartAcross | null
  /** What the values are, for files: money in whole units, shares from 0 to 1. */
  readonly measure?: ReportMeasure
}

export const hasData = (series: readonly ChartSeries[]): boolean =>
  series.some(({ values }) => values.some(value => value !== null))

/** Counts: between one and two there is nothing. What is expected may lie between, the axis stays that of what is known. */
export function isWhole({ series, measure }: Pick<ChartWords, 'series' | 'measure'>): boolean {
  const known = series.filter(({ isShare, isForecast }) => !isShare && !isForecast).flatMap(({ values }) => values.filter(value => value !== null))
  return measure?.kind !== 'percent' && known.length > 0 && known.every(Number.isInteger)
}

export const writerOf = ({ format, formatShare }: Pick<ChartWords, 'format' | 'formatShare'>, series: Pick<ChartSeries, 'isShare'> | undefined): (value: number) => string =>
  series?.isShare ? formatShare : format

/** The points in the order in which the arrow keys visit them. */
export const pointAt = ({ labels, series }: Pick<ChartWords, 'labels' | 'series'>, seriesIndex: number, index: number): ChartPoint | null => {
  const found = series[seriesIndex]
  const label = labels[index]
  return found && label !== undefined ? { series: found.key, index, label, value: found.values[index] ?? null } : null
}
