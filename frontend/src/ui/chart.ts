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
}

export type ChartKind = 'bar' | 'stacked-bar' | 'bar-across' | 'line' | 'area' | 'doughnut'

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
}

export const hasData = (series: readonly ChartSeries[]): boolean =>
  series.some(({ values }) => values.some(value => value !== null))

/** One row for each label, one column for each series: the same numbers the picture shows. */
export function tableOf({ labels, series, format }: ChartWords): { head: string[], rows: string[][] } {
  const write = (value: number | null | undefined): string => typeof value === 'number' ? format(value) : '—'
  const columns = series.flatMap(({ label, values, range }) => [
    { label, values },
    ...range ? [{ label: `${range.label} −`, values: range.low }, { label: `${range.label} +`, values: range.high }] : [],
  ])
  return {
    head: columns.map(({ label }) => label),
    rows: labels.map((label, index) => [label, ...columns.map(({ values }) => write(values[index]))]),
  }
}

/** The points in the order in which the arrow keys visit them. */
export const pointAt = ({ labels, series }: Pick<ChartWords, 'labels' | 'series'>, seriesIndex: number, index: number): ChartPoint | null => {
  const found = series[seriesIndex]
  const label = labels[index]
  return found && label !== undefined ? { series: found.key, index, label, value: found.values[index] ?? null } : null
}
