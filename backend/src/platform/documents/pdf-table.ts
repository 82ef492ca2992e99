import type { ReportColumn, ReportDocument, ReportTable, ReportValue } from '@comptoir/shared/documents/report-document'
import { drawHeading, drawQuiet, ink, inFont, makeRoom, type PageLook } from './pdf-page.ts'
import { isNumeric, writtenValue } from './written-value.ts'

const padding = 4
const mostLines = 3

/** A table of text: its head on every page, numbers aligned to the right, long words over up to three lines. */
export function drawTable(page: PageLook, table: ReportTable, document: ReportDocument): void {
  for (const part of asWideAsThePage(page, table, document))
    drawPart(page, part, document)
}

/** Numbers that find no room beside each other go on below, each time behind the names of their rows. */
function asWideAsThePage(page: PageLook, table: ReportTable, document: ReportDocument): ReportTable[] {
  const { columns, rows, totals, note } = table
  if (columns.slice(1).some(column => !isNumeric(column)))
    return [table]
  const [names = 0, ...numbers] = neededWidths(page, table, rows.map(row => writtenRow(row, columns, document)))
  const room = page.width - Math.min(names, page.width * 0.4)
  const groups: number[][] = [[]]
  let taken = 0
  numbers.forEach((width, at) => {
    if (taken + width > room && taken > 0) {
      groups.push([])
      taken = 0
    }
    taken += width
    groups.at(-1)?.push(at + 1)
  })
  const pick = <T>(cells: readonly T[], group: readonly number[]): T[] => [0, ...group].flatMap(at => cells.slice(at, at + 1))
  return groups.length === 1 ? [table] : groups.map((group, index) => ({
    type: 'table', title: `${table.title} (${index + 1}/${groups.length})`, columns: pick(columns, group), rows: rows.map(row => pick(row, group)),
    ...totals && { totals: pick(totals, group) }, ...note !== undefined && index === groups.length - 1 && { note },
  }))
}

function drawPart(page: PageLook, table: ReportTable, document: ReportDocument): void {
  drawHeading(page, table.title)
  const written = table.rows.map(row => writtenRow(row, table.columns, document))
  const widths = widthsOf(page, table, written)
  const head = table.columns.map(({ label }) => label)
  const drawHead = (): void => drawRow(page, { cells: head, columns: table.columns, widths, font: 'bold', fill: ink.band })
  drawHead()
  for (const cells of written) {
    const isFull = page.pdf.y + heightOf(page, cells, widths) > page.bottom
    if (isFull) {
      page.pdf.addPage()
      drawHead()
    }
    drawRow(page, { cells, columns: table.columns, widths, font: 'regular' })
  }
  if (table.totals) {
    makeRoom(page, 24)
    drawRow(page, { cells: table.totals.map((value, at) => value === null ? '' : writtenRow([value], table.columns.slice(at), document)[0] ?? ''), columns: table.columns, widths, font: 'bold' })
  }
  if (table.note !== undefined) {
    page.pdf.moveDown(0.3)
    drawQuiet(page, table.note)
  }
  page.pdf.x = page.left
}

const writtenRow = (row: readonly ReportValue[], columns: readonly ReportColumn[], document: ReportDocument): string[] =>
  row.map((value, at) => inFont(writtenValue(value, columns[at] ?? { kind: 'text' }, document)))

interface Row {
  readonly cells: readonly string[]
  readonly columns: readonly ReportColumn[]
  readonly widths: readonly number[]
  readonly font: 'regular' | 'bold'
  readonly fill?: string
}

function drawRow(page: PageLook, { cells, columns, widths, font, fill }: Row): void {
  const { pdf, left, width } = page
  pdf.font(font).fontSize(8.5)
  const top = pdf.y
  const height = heightOf(page, cells, widths)
  if (fill !== undefined)
    pdf.rect(left, top, width, height).fill(fill)
  pdf.fillColor(ink.text)
  let x = left
  cells.forEach((cell, at) => {
    const room = widths[at] ?? 0
    pdf.text(cell, x + padding, top + padding, { width: room - 2 * padding, height: pdf.currentLineHeight() * mostLines, align: isNumeric(columns[at] ?? { kind: 'text' }) ? 'right' : 'left', ellipsis: true })
    x += room
  })
  pdf.moveTo(left, top + height).lineTo(left + width, top + height).lineWidth(0.4).strokeColor(ink.line).stroke()
  pdf.y = top + height
}

function heightOf({ pdf }: PageLook, cells: readonly string[], widths: readonly number[]): number {
  pdf.fontSize(8.5)
  const line = pdf.currentLineHeight()
  const tallest = Math.max(line, ...cells.map((cell, at) => pdf.heightOfString(cell || ' ', { width: (widths[at] ?? 0) - 2 * padding })))
  return Math.min(tallest, line * mostLines) + 2 * padding
}

/** On one line, each column's widest cell. */
function neededWidths({ pdf }: PageLook, { columns, totals }: ReportTable, written: readonly (readonly string[])[]): number[] {
  pdf.font('bold').fontSize(8.5)
  return columns.map((column, at) => {
    const cells = [column.label, ...written.slice(0, 300).map(row => row[at] ?? ''), totals ? '0'.repeat(12) : '']
    return Math.max(...cells.map(cell => pdf.widthOfString(cell))) + 2 * padding + 2
  })
}

/** Numbers get the room they need, words share what is left. */
function widthsOf(page: PageLook, table: ReportTable, written: readonly (readonly string[])[]): number[] {
  const { width } = page
  const { columns } = table
  const needed = neededWidths(page, table, written)
  const total = needed.reduce((sum, one) => sum + one, 0)
  if (total <= width)
    return spread(needed, columns, width - total)
  const fixed = columns.map((column, at) => isNumeric(column) ? Math.min(needed[at] ?? 0, width / columns.length * 1.4) : 0)
  const free = width - fixed.reduce((sum, one) => sum + one, 0)
  const words = needed.reduce((sum, one, at) => sum + (fixed[at] ? 0 : one), 0)
  return needed.map((one, at) => fixed[at] || Math.max(36, free * one / (words || 1)))
}

function spread(needed: readonly number[], columns: readonly ReportColumn[], rest: number): number[] {
  const first = columns.findIndex(column => !isNumeric(column))
  return needed.map((one, at) => at === Math.max(first, 0) ? one + rest : one)
}
