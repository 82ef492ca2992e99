import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'

export type Pdf = PDFKit.PDFDocument

export const ink = { text: '#1f2a37', quiet: '#6b7480', line: '#d9dee3', band: '#f4f6f8', accent: '#0b66c2' } as const
/** The charts' colours, dark enough for paper: each 3:1 or more against white. */
export const chartInk = ['#0b66c2', '#c4570a', '#2f7d4f', '#8a4fbf', '#b3306b', '#5b6770'] as const

const margins = { top: 48, left: 44, right: 44, bottom: 56 }

export interface PageLook {
  readonly pdf: Pdf
  readonly left: number
  readonly width: number
  /** Where nothing more fits. */
  readonly bottom: number
}

/** An A4 page with our margins and a font that knows Latin, Greek and Cyrillic. */
export async function openPdf(title: string, language: string): Promise<PageLook> {
  const { default: PdfDocument } = await import('pdfkit')
  const require = createRequire(import.meta.url)
  const font = (weight: string) => readFile(require.resolve(`roboto-fontface/fonts/roboto/Roboto-${weight}.woff`))
  const [regular, bold] = await Promise.all([font('Regular'), font('Medium')])
  const pdf = new PdfDocument({ size: 'A4', margins, bufferPages: true, lang: language, displayTitle: true, info: { Title: title, Creator: 'Comptoir' } })
  pdf.registerFont('regular', regular)
  pdf.registerFont('bold', bold)
  pdf.font('regular').fontSize(9).fillColor(ink.text)
  return { pdf, left: margins.left, width: pdf.page.width - margins.left - margins.right, bottom: pdf.page.height - margins.bottom }
}

/** The narrow no-break space of French numbers is in few fonts. */
export const inFont = (text: string): string => text.replaceAll('\u202F', '\u00A0')

export function makeRoom({ pdf, bottom }: PageLook, height: number): void {
  if (pdf.y + height > bottom)
    pdf.addPage()
}

export function drawHeading(page: PageLook, text: string): void {
  makeRoom(page, 60)
  page.pdf.moveDown(1).font('bold').fontSize(12).fillColor(ink.text).text(inFont(text), page.left, page.pdf.y, { width: page.width })
  page.pdf.moveDown(0.4).font('regular').fontSize(9)
}

export function drawQuiet({ pdf, left, width }: PageLook, text: string): void {
  pdf.font('regular').fontSize(8).fillColor(ink.quiet).text(inFont(text), left, pdf.y, { width })
  pdf.fillColor(ink.text).fontSize(9)
}

/** « 2 / 5 » and the document's name at the foot of every page. */
export function numberPages({ pdf, left, width }: PageLook, footer: string): void {
  const { start, count } = pdf.bufferedPageRange()
  for (let index = start; index < start + count; index += 1) {
    pdf.switchToPage(index)
    // Below the margin a text would begin a page of its own.
    pdf.page.margins.bottom = 0
    pdf.font('regular').fontSize(8).fillColor(ink.quiet)
    const y = pdf.page.height - 34
    pdf.text(inFont(footer), left, y, { width: width - 60, lineBreak: false, ellipsis: true })
    pdf.text(`${index - start + 1} / ${count}`, left + width - 60, y, { width: 60, align: 'right', lineBreak: false })
  }
}
