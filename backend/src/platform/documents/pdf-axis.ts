import { scaleOf, type Scale } from './chart-scale.ts'
import type { ChartArea } from './chart-area.ts'
import { ink, inFont } from './pdf-page.ts'

export interface Plot {
  readonly scale: Scale
  readonly x: number
  readonly width: number
  readonly top: number
  readonly bottom: number
  readonly at: (value: number) => number
  readonly slot: number
}

/** Grid, amounts at the left, labels below; as many labels as can be read. */
export function drawAxes(area: ChartArea, values: readonly number[]): Plot {
  const { page: { pdf }, chart, writeTick } = area
  const scale = scaleOf(values, { isWhole: chart.kind === 'integer' })
  pdf.font('regular').fontSize(7)
  const room = Math.max(...scale.ticks.map(tick => pdf.widthOfString(writeTick(tick)))) + 6
  const x = area.x + room
  const width = area.width - room
  const top = area.y + 4
  const bottom = area.y + area.height - 14
  const at = (value: number): number => bottom - (value - scale.low) / (scale.high - scale.low) * (bottom - top)
  for (const tick of scale.ticks) {
    pdf.moveTo(x, at(tick)).lineTo(x + width, at(tick)).lineWidth(tick === 0 ? 0.8 : 0.4).strokeColor(tick === 0 ? ink.quiet : ink.line).stroke()
    pdf.fillColor(ink.quiet).text(writeTick(tick), area.x, at(tick) - 4, { width: room - 6, align: 'right', lineBreak: false })
  }
  const slot = width / Math.max(1, chart.labels.length)
  const widest = Math.max(...chart.labels.map(label => pdf.widthOfString(inFont(label))), 1) + 6
  const every = Math.max(1, Math.ceil(Math.min(widest, 80) / slot))
  chart.labels.forEach((label, index) => {
    if (index % every === 0)
      pdf.text(inFont(label), x + index * slot - (every - 1) * slot / 2, bottom + 4, { width: slot * every, align: 'center', lineBreak: false, ellipsis: true })
  })
  return { scale, x, width, top, bottom, at, slot }
}
