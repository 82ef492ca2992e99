import { scaleOf } from './chart-scale.ts'
import { drawAxes } from './pdf-axis.ts'
import { colourOf, type ChartArea } from './chart-area.ts'
import { ink, inFont } from './pdf-page.ts'

/** Bars side by side, or one on the other. */
export function drawBars(area: ChartArea): void {
  const { page: { pdf }, chart } = area
  const isStacked = chart.chart === 'stacked-bar'
  const plot = drawAxes(area, isStacked ? stackEnds(area) : chart.series.flatMap(({ values }) => values.filter(value => value !== null)))
  const group = Math.min(plot.slot * 0.72, 46 * (isStacked ? 1 : chart.series.length))
  chart.labels.forEach((_, index) => {
    const start = plot.x + index * plot.slot + (plot.slot - group) / 2
    const base = { up: 0, down: 0 }
    chart.series.forEach(({ values }, series) => {
      const value = values[index] ?? null
      if (value === null || value === 0)
        return
      const from = isStacked ? (value > 0 ? base.up : base.down) : 0
      const wide = isStacked ? group : group / chart.series.length
      const [high, low] = [plot.at(Math.max(from, from + value)), plot.at(Math.min(from, from + value))]
      pdf.rect(start + (isStacked ? 0 : series * wide), high, Math.max(wide - 1, 0.5), low - high).fill(colourOf(series))
      base[value > 0 ? 'up' : 'down'] += value
    })
  })
}

const stackEnds = ({ chart }: ChartArea): number[] => chart.labels.flatMap((_, index) => {
  const values = chart.series.map(({ values: all }) => all[index] ?? 0)
  return [values.filter(value => value > 0).reduce((sum, value) => sum + value, 0), values.filter(value => value < 0).reduce((sum, value) => sum + value, 0)]
})

/** Names at the left, bars and their amounts at the right: for rankings. */
export function drawBarsAcross({ page: { pdf }, chart, x, y, width, height, write }: ChartArea): void {
  const values = chart.series[0]?.values ?? []
  const { low, high } = scaleOf(values.filter(value => value !== null))
  const names = Math.min(width * 0.35, 180)
  const amounts = 80
  const room = width - names - amounts
  const slot = height / Math.max(1, chart.labels.length)
  const at = (value: number): number => x + names + (value - low) / (high - low) * room
  pdf.font('regular').fontSize(8)
  chart.labels.forEach((label, index) => {
    const value = values[index] ?? null
    const top = y + index * slot
    pdf.fillColor(ink.text).text(inFont(label), x, top + slot / 2 - 5, { width: names - 8, height: 10, lineBreak: false, ellipsis: true })
    if (value === null)
      return
    pdf.rect(Math.min(at(0), at(value)), top + slot * 0.2, Math.max(0.5, Math.abs(at(value) - at(0))), slot * 0.6).fill(colourOf(0))
    pdf.fillColor(ink.text).text(write(value), x + width - amounts + 6, top + slot / 2 - 5, { width: amounts - 6, align: 'right', lineBreak: false })
  })
}
