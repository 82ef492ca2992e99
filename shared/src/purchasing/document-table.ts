import { isBlankRecord, readRecords, type CsvRecord } from '../imports/csv-reader.ts'
import { dateEvidence, decideDateOrder, parseDate, type DateEvidence, type DateOrder } from '../imports/dates.ts'
import { guessDelimiter } from '../imports/delimiter.ts'
import { decodeText, EncodingScan } from '../imports/encoding.ts'
import { headRecords, layOut } from '../imports/layout.ts'
import { decideDecimal, decimalEvidence, parseAmount, type DecimalEvidence, type DecimalMark } from '../imports/numbers.ts'
import { parseNumber } from '../actions/settings.ts'
import { headerWords } from '../imports/header-words.ts'
import { mapDocumentColumns, requiredFields, type DocumentField, type DocumentMapping, type FileKind } from './document-columns.ts'

export const mostRows = 5000

export const cellFaults = ['missing', 'bad_number', 'bad_date', 'not_positive', 'bad_tax_category', 'unknown_vendor', 'unknown_order', 'no_column', 'too_many_rows'] as const
export type CellFault = (typeof cellFaults)[number]
export interface TableIssue { readonly line: number, readonly field: DocumentField | null, readonly code: CellFault, readonly value: string }

export interface DocumentTable {
  readonly headers: readonly string[]
  readonly mapping: DocumentMapping
  readonly rows: readonly CsvRecord[]
  readonly decimal: DecimalMark
  readonly dateOrder: DateOrder
  readonly issues: readonly TableIssue[]
}

const numberFields: readonly DocumentField[] = ['quantity', 'unitPrice', 'rejectedQuantity', 'net', 'tax']
const dateFields: readonly DocumentField[] = ['day', 'requestedOn', 'promisedOn', 'dueOn']

/** Reads a table of documents with the engine of the purchase import: encoding, separator, header, date order and decimal mark are found. */
export async function readDocumentTable(kind: FileKind, bytes: Uint8Array): Promise<DocumentTable> {
  const pieces = async function* () {
    yield bytes
  }
  const scan = new EncodingScan()
  scan.push(bytes)
  let text = ''
  for await (const piece of decodeText(pieces(), scan.result().encoding))
    text += piece
  const shape = guessDelimiter(text.slice(0, 262_144))
  const layout = layOut(await headRecords(text.slice(0, 262_144), text.length <= 262_144, shape), shape, undefined)
  const rows: CsvRecord[] = []
  for await (const batch of readRecords((async function* () { yield text })(), shape))
    rows.push(...batch.filter(record => record.line > layout.dataAfterLine && !isBlankRecord(record.cells)))
  const named = mapDocumentColumns(kind, layout.headers)
  const mapping = { ...named, ...taxColumns(named, layout.headers, rows) }
  const line = layout.header?.line ?? 1
  return {
    headers: layout.headers,
    mapping,
    rows: rows.slice(0, mostRows),
    ...decide(rows, mapping),
    issues: [
      ...requiredFields[kind].filter(field => mapping[field] === undefined).map((field): TableIssue => ({ line, field, code: 'no_column', value: '' })),
      ...rows.length > mostRows ? [{ line: rows[mostRows]!.line, field: null, code: 'too_many_rows' as const, value: String(rows.length) }] : [],
    ],
  }
}

/** No rate of the Union is higher. */
const highestRate = 27

/** A column that is called « TVA » and nothing else holds rates, or amounts: then some are more than any rate. */
function taxColumns({ taxRate, tax }: DocumentMapping, headers: readonly string[], rows: readonly CsvRecord[]): Pick<DocumentMapping, 'taxRate' | 'tax'> {
  const isBare = taxRate !== undefined && tax === undefined && headerWords(headers[taxRate] ?? '') === 'tva'
  const isAmount = isBare && rows.some(({ cells }) => (parseNumber(cells[taxRate] ?? '') ?? 0) > highestRate)
  return isAmount ? { taxRate: undefined, tax: taxRate } : {}
}

function decide(rows: readonly CsvRecord[], mapping: DocumentMapping): { decimal: DecimalMark, dateOrder: DateOrder } {
  const decimals: Record<DecimalEvidence, number> = { comma: 0, dot: 0, open: 0, none: 0 }
  const dates: Record<DateEvidence, number> = { dmy: 0, mdy: 0, ymd: 0, open: 0, sure: 0, placeholder: 0, none: 0 }
  let openMark: DecimalMark | null = null
  const cellsOf = (fields: readonly DocumentField[]) => rows.flatMap(({ cells }) => fields.flatMap(field => mapping[field] === undefined ? [] : cells[mapping[field]] ?? []))
  for (const cell of cellsOf(numberFields)) {
    const evidence = decimalEvidence(cell)
    decimals[evidence]++
    if (evidence === 'open')
      openMark ??= cell.includes(',') ? ',' : '.'
  }
  for (const cell of cellsOf(dateFields)) {
    if (cell.trim() !== '')
      dates[dateEvidence(cell)]++
  }
  return { decimal: decideDecimal(decimals, openMark, ',').mark, dateOrder: decideDateOrder(dates).order }
}

/** Reads the cells of one row and notes what is wrong with them. */
export class RowReader {
  readonly issues: TableIssue[] = []
  readonly #table: DocumentTable
  readonly #record: CsvRecord

  constructor(table: DocumentTable, record: CsvRecord) {
    this.#table = table
    this.#record = record
  }

  report(field: DocumentField | null, code: CellFault): void {
    this.issues.push({ line: this.#record.line, field, code, value: field === null ? '' : this.text(field)?.slice(0, 100) ?? '' })
  }

  text(field: DocumentField): string | null {
    const column = this.#table.mapping[field]
    return column === undefined ? null : this.#record.cells[column]?.trim() || null
  }

  required(field: DocumentField): string {
    const text = this.text(field)
    if (text === null)
      this.report(field, 'missing')
    return text ?? ''
  }

  number(field: DocumentField): number | null {
    const text = this.text(field)
    if (text === null)
      return null
    const reading = parseAmount(text.replace(/%$/, ''), this.#table.decimal, 6)
    if (reading.ok)
      return reading.minor / 1e6
    this.report(field, 'bad_number')
    return null
  }

  day(field: DocumentField): string | null {
    const text = this.text(field)
    if (text === null)
      return null
    const reading = parseDate(text, this.#table.dateOrder)
    if (reading.ok)
      return reading.day
    this.report(field, 'bad_date')
    return null
  }

  requiredDay(field: DocumentField): string {
    if (this.text(field) === null)
      this.report(field, 'missing')
    return this.day(field) ?? ''
  }

  positive(field: DocumentField): number {
    if (this.text(field) === null)
      this.report(field, 'missing')
    const value = this.number(field)
    if (value !== null && value <= 0)
      this.report(field, 'not_positive')
    return value ?? 0
  }
}
