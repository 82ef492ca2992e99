import type { ReportChart, ReportDocument } from '@comptoir/shared/documents/report-document'
import { colourOf, type ChartArea } from './chart-area.ts'
import { drawBars, drawBarsAcross } from './pdf-bars.ts'
import { drawFunnel, drawPareto, drawWaterfall } from './pdf-levels.ts'
import { drawLines } from './pdf-lines.ts'
import { drawHeading, drawQuiet, ink, inFont, makeRoom, type PageLook } from './pdf-page.ts'
import { drawRing } from './pdf-ring.ts'
import { drawScatter } from './pdf-scatter.ts'
import { writtenTick, writtenValue } from './written-value.ts'

const height = 170

const painters: Readonly<Record<ReportChart['chart'], (area: ChartArea) => void>> = {
  'bar': drawBars, 'stacked-bar': drawBars, 'bar-across': drawBarsAcross, 'line': drawLines, 'area': drawLines, 'doughnut': drawRing,
  'funnel': drawFunnel, 'waterfall': drawWaterfall, 'pareto': drawPareto, 'scatter': drawScatter,
}

/** A chart as vectors, its legend and its words. */
export function drawChart(page: PageLook, given: ReportChart, document: ReportDocument): void {
  const chart = { ...given, labels: given.labels.map(label => writtenValue(label, given.dimension, document)) }
  const across = chart.chart === 'bar-across' ? Math.max(60, chart.labels.length * 18) : height
  const tall = Math.min(across, page.bottom - 160)
  // Heading, picture and words stay together.
  makeRoom(page, tall + 80)
  drawHeading(page, chart.title)
  const area: ChartArea = {
    page, chart, x: page.left, y: page.pdf.y, width: page.width, height: tall,
    write: value => inFont(writtenValue(value, chart, document)),
    writeTick: value => inFont(writtenTick(value, chart, document)),
    writeAcross: value => inFont(writtenTick(value, chart.across ?? chart, document)),
  }
  painters[chart.chart](area)
  page.pdf.y = area.y + tall + 6
  if (chart.series.length > 1 && chart.chart !== 'doughnut')
    drawLegend(area)
  drawQuiet(page, chart.summary)
}

function drawLegend({ page: { pdf, left, width }, chart }: ChartArea): void {
  let x = left
  pdf.font('regular').fontSize(8)
  chart.series.forEach(({ label }, at) => {
    const room = pdf.widthOfString(label) + 26
    if (x + room > left + width) {
      x = left
      pdf.y += 12
    }
    const y = pdf.y
    pdf.rect(x, y + 1, 8, 8).fill(colourOf(at))
    pdf.fillColor(ink.text).text(inFont(label), x + 12, y, { lineBreak: false })
    pdf.y = y
    x += room
  })
  pdf.y += 14
}
