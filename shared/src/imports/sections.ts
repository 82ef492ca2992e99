import type { CsvRecord } from './csv-reader.ts'
import { dateEvidence } from './dates.ts'
import { parseAmount } from './numbers.ts'

/** Ledgers that name a supplier once, on a line of its own, above its entries. */

const noTitle = /^(?:page|total|totaux|sous[ -]?total|sub-?total|report|solde)(?![\p{L}\p{N}])/iu
const accountBefore = /^[F0]?40\d\w{0,14}\s*[-:–]?\s+(?=\p{L})/iu

const filledCells = (cells: readonly string[]): string[] => cells.map(cell => cell.trim()).filter(cell => cell !== '')

/** The supplier a heading names: "401ALPHA ; ALPHA SARL" and "401ALPHA - ALPHA SARL" are ALPHA SARL. Null for any other row. */
export function headingOf(cells: readonly string[]): string | null {
  const filled = filledCells(cells)
  const title = filled.at(-1) ?? ''
  const isHeading = filled.length > 0 && filled.length <= 2 && /\p{L}/u.test(title) && title.length <= 200
    && !filled.some(cell => noTitle.test(cell) || dateEvidence(cell) !== 'none' || (cell === title && parseAmount(cell, ',', 2).ok))
  return isHeading ? title.replace(accountBefore, '') : null
}

const isEntry = (cells: readonly string[]): boolean => {
  const filled = filledCells(cells)
  return filled.length >= 3 && filled.some(cell => dateEvidence(cell) !== 'none') && filled.some(cell => dateEvidence(cell) === 'none' && parseAmount(cell, ',', 2).ok)
}

/** Data starts with a heading, an entry follows it, and nothing but headings, entries and totals comes. */
export function hasHeadings(sample: readonly CsvRecord[]): boolean {
  const [first, second] = sample
  return first !== undefined && second !== undefined && headingOf(first.cells) !== null && isEntry(second.cells)
}

/** Puts the heading above a row into a column of its own, behind the file's; headings themselves stay, with that column empty. */
export async function* underHeadings(pieces: AsyncIterable<CsvRecord[]>, column: number): AsyncGenerator<CsvRecord[]> {
  let heading = ''
  for await (const records of pieces) {
    yield records.map(({ line, cells }) => {
      const title = headingOf(cells)
      heading = title ?? heading
      const padded = Array.from({ length: Math.max(column, cells.length) }, (_, index) => cells[index] ?? '')
      padded.splice(column, 0, title === null ? heading : '')
      return { line, cells: padded }
    })
  }
}
