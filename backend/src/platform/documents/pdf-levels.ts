import { drawAxes } from './pdf-axis.ts'
import { colourOf, type ChartArea } from './chart-area.ts'
import { ink, inFont } from './pdf-page.ts'

const tones = { up: 0, down: 1, total: 5 } as const

/** Bars between two levels; what goes down is hatched, not only of another colour. */
export function drawWaterfall(area: ChartArea): void {
  const { page: { pdf }, chart: { series: [series] } } = area
  const spans = series?.spans ?? []
  const plot = drawAxes(area, spans.flatMap(({ from, to }) => [from, to]))
  const wide = Math.min(plot.slot * 0.72, 40)
  spans.forEach(({ from, to, tone }, index) => {
    const left = plot.x + index * plot.slot + (plot.slot - wide) / 2
    const top = plot.at(Math.max(from, to))
    const height = Math.max(0.8, plot.at(Math.min(from, to)) - top)
    const colour = colourOf(tones[tone])
    if (tone !== 'down') {
      pdf.rect(left, top, wide, height).fill(colour)
      return
    }
    pdf.save().rect(left, top, wide, height).clip()
    for (let at = -height; at < wide; at += 4)
      pdf.moveTo(left + at, top + height).lineTo(left + at + height, top)
    pdf.lineWidth(1.2).strokeColor(colour).stroke().restore()
    pdf.rect(left, top, wide, height).lineWidth(0.8).strokeColor(colour).stroke()
  })
}

/** Largest first, and above them what they add up to, on a scale of percent at the right. */
export function drawPareto(area: ChartArea): void {
  const { page: { pdf }, chart: { series: [bars, sums] } } = area
  const room = 26
  const plot = drawAxes({ ...area, width: area.width - room }, bars?.values.filter(value => value !== null) ?? [])
  const wide = Math.min(plot.slot * 0.72, 40)
  bars?.values.forEach((value, index) => {
    if (value !== null)
      pdf.rect(plot.x + index * plot.slot + (plot.slot - wide) / 2, plot.at(value), wide, Math.max(0.5, plot.at(0) - plot.at(value))).fill(colourOf(0))
  })
  const yOf = (share: number): number => plot.bottom - share / 100 * (plot.bottom - plot.top)
  const points = sums?.values.flatMap((share, index) => share === null ? [] : [{ x: plot.x + (index + 0.5) * plot.slot, y: yOf(share) }]) ?? []
  points.forEach(({ x, y }, at) => at === 0 ? pdf.moveTo(x, y) : pdf.lineTo(x, y))
  pdf.lineWidth(1.3).strokeColor(colourOf(1)).dash(5, { space: 3 }).stroke().undash()
  for (const { x, y } of points)
    pdf.rect(x - 1.6, y - 1.6, 3.2, 3.2).fill(colourOf(1))
  pdf.font('regular').fontSize(7).fillColor(ink.quiet)
  for (const share of [0, 50, 100])
    pdf.text(inFont(`${share} %`), plot.x + plot.width + 4, yOf(share) - 4, { width: room - 4, lineBreak: false })
}

/** Stages one under the other, as wide as what stands in them, with their names and amounts. */
export function drawFunnel({ page: { pdf }, chart, x, y, width, height, write }: ChartArea): void {
  const values = chart.series[0]?.values ?? []
  const largest = Math.max(0, ...values.map(value => value ?? 0))
  const [names, amounts] = [Math.min(width * 0.32, 170), 90]
  const room = width - names - amounts
  const slot = Math.min(34, height / Math.max(1, values.length))
  const middle = x + names + room / 2
  pdf.font('regular').fontSize(8)
  chart.labels.forEach((label, index) => {
    const value = values[index] ?? null
    const top = y + index * slot
    const wide = largest > 0 ? Math.max(1, Math.max(0, value ?? 0) / largest * room) : 1
    pdf.fillColor(ink.text).text(inFont(label), x, top + slot / 2 - 5, { width: names - 8, height: 10, lineBreak: false, ellipsis: true })
    pdf.rect(middle - wide / 2, top + slot * 0.12, wide, slot * 0.76).fill(colourOf(0))
    pdf.fillColor(ink.text).text(value === null ? '—' : write(value), x + width - amounts + 6, top + slot / 2 - 5, { width: amounts - 6, align: 'right', lineBreak: false })
  })
}
