import { colourOf, type ChartArea } from './chart-area.ts'
import { ink, inFont } from './pdf-page.ts'

/** Parts of a whole, with each part's amount and share beside it. Negative parts have no place in a ring and are only named. */
export function drawRing({ page: { pdf }, chart, x, y, height, write }: ChartArea): void {
  const values = chart.series[0]?.values ?? []
  const total = values.reduce<number>((sum, value) => sum + Math.max(0, value ?? 0), 0)
  const radius = height / 2 - 6
  const [centreX, centreY] = [x + radius + 8, y + height / 2]
  let from = -Math.PI / 2
  values.forEach((value, at) => {
    const turn = total > 0 ? Math.max(0, value ?? 0) / total * 2 * Math.PI : 0
    if (turn > 0)
      pdf.path(slice({ centreX, centreY, radius, from, to: from + Math.min(turn, 2 * Math.PI - 0.0001) })).fill(colourOf(at))
    from += turn
  })
  pdf.font('regular').fontSize(8)
  values.forEach((value, at) => {
    const top = y + 8 + at * 14
    if (top > y + height - 8)
      return
    const left = centreX + radius + 24
    pdf.rect(left, top, 8, 8).fill(colourOf(at))
    const amount = value === null ? '—' : write(value)
    pdf.fillColor(ink.text).text(inFont(`${chart.labels[at] ?? ''}  ${amount}`), left + 14, top - 1, { lineBreak: false })
  })
}

function slice({ centreX, centreY, radius, from, to }: { centreX: number, centreY: number, radius: number, from: number, to: number }): string {
  const inner = radius * 0.58
  const large = to - from > Math.PI ? 1 : 0
  const point = (angle: number, distance: number): string => `${(centreX + Math.cos(angle) * distance).toFixed(2)} ${(centreY + Math.sin(angle) * distance).toFixed(2)}`
  return `M ${point(from, radius)} A ${radius} ${radius} 0 ${large} 1 ${point(to, radius)} L ${point(to, inner)} A ${inner} ${inner} 0 ${large} 0 ${point(from, inner)} Z`
}
