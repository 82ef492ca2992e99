import { scaleOf } from './chart-scale.ts'
import { colourOf, type ChartArea } from './chart-area.ts'
import { ink, inFont } from './pdf-page.ts'

/** Points by two numbers, each with its axis and name. */
export function drawScatter({ page: { pdf }, chart, x, y, width, height, writeTick, writeAcross }: ChartArea): void {
  const points = chart.labels.flatMap((_, index) => {
    const [across, up] = [chart.across?.values[index] ?? null, chart.series[0]?.values[index] ?? null]
    return across !== null && up !== null ? [{ across, up }] : []
  })
  const [wide, tall] = [scaleOf(points.map(({ across }) => across)), scaleOf(points.map(({ up }) => up))]
  pdf.font('regular').fontSize(7)
  const left = x + Math.max(...tall.ticks.map(tick => pdf.widthOfString(writeTick(tick)))) + 8
  const [right, top, bottom] = [x + width - 20, y + 14, y + height - 26]
  const xOf = (value: number): number => left + (value - wide.low) / (wide.high - wide.low) * (right - left)
  const yOf = (value: number): number => bottom - (value - tall.low) / (tall.high - tall.low) * (bottom - top)
  for (const tick of tall.ticks) {
    pdf.moveTo(left, yOf(tick)).lineTo(right, yOf(tick)).lineWidth(0.4).strokeColor(ink.line).stroke()
    pdf.fillColor(ink.quiet).text(writeTick(tick), x, yOf(tick) - 4, { width: left - x - 6, align: 'right', lineBreak: false })
  }
  for (const tick of wide.ticks) {
    pdf.moveTo(xOf(tick), top).lineTo(xOf(tick), bottom).lineWidth(0.4).strokeColor(ink.line).stroke()
    pdf.fillColor(ink.quiet).text(writeAcross(tick), xOf(tick) - 30, bottom + 4, { width: 60, align: 'center', lineBreak: false })
  }
  pdf.fillColor(ink.text).text(inFont(chart.series[0]?.label ?? ''), x, y, { lineBreak: false })
  pdf.text(inFont(chart.across?.label ?? ''), left, bottom + 15, { width: right - left, align: 'right', lineBreak: false })
  for (const { across, up } of points)
    pdf.circle(xOf(across), yOf(up), 2.6).lineWidth(1).strokeColor(colourOf(0)).stroke()
}
