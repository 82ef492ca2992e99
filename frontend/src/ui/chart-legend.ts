import type { ChartKind, ChartSeries } from './chart.ts'

export interface LegendEntry {
  readonly label: string
  /** Which of the chart colours, from 1. */
  readonly colour: number
  /** Which pattern tells it apart; 0 for a plain colour. */
  readonly motif: number
  readonly look: 'line' | 'dashed-line' | 'area' | 'range'
}

const isLine = (entry: ChartSeries, kind: ChartKind): boolean => (entry.kind ?? (kind === 'line' || kind === 'area' ? 'line' : 'bar')) === 'line'

/** What tells the parts of a chart apart, in words and looks. */
export function legendOf(kind: ChartKind, labels: readonly string[], series: readonly ChartSeries[]): LegendEntry[] {
  if (kind === 'doughnut')
    return labels.map((label, index) => ({ label, colour: index % 6 + 1, motif: index, look: 'area' }))
  return series.flatMap((entry, index): LegendEntry[] => {
    const colour = entry.colour ?? index % 6 + 1
    const motif = index === 0 && !entry.isForecast ? 0 : Math.max(1, index)
    const own: LegendEntry = { label: entry.label, colour, motif, look: !isLine(entry, kind) ? 'area' : motif > 0 ? 'dashed-line' : 'line' }
    return entry.range ? [own, { label: entry.range.label, colour, motif: 0, look: 'range' }] : [own]
  })
}
