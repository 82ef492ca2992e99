import { AppError } from '@comptoir/shared/errors'
import { guessDelimiter } from '@comptoir/shared/imports/delimiter'
import { EncodingScan } from '@comptoir/shared/imports/encoding'
import { CsvReader, isBlankRecord, type CsvRecord } from '@comptoir/shared/imports/csv-reader'
import { headRecords, layOut } from '@comptoir/shared/imports/layout'
import { jsonTable, nextLink } from '@comptoir/shared/sources/json-table'
import { byPieces, withBreath } from '../../platform/pace/breath.ts'
import { isWorkbook, readWorkbook } from '../../platform/workbooks/read-workbook.ts'

export interface SourceTable {
  readonly headers: readonly string[]
  readonly rows: readonly { readonly line: number, readonly cells: readonly string[] }[]
  /** The sheet, or the list of a JSON answer, that the rows were found in. */
  readonly rowsPath: string | null
  /** Where rows could be read, too. */
  readonly places: readonly string[]
  /** Where an answer says that its next page is. */
  readonly next: string | null
}

const mostRows = 200_000
const headSigns = 65_536
const unreadable = (cause?: unknown): AppError => new AppError('source.unreadable', { cause })
export const tooLarge = (details: Record<string, number>): AppError => new AppError('source.answer_too_large', { details })

/** @throws AppError source.unreadable */
export async function readFileTable(bytes: Buffer, rowsPath: string | null): Promise<SourceTable> {
  if (isWorkbook(bytes)) {
    const { text, sheet, sheets } = await readWorkbook(bytes, rowsPath).catch((cause: unknown) => { throw unreadable(cause) })
    return { ...await readTextTable(text), rowsPath: sheet, places: sheets, next: null }
  }
  const text = await decodeBytes(bytes)
  if (/^\s*[[{]/.test(text))
    return readJsonTable(text, rowsPath)
  // A page to sign in, where a table was expected.
  if (/^\s*</.test(text))
    throw unreadable()
  return { ...await readTextTable(text), rowsPath: null, places: [], next: null }
}

/** @throws AppError source.unreadable */
export async function decodeBytes(bytes: Buffer): Promise<string> {
  const scan = new EncodingScan()
  await byPieces(bytes.length, (from, to) => scan.push(bytes.subarray(from, to)))
  const text = new TextDecoder(scan.result().encoding).decode(bytes)
  if (text.trim() === '' || text.includes('\0'))
    throw unreadable()
  return text
}

async function readTextTable(text: string): Promise<Pick<SourceTable, 'headers' | 'rows'>> {
  const head = text.slice(0, headSigns)
  const shape = guessDelimiter(head)
  const layout = layOut(await headRecords(head, head.length === text.length, shape), shape, undefined)
  const reader = new CsvReader(shape)
  const rows: CsvRecord[] = []
  const take = (records: readonly CsvRecord[]): void => {
    for (const record of records) {
      if (record.line > layout.dataAfterLine && !isBlankRecord(record.cells))
        rows.push(record)
    }
    if (rows.length > mostRows)
      throw tooLarge({ mostRows })
  }
  await byPieces(text.length, (from, to) => take(reader.push(text.slice(from, to))))
  take(reader.end())
  return { headers: distinct(Array.from({ length: layout.columnCount }, (_, at) => layout.headers[at]?.trim() || `#${at + 1}`)), rows }
}

/** A column is known by its title: the second "Cost" is "Cost (2)". */
function distinct(titles: readonly string[]): string[] {
  const times = new Map<string, number>()
  return titles.map((title) => {
    const time = (times.get(title) ?? 0) + 1
    times.set(title, time)
    return time === 1 ? title : `${title} (${time})`
  })
}

/** @throws AppError source.unreadable */
export async function readJsonTable(text: string, rowsPath: string | null): Promise<SourceTable> {
  const value = parsed(text)
  const table = await jsonTable(value, rowsPath, withBreath)
  if (!table)
    throw unreadable()
  if (table.rows.length > mostRows)
    throw tooLarge({ mostRows })
  return { headers: table.headers, rows: table.rows.map((cells, at) => ({ line: at + 1, cells })), rowsPath: table.rowsPath, places: table.places, next: nextLink(value) }
}

function parsed(text: string): unknown {
  try {
    // Some servers write a byte order mark before their JSON.
    return JSON.parse(text.replace(/^\uFEFF/, ''))
  }
  catch (cause) {
    throw unreadable(cause)
  }
}
