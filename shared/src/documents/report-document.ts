/**
 * A report before it becomes a file: what a PDF, a workbook and a CSV all say. Values are raw, so that a
 * workbook holds numbers and not words: money in minor units, percent as 0 to 100, days as `YYYY-MM-DD`.
 */
export interface ReportDocument {
  readonly title: string
  /** What stands behind the figures and must be printed with them: period, filters, whose rights. */
  readonly facts: readonly { readonly label: string, readonly value: string }[]
  /** ISO instant of the reading. */
  readonly madeAt: string
  readonly language: 'fr' | 'en'
  readonly timeZone: string
  readonly blocks: readonly ReportBlock[]
}

export type ReportBlock = ReportFigures | ReportTable | ReportChart | ReportText

export const valueKinds = ['text', 'integer', 'number', 'percent', 'money', 'day', 'month'] as const
export type ValueKind = (typeof valueKinds)[number]

/** Null is "no data", which every format says as such and never as zero. */
export type ReportValue = string | number | null

export interface ReportMeasure {
  readonly kind: ValueKind
  /** Of money. */
  readonly currency?: string
  /** Of a number that counts time. */
  readonly unit?: 'hour' | 'day' | 'month'
}

export interface ReportFigures {
  readonly type: 'figures'
  readonly items: readonly (ReportMeasure & { readonly label: string, readonly value: ReportValue, readonly note?: string })[]
}

export interface ReportColumn extends ReportMeasure {
  readonly label: string
}

export interface ReportTable {
  readonly type: 'table'
  readonly title: string
  readonly columns: readonly ReportColumn[]
  readonly rows: readonly (readonly ReportValue[])[]
  /** One value under each column; null where a sum says nothing. */
  readonly totals?: readonly ReportValue[]
  /** What is missing or left out. */
  readonly note?: string
}

export interface ReportChart extends ReportMeasure {
  readonly type: 'chart'
  readonly title: string
  readonly chart: 'bar' | 'stacked-bar' | 'bar-across' | 'line' | 'area' | 'doughnut' | 'funnel' | 'waterfall' | 'pareto' | 'scatter'
  /** What the labels are: the first column of the numbers. */
  readonly dimension: ReportColumn
  readonly labels: readonly string[]
  readonly series: readonly ReportSeries[]
  /** Of a scatter: what its points stand on. */
  readonly across?: ReportMeasure & ReportSeries
  /** All that it was drawn from, where there is more than it shows. */
  readonly table?: ReportTable
  /** The chart in words. */
  readonly summary: string
}

export interface ReportSeries {
  readonly label: string
  readonly values: readonly (number | null)[]
  /** Percent of the whole, 0 to 100, on an axis of its own. */
  readonly isShare?: boolean
  /** Where each bar of a waterfall begins and ends. */
  readonly spans?: readonly { readonly from: number, readonly to: number, readonly tone: 'up' | 'down' | 'total' }[]
}

export interface ReportText {
  readonly type: 'text'
  readonly text: string
}

export const documentFormats = ['pdf', 'xlsx', 'csv'] as const
export type DocumentFormat = (typeof documentFormats)[number]

/** The numbers of a chart as a table: its twin in formats without pictures. */
export function tableOfChart(chart: ReportChart): ReportTable {
  if (chart.table)
    return chart.table
  const measure = { kind: chart.kind, ...chart.currency !== undefined && { currency: chart.currency } }
  const columns = [
    ...chart.across ? [{ column: { label: chart.across.label, kind: chart.across.kind, ...chart.across.currency !== undefined && { currency: chart.across.currency } }, values: chart.across.values }] : [],
    ...chart.series.map(({ label, values, isShare }) => ({ column: { label, ...isShare ? { kind: 'percent' as const } : measure }, values })),
  ]
  return {
    type: 'table',
    title: chart.title,
    columns: [chart.dimension, ...columns.map(({ column }) => column)],
    rows: chart.labels.map((label, index) => [label, ...columns.map(({ values }) => values[index] ?? null)]),
  }
}
