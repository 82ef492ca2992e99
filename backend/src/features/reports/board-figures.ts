import type { ReportBlock, ReportChart, ReportSeries } from '@comptoir/shared/documents/report-document'
import type { MetricGrid } from '@comptoir/shared/dashboards/board.contract'
import { addsUp } from '@comptoir/shared/dashboards/figures'
import { paretoOf, scatterOf, waterfallOf, withRest } from '@comptoir/shared/dashboards/figure-models'
import { leftOver } from '@comptoir/shared/dashboards/grid-model'
import type { MetricPart, MetricResult } from '@comptoir/shared/insights/insights.contract'
import { metricNames } from '@comptoir/shared/insights/metric-names'
import { writtenValue } from '../../platform/documents/written-value.ts'
import { dimensionOf, gridTable, measureOf, partName, partsTable, twinOf, valueOf, type Drawn, type Tongue } from './board-tables.ts'
import { filled, reportWords, type Language } from './report-words.ts'

const mostBars = 15
const mostPoints = 50
const mostSeries = 6
const mostSlices = 7
const plainKinds = ['bar', 'stacked-bar', 'bar-across', 'line', 'area', 'doughnut', 'funnel'] as const

/** A tile as vectors, or as a table where its numbers are what one reads. */
export function blockOf(drawn: Drawn, tongue: Tongue): ReportBlock {
  const { tile, title, result } = drawn
  if (!result.parts.some(({ records }) => records > 0))
    return { type: 'text', text: `${title}\n${reportWords[tongue.language].nothing}` }
  if (tile.figure === 'table')
    return partsTable(drawn, tongue)
  return tile.figure === 'heat-map' || tile.figure === 'pivot' ? gridTable(drawn, tongue) : chartOf(drawn, tongue)
}

function chartOf(drawn: Drawn, tongue: Tongue): ReportChart {
  const { tile, title, result } = drawn
  const { language } = tongue
  const words = reportWords[language]
  const isWhole = tile.by === 'time' || tile.figure === 'pareto' || tile.figure === 'doughnut' || tile.figure === 'waterfall'
  const shown = isWhole ? result.parts : result.parts.slice(0, tile.figure === 'scatter' ? mostPoints : mostBars)
  const best = shown.reduce<MetricPart | null>((top, part) => (part.value ?? -Infinity) > (top?.value ?? -Infinity) ? part : top, null)
  const write = (value: number | null): string => writtenValue(valueOf(result, value), measureOf(result), tongue)
  const summary = filled(words.summary, { title, total: write(result.value), best: best ? `${partName(result, best, language)}, ${write(best.value)}` : '—' })
  return {
    type: 'chart', title, ...measureOf(result), dimension: dimensionOf(result, language), table: twinOf(drawn, tongue),
    ...drawnAs(drawn, shown, language),
    summary: isWhole ? summary : [summary, hiddenWords(result, shown, { words, write })].filter(Boolean).join(' '),
  }
}

/** What a chart leaves out, and what that comes to where it adds up. */
function hiddenWords(result: MetricResult, shown: readonly MetricPart[], { words, write }: { words: (typeof reportWords)[Language], write: (value: number | null) => string }): string {
  if (shown.length === result.parts.length && !result.others)
    return ''
  const rest = addsUp(result) && result.value !== null ? result.value - shown.reduce((sum, { value }) => sum + (value ?? 0), 0) : null
  const counts = { shown: String(shown.length), all: String(result.parts.length) }
  if (rest === null)
    return filled(words.first, counts)
  return filled(result.others ? words.firstOfMany : words.firstWithRest, { ...counts, rest: write(rest) })
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
  const isSum = addsUp(result)
  const own = columns.slice(0, columns.length > mostSeries && isSum ? mostSeries - 1 : mostSeries)
  const rest = isSum ? leftOver(result, own) : null
  return [
    ...own.map(({ label, cells }) => {
      const values = new Map(cells.map(({ key, value }) => [key, valueOf(result, value)]))
      return { label: label ?? words.none, values: shown.map(({ key }) => values.get(key) ?? null) }
    }),
    ...rest ? [{ label: words.others, values: shown.map(({ key }) => rest.get(key) ?? null) }] : [],
  ]
}
