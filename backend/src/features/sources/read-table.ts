import { AppError } from '@comptoir/shared/errors'
import { guessDelimiter } from '@comptoir/shared/imports/delimiter'
import { EncodingScan } from '@comptoir/shared/imports/encoding'
import { CsvReader, isBlankRecord } from '@comptoir/shared/imports/csv-reader'
import { headRecords, layOut } from '@comptoir/shared/imports/layout'
import { jsonTable } from '@comptoir/shared/sources/json-table'
import { isWorkbook, readWorkbook } from '../../platform/workbooks/read-workbook.ts'

export interface SourceTable {
  readonly headers: readonly string[]
  readonly rows: readonly { readonly line: number, readonly cells: readonly string[] }[]
  /** Of JSON: where the rows were found. */
  readonly rowsPath: string | null
}

const mostRows = 200_000
const headSigns = 65_536
const unreadable = (cause?: unknown): AppError => new AppError('source.unreadable', { cause })

/** @throws AppError source.unreadable */
export async function readFileTable(bytes: Buffer): Promise<SourceTable> {
  const text = isWorkbook(bytes)
    ? (await readWorkbook(bytes).catch((cause: unknown) => { throw unreadable(cause) })).text
    : decodeBytes(bytes)
  return /^\s*[[{]/.test(text) ? readJsonTable(text, null) : readTextTable(text)
}

/** @throws AppError source.unreadable */
export function decodeBytes(bytes: Buffer): string {
  const scan = new EncodingScan()
  scan.push(bytes)
  const text = new TextDecoder(scan.result().encoding).decode(bytes)
  if (text.trim() === '' || text.includes('\0'))
    throw unreadable()
  return text
}

async function readTextTable(text: string): Promise<SourceTable> {
  const head = text.slice(0, headSigns)
  const shape = guessDelimiter(head)
  const layout = layOut(await headRecords(head, head.length === text.length, shape), shape, undefined)
  const reader = new CsvReader(shape)
  const records = [...reader.push(text), ...reader.end()].filter(({ line, cells }) => line > layout.dataAfterLine && !isBlankRecord(cells))
  if (records.length > mostRows)
    throw new AppError('source.answer_too_large', { details: { mostRows } })
  const headers = Array.from({ length: layout.columnCount }, (_, at) => layout.headers[at]?.trim() || `#${at + 1}`)
  return { headers, rows: records, rowsPath: null }
}

/** @throws AppError source.unreadable */
export function readJsonTable(text: string, rowsPath: string | null): SourceTable {
  const table = jsonTable(parsed(text), rowsPath)
  if (!table || table.rows.length > mostRows)
    throw unreadable()
  return { headers: table.headers, rows: table.rows.map((cells, at) => ({ line: at + 1, cells })), rowsPath: table.rowsPath }
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
