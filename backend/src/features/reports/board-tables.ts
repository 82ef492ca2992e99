import type { ReportColumn, ReportMeasure, ReportTable, ReportValue } from '@comptoir/shared/documents/report-document'
import type { Tile } from '@comptoir/shared/dashboards/board'
import type { MetricGrid } from '@comptoir/shared/dashboards/board.contract'
import { addsUp } from '@comptoir/shared/dashboards/figures'
import { paretoOf } from '@comptoir/shared/dashboards/figure-models'
import { gridOf, leftOver } from '@comptoir/shared/dashboards/grid-model'
import type { MetricPart, MetricResult } from '@comptoir/shared/insights/insights.contract'
import { metricNames } from '@comptoir/shared/insights/metric-names'
import { bucketName, capitalized, reportWords, type Language } from './report-words.ts'

export interface Drawn {
  readonly tile: Tile
  readonly title: string
  readonly result: MetricResult
  readonly grid: MetricGrid | null
  readonly against: MetricResult | null
}

export interface Tongue { readonly language: Language, readonly timeZone: string }

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

export function partName(result: MetricResult, { key, label, group }: MetricPart, language: Language): string {
  if (result.bucket)
    return bucketName(result.bucket, key, language)
  const { ages, none } = reportWords[language]
  const name = label ?? (result.by === 'age' ? ages[key as keyof typeof ages] : key === '0' || key === '' || key === 'none' ? none : key)
  return group === null ? name : `${group || reportWords[language].pipeline} › ${name}`
}

export const dimensionOf = ({ by }: Pick<MetricResult, 'by'>, language: Language): ReportColumn => ({ label: capitalized(reportWords[language].dimensions[by ?? 'time']), kind: 'text' })

/** Months and days are dates in a workbook; other pieces of time have their names. */
function columnOf({ by, bucket }: MetricResult, language: Language): ReportColumn {
  return { ...dimensionOf({ by }, language), kind: bucket === 'month' || bucket === 'day' ? bucket : 'text' }
}

const rowName = (result: MetricResult, part: MetricPart, language: Language): string =>
  result.bucket === 'month' || result.bucket === 'day' ? part.key : partName(result, part, language)

/** All there is to read of a chart, of whatever there was room for: what a workbook and a CSV hold in its place. */
export function twinOf(drawn: Drawn, tongue: Tongue): ReportTable {
  if (drawn.grid)
    return gridTable(drawn, tongue)
  if (drawn.against)
    return againstTable(drawn, drawn.against, tongue)
  return drawn.tile.figure === 'pareto' ? paretoTable(drawn, tongue) : partsTable(drawn, tongue)
}

export function partsTable({ tile, title, result }: Drawn, { language }: Tongue): ReportTable {
  const words = reportWords[language]
  return {
    type: 'table', title,
    columns: [columnOf(result, language), { label: metricNames[language][tile.metricId], ...measureOf(result) }, { label: words.records, kind: 'integer' }],
    rows: [
      ...result.parts.map((part): ReportValue[] => [rowName(result, part, language), valueOf(result, part.value), part.records]),
      ...result.others ? [[words.others, valueOf(result, result.others.value), result.others.records]] : [],
    ],
    totals: [words.total, valueOf(result, result.value), result.records],
  }
}

function paretoTable({ tile, title, result }: Drawn, { language }: Tongue): ReportTable {
  const words = reportWords[language]
  const rows = result.parts.map(part => ({ label: rowName(result, part, language), value: part.value }))
  const { bars } = paretoOf(rows, { most: rows.length, rest: words.others, ...result.others && { others: result.others.value } })
  return {
    type: 'table', title,
    columns: [columnOf(result, language), { label: metricNames[language][tile.metricId], ...measureOf(result) }, { label: words.cumulative, kind: 'percent' }],
    rows: bars.map(({ label, value, cumulative }) => [label, valueOf(result, value), cumulative * 100]),
  }
}

function againstTable({ tile, title, result }: Drawn, against: MetricResult, { language }: Tongue): ReportTable {
  const others = new Map(against.parts.map(({ key, value }) => [key, valueOf(against, value)]))
  const names = metricNames[language]
  return {
    type: 'table', title,
    columns: [columnOf(result, language), { label: names[tile.metricId], ...measureOf(result) }, { label: names[against.metricId], ...measureOf(against) }],
    rows: result.parts.map(part => [rowName(result, part, language), valueOf(result, part.value), others.get(part.key) ?? null]),
  }
}

export function gridTable({ title, result, grid }: Drawn, { language }: Tongue): ReportTable {
  const words = reportWords[language]
  const isSum = addsUp(result)
  const rest = isSum ? leftOver(result, grid?.columns ?? []) : null
  const columns = [
    ...grid?.columns.map(column => ({ key: column.key, label: column.label ?? words.none, cells: new Map(column.cells.map(({ key, value }) => [key, valueOf(result, value)])) })) ?? [],
    ...rest ? [{ key: 'others', label: words.others, cells: rest }] : [],
  ]
  const { rows, totals, total } = gridOf(result.parts.filter(({ records }) => records > 0).map(part => ({ key: part.key, label: rowName(result, part, language) })), columns, { isSum })
  return {
    type: 'table', title,
    columns: [columnOf(result, language), ...[...columns.map(({ label }) => label), ...isSum ? [words.total] : []].map(label => ({ label, ...measureOf(result) }))],
    rows: rows.map(row => [row.label, ...row.values, ...isSum ? [row.total] : []]),
    ...isSum && { totals: [words.total, ...totals, total] },
  }
}
