import { once } from 'node:events'
import type { ReportBlock, ReportDocument, ReportFigures } from '@comptoir/shared/documents/report-document'
import { drawChart } from './pdf-chart.ts'
import { drawQuiet, ink, inFont, makeRoom, numberPages, openPdf, type PageLook } from './pdf-page.ts'
import { drawTable } from './pdf-table.ts'
import { writtenInstant, writtenValue } from './written-value.ts'

/** A document on paper: what stands behind the figures first, charts as vectors, tables as text one can copy. */
export async function pdfDocument(document: ReportDocument): Promise<Buffer> {
  const page = await openPdf(document.title, document.language)
  const { pdf } = page
  const parts: Buffer[] = []
  pdf.on('data', (part: Buffer) => parts.push(part))
  const ended = once(pdf, 'end')
  drawTop(page, document)
  for (const block of document.blocks)
    drawBlock(page, block, document)
  numberPages(page, `${document.title} · ${writtenInstant(document.madeAt, document)}`)
  pdf.end()
  await ended
  return Buffer.concat(parts)
}

function drawTop(page: PageLook, document: ReportDocument): void {
  const { pdf, left, width } = page
  pdf.font('bold').fontSize(18).fillColor(ink.text).text(inFont(document.title), left, pdf.y, { width })
  pdf.moveDown(0.3)
  drawQuiet(page, `${document.language === 'fr' ? 'Établi le' : 'Made on'} ${writtenInstant(document.madeAt, document)} (${document.timeZone})`)
  for (const { label, value } of document.facts)
    drawQuiet(page, document.language === 'fr' ? `${label}\u00A0: ${value}` : `${label}: ${value}`)
  pdf.moveDown(0.5)
  pdf.moveTo(left, pdf.y).lineTo(left + width, pdf.y).lineWidth(0.7).strokeColor(ink.line).stroke()
  pdf.moveDown(0.5)
}

function drawBlock(page: PageLook, block: ReportBlock, document: ReportDocument): void {
  switch (block.type) {
    case 'figures': return drawFigures(page, block, document)
    case 'table': return drawTable(page, block, document)
    case 'chart': return drawChart(page, block, document)
    case 'text':
      drawHeadingFree(page)
      page.pdf.text(inFont(block.text), page.left, page.pdf.y, { width: page.width })
  }
}

function drawHeadingFree(page: PageLook): void {
  makeRoom(page, 40)
  page.pdf.moveDown(0.5).font('regular').fontSize(9).fillColor(ink.text)
}

const figuresAcross = 3
const figureHeight = 50

function drawFigures(page: PageLook, { items }: ReportFigures, document: ReportDocument): void {
  const { pdf, left, width } = page
  const each = width / figuresAcross
  pdf.moveDown(0.5)
  for (let row = 0; row < items.length; row += figuresAcross) {
    makeRoom(page, figureHeight)
    const top = pdf.y
    items.slice(row, row + figuresAcross).forEach((item, at) => {
      const x = left + at * each
      const room = { width: each - 12, lineBreak: false, ellipsis: true }
      pdf.font('regular').fontSize(8).fillColor(ink.quiet).text(inFont(item.label), x, top, room)
      pdf.font('bold').fontSize(15).fillColor(ink.text).text(inFont(writtenValue(item.value, item, document)), x, top + 12, room)
      if (item.note !== undefined)
        pdf.font('regular').fontSize(7).fillColor(ink.quiet).text(inFont(item.note), x, top + 31, room)
    })
    pdf.y = top + figureHeight
  }
  pdf.x = left
  pdf.font('regular').fontSize(9).fillColor(ink.text)
}
