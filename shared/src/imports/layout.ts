import { isBlankRecord, readRecords, type CsvRecord } from './csv-reader.ts'
import type { DelimiterGuess } from './delimiter.ts'
import { findHeader, secondHeader } from './header-row.ts'

const sampleRows = 500
/** Wider than any ledger; what lies beyond is no table. */
export const mostColumns = 500

/** Control characters have no place in a title, and the database refuses one of them. */
const title = (cell: string): string => cell.replace(/[^\P{Cc}\n]/gu, '')

/** The first records of the file, those that are certainly complete. */
export async function headRecords(text: string, isWhole: boolean, shape: DelimiterGuess): Promise<CsvRecord[]> {
  const records: CsvRecord[] = []
  for await (const batch of readRecords((async function* () { yield text })(), shape))
    records.push(...batch)
  const complete = isWhole ? records : records.slice(0, -1)
  return complete.filter(record => !(shape.hasSepLine && record.line === 1)).slice(0, sampleRows + 60)
}

export interface Layout {
  readonly header: CsvRecord | null
  readonly dataAfterLine: number
  readonly headers: readonly string[]
  readonly preamble: readonly string[]
  readonly columnCount: number
  readonly sample: readonly CsvRecord[]
}

/** The titles; those of two rows are read one after the other: "Invoice" above "Date" is the invoice's date. */
function titlesOf(header: CsvRecord | null, second: CsvRecord | null): string[] {
  const width = Math.min(mostColumns, Math.max(header?.cells.length ?? 0, second?.cells.length ?? 0))
  return Array.from({ length: width }, (_, column) =>
    title([header?.cells[column] ?? '', second?.cells[column] ?? ''].filter(cell => cell.trim() !== '').join(' ')).slice(0, 300))
}

export function layOut(records: readonly CsvRecord[], shape: DelimiterGuess, headerLine: number | undefined): Layout {
  const filled = records.filter(record => !isBlankRecord(record.cells))
  const header = headerLine === undefined ? findHeader(filled) : filled.find(record => record.line === headerLine) ?? null
  const second = header && secondHeader(filled, header)
  const dataAfterLine = second?.line ?? header?.line ?? (shape.hasSepLine ? 1 : 0)
  const sample = filled.filter(record => record.line > dataAfterLine)
  const headers = titlesOf(header, second)
  while (headers.length > 0 && headers.at(-1)!.trim() === '' && sample.every(({ cells }) => (cells[headers.length - 1] ?? '').trim() === ''))
    headers.pop()
  return {
    header,
    dataAfterLine,
    headers,
    preamble: filled.filter(record => record.line < (header?.line ?? dataAfterLine)).map(({ cells }) => title(cells.join(' ')).trim().slice(0, 500)),
    columnCount: header ? headers.length : Math.min(mostColumns, Math.max(0, ...sample.map(({ cells }) => cells.length))),
    sample: sample.slice(0, sampleRows),
  }
}
