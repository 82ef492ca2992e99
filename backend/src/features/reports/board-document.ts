import type { ReportBlock, ReportDocument, ReportMeasure, ReportValue } from '@comptoir/shared/documents/report-document'
import type { Tile } from '@comptoir/shared/dashboards/board'
import type { MetricPart, MetricResult } from '@comptoir/shared/insights/insights.contract'
import { metricNames } from '@comptoir/shared/insights/metric-names'
import type { PeriodKind } from '@comptoir/shared/insights/period'
import { writtenValue } from '../../platform/documents/written-value.ts'
import type { Asked, ReportPorts } from './ports.ts'
import { bucketName, filled, reportWords, type Language } from './report-words.ts'

const mostBars = 15
const chartKinds = ['bar', 'bar-across', 'line', 'area', 'doughnut'] as const

interface Drawn { readonly tile: Tile, readonly result: MetricResult }

export interface BoardReport {
  readonly title: string
  readonly tiles: readonly Tile[]
  /** Of this segment alone. */
  readonly segment: { readonly segmentId: string, readonly name: string } | null
  readonly period: Exclude<PeriodKind, 'custom'>
  readonly language: Language
  readonly timeZone: string
}

/** A board on paper: numbers first, then its figures in reading order, each in the rights of the one it is made for. */
export async function boardDocument(asked: Asked, { metric }: Pick<ReportPorts, 'metric'>, report: BoardReport): Promise<ReportDocument> {
  const words = reportWords[report.language]
  const drawn: Drawn[] = []
  for (const tile of [...report.tiles].sort((a, b) => a.y - b.y || a.x - b.x))
    drawn.push({ tile, result: await metric(asked, { metricId: tile.metricId, period: tile.period ?? report.period, ...report.segment && { segmentId: report.segment.segmentId }, ...tile.by !== null && { by: tile.by } }) })
  const numbers = drawn.filter(({ tile }) => tile.figure === 'number')
  return {
    title: report.title,
    facts: [{ label: words.period, value: words.periods[report.period] }, ...report.segment ? [{ label: words.segment, value: report.segment.name }] : [], { label: words.rights, value: asked.viewer.name }],
    madeAt: asked.now.toISOString(),
    language: report.language,
    timeZone: report.timeZone,
    blocks: [
      ...numbers.length > 0 ? [figuresOf(numbers, report.language)] : [],
      ...drawn.filter(({ tile }) => tile.figure !== 'number').map(one => blockOf(one, report)),
    ],
  }
}

function titleOf({ title, metricId, by, period }: Tile, language: Language): string {
  if (title.trim() !== '')
    return title
  const words = reportWords[language]
  const name = metricNames[language][metricId]
  const whole = by === null ? name : filled(words.by, { metric: name, dimension: words.dimensions[by] })
  return period === null ? whole : filled(words.in, { metric: whole, period: words.periods[period] })
}

/** Shares come as 0 to 1, days as they are. */
const measureOf = ({ unit, currency }: MetricResult): ReportMeasure =>
  unit === 'money' ? { kind: 'money', currency: currency ?? '' } : { kind: unit === 'percent' ? 'percent' : unit === 'count' ? 'integer' : 'number' }

const valueOf = ({ unit }: MetricResult, value: number | null): number | null =>
  value !== null && unit === 'percent' ? value * 100 : value

const figuresOf = (drawn: readonly Drawn[], language: Language): ReportBlock => ({
  type: 'figures',
  items: drawn.map(({ tile, result }) => ({ label: titleOf(tile, language), ...measureOf(result), value: valueOf(result, result.value) })),
})

function partName(result: MetricResult, { key, label, group }: MetricPart, language: Language): string {
  if (result.bucket)
    return bucketName(result.bucket, key, language)
  const name = label ?? (key === '0' || key === '' ? reportWords[language].none : key)
  return group === null ? name : `${group || reportWords[language].pipeline} › ${name}`
}

function blockOf({ tile, result }: Drawn, { language, timeZone }: BoardReport): ReportBlock {
  const words = reportWords[language]
  const title = titleOf(tile, language)
  const measure = measureOf(result)
  if (!result.parts.some(({ records }) => records > 0))
    return { type: 'text', text: `${title}\n${words.nothing}` }
  if (tile.figure === 'table')
    return {
      type: 'table', title,
      columns: [{ label: words.dimensions[result.by ?? 'time'], kind: 'text' }, { label: metricNames[language][tile.metricId], ...measure }, { label: words.records, kind: 'integer' }],
      rows: result.parts.map((part): ReportValue[] => [partName(result, part, language), valueOf(result, part.value), part.records]),
      totals: [words.total, valueOf(result, result.value), result.records],
    }
  const shown = tile.by === 'time' ? result.parts : result.parts.slice(0, mostBars)
  const best = shown.reduce<MetricPart | null>((top, part) => (part.value ?? -Infinity) > (top?.value ?? -Infinity) ? part : top, null)
  const write = (value: number | null): string => writtenValue(valueOf(result, value), measure, { language, timeZone })
  return {
    type: 'chart', title, ...measure,
    chart: chartKinds.find(kind => kind === tile.figure) ?? 'bar-across',
    labels: shown.map(part => partName(result, part, language)),
    series: [{ label: metricNames[language][tile.metricId], values: shown.map(({ value }) => valueOf(result, value)) }],
    summary: filled(words.summary, { title, total: write(result.value), best: best ? `${partName(result, best, language)}, ${write(best.value)}` : '—' }),
  }
}
