import { isBlankRecord, readRecords, type CsvRecord } from './csv-reader.ts'
import { currencyIn } from './currency.ts'
import { decideDateOrder } from './dates.ts'
import { guessDelimiter, type DelimiterGuess } from './delimiter.ts'
import { decodeText, EncodingScan, type EncodingGuess } from './encoding.ts'
import { FileEvidence } from './evidence.ts'
import { kindOf, type ColumnMapping, type ImportField, type ImportKind, type VendorKey } from './fields.ts'
import { findHeader } from './header-row.ts'
import { headerSignature } from './header-words.ts'
import { mapColumns, toMapping, type MappedColumn } from './mapping.ts'
import { decideDecimal } from './numbers.ts'
import type { ImportOptions } from './options.ts'
import { periodFromText } from './period.ts'
import type { Certainty, FileProfile, ProposedPeriod } from './profile.ts'
import type { ImportPlan } from './row-context.ts'
import { sniffColumn } from './sniff.ts'

/** A file that can be read as often as needed, from its start, in pieces. */
export interface ImportSource {
  readonly name: string
  bytes(): AsyncIterable<Uint8Array>
}

export interface ProfileContext {
  readonly options: ImportOptions
  /** Currency of a file that names none. */
  readonly currency: string
  /** The mapping that files of this shape were imported with before. */
  readonly recall?: (signature: string) => Promise<ColumnMapping | null>
}

const headLength = 262_144
const sampleRows = 500

const certainty = (isChosen: boolean, isOpen = false): Certainty => isChosen ? 'chosen' : isOpen ? 'assumed' : 'detected'

async function scanEncoding(source: ImportSource): Promise<EncodingGuess> {
  const scan = new EncodingScan()
  for await (const bytes of source.bytes())
    scan.push(bytes)
  return scan.result()
}

async function readHead(source: ImportSource, encoding: EncodingGuess['encoding']): Promise<{ text: string, isWhole: boolean }> {
  let text = ''
  for await (const piece of decodeText(source.bytes(), encoding)) {
    text += piece
    if (text.length > headLength)
      return { text, isWhole: false }
  }
  return { text, isWhole: true }
}

/** The first records of the file, those that are certainly complete. */
async function headRecords(text: string, isWhole: boolean, shape: DelimiterGuess): Promise<CsvRecord[]> {
  const records: CsvRecord[] = []
  for await (const batch of readRecords((async function* () { yield text })(), shape))
    records.push(...batch)
  const complete = isWhole ? records : records.slice(0, -1)
  return complete.filter(record => !(shape.hasSepLine && record.line === 1)).slice(0, sampleRows + 60)
}

interface Layout {
  readonly header: CsvRecord | null
  readonly dataAfterLine: number
  readonly headers: readonly string[]
  readonly preamble: readonly string[]
  readonly columnCount: number
  readonly sample: readonly CsvRecord[]
}

function layOut(records: readonly CsvRecord[], shape: DelimiterGuess, headerLine: number | undefined): Layout {
  const filled = records.filter(record => !isBlankRecord(record.cells))
  const header = headerLine === undefined ? findHeader(filled) : filled.find(record => record.line === headerLine) ?? null
  const dataAfterLine = header?.line ?? (shape.hasSepLine ? 1 : 0)
  const sample = filled.filter(record => record.line > dataAfterLine)
  const headers = [...(header?.cells ?? [])]
  while (headers.length > 0 && headers.at(-1)!.trim() === '' && sample.every(({ cells }) => (cells[headers.length - 1] ?? '').trim() === ''))
    headers.pop()
  return {
    header,
    dataAfterLine,
    headers,
    preamble: filled.filter(record => record.line < dataAfterLine).map(({ cells }) => cells.join(' ').trim()),
    columnCount: header ? headers.length : Math.max(0, ...sample.map(({ cells }) => cells.length)),
    sample: sample.slice(0, sampleRows),
  }
}

async function mapLayout(layout: Layout, signature: string, context: ProfileContext): Promise<MappedColumn[]> {
  const listed = (mapping: ColumnMapping, source: MappedColumn['source']): MappedColumn[] =>
    Object.entries(mapping).filter(([, column]) => column < layout.columnCount)
      .map(([field, column]) => ({ field: field as ImportField, column, source }))
      .sort((a, b) => a.column - b.column)
  if (context.options.mapping)
    return listed(context.options.mapping, 'chosen')
  const remembered = layout.header ? await context.recall?.(signature) : null
  if (remembered)
    return listed(remembered, 'remembered')
  const columns = Array.from({ length: layout.columnCount }, (_, column) => column)
  const contents = columns.map(column => sniffColumn(layout.sample.map(({ cells }) => cells[column] ?? '')))
  return mapColumns(columns.map(column => layout.headers[column] ?? ''), contents)
}

function proposePeriod(name: string, layout: Layout, kind: ImportKind, evidence: FileEvidence, options: ImportOptions): ProposedPeriod | null {
  if (options.period !== undefined)
    return options.period && { ...options.period, source: 'chosen' }
  if (kind !== 'purchases' || !evidence.isUndated)
    return null
  const fromName = periodFromText(name)
  if (fromName)
    return { ...fromName, source: 'name' }
  const fromTitle = layout.preamble.map(periodFromText).find(period => period !== null)
  return fromTitle ? { ...fromTitle, source: 'preamble' } : null
}

function chooseCurrency(layout: Layout, columns: readonly MappedColumn[], evidence: FileEvidence, context: ProfileContext): { currency: string, currencyCertainty: Certainty } {
  if (context.options.currency)
    return { currency: context.options.currency, currencyCertainty: 'chosen' }
  const money = columns.filter(({ field }) => field === 'amount' || field === 'debit' || field === 'credit')
  const named = money.map(({ column }) => currencyIn(layout.headers[column] ?? '')).find(code => code !== null)
    ?? [...evidence.currencies].sort((a, b) => b[1] - a[1])[0]?.[0]
    ?? layout.preamble.map(currencyIn).find(code => code !== null)
  return named ? { currency: named, currencyCertainty: 'detected' } : { currency: context.currency, currencyCertainty: 'assumed' }
}

/** In a ledger of suppliers' accounts (401…) invoices stand on the credit side; on a bank statement money leaves by the debit side. */
function chooseSide(layout: Layout): 'debit' | 'credit' {
  const cells = layout.sample.flatMap(record => record.cells)
  const supplierAccounts = cells.filter(cell => /^(?:401|F401|0401)\w{0,12}$/.test(cell.trim())).length
  return supplierAccounts > layout.sample.length / 2 ? 'credit' : 'debit'
}

function chooseKeys(columns: readonly MappedColumn[], isCodeUnreliable: boolean): VendorKey[] {
  const has = (...fields: ImportField[]): boolean => columns.some(({ field }) => fields.includes(field))
  const keys: VendorKey[] = []
  if (has('siren', 'siret', 'vatNumber'))
    keys.push('siren')
  if (has('vatNumber'))
    keys.push('vatNumber')
  if (has('vendorCode') && !isCodeUnreliable)
    keys.push('code')
  return [...keys, 'name']
}

/** Reads a file once or twice, in pieces, and says how it is written, what its columns mean and what that rests on. */
export async function profileFile(source: ImportSource, context: ProfileContext): Promise<FileProfile> {
  const { options } = context
  const scanned = await scanEncoding(source)
  const encoding = options.encoding ?? scanned.encoding
  const head = await readHead(source, encoding)
  const guessed = guessDelimiter(head.text)
  const shape = options.delimiter ? { ...guessed, delimiter: options.delimiter } : guessed
  const layout = layOut(await headRecords(head.text, head.isWhole, shape), shape, options.headerLine)
  const signature = layout.header ? headerSignature(layout.headers) : `#${layout.columnCount}`
  const columns = await mapLayout(layout, signature, context)
  const mapping = toMapping(columns)
  const evidence = new FileEvidence(mapping)
  for await (const records of dataRecords(source, { ...shape, encoding, dataAfterLine: layout.dataAfterLine })) {
    for (const { cells } of records)
      evidence.add(cells)
  }
  const kind = kindOf(mapping)
  const decimal = decideDecimal(evidence.decimals, evidence.openMark, shape.delimiter === ';' ? ',' : '.')
  const dateOrder = decideDateOrder(evidence.dates)
  return {
    encoding,
    encodingCertainty: certainty(options.encoding !== undefined),
    hasBom: scanned.hasBom,
    brokenBytes: scanned.brokenBytes,
    delimiter: shape.delimiter,
    newline: shape.newline,
    delimiterCertainty: certainty(options.delimiter !== undefined),
    headerLine: layout.header?.line ?? null,
    dataAfterLine: layout.dataAfterLine,
    headers: layout.headers,
    preamble: layout.preamble.slice(0, 20),
    columnCount: layout.columnCount,
    signature,
    columns,
    kind,
    decimal: options.decimal ?? decimal.mark,
    decimalCertainty: certainty(options.decimal !== undefined, decimal.isOpen),
    dateOrder: options.dateOrder ?? dateOrder.order,
    dateOrderCertainty: certainty(options.dateOrder !== undefined, dateOrder.isOpen),
    ...chooseCurrency(layout, columns, evidence, context),
    spendSide: options.spendSide ?? chooseSide(layout),
    // Without the name, a row that carries none of the chosen keys would make a vendor each time.
    keys: options.keys ? [...options.keys.filter(key => key !== 'name'), 'name'] : chooseKeys(columns, evidence.isCodeUnreliable),
    isCodeUnreliable: evidence.isCodeUnreliable,
    updates: options.updates ?? (kind === 'vendors' ? 'replace' : 'fill'),
    isUndated: kind === 'purchases' && evidence.isUndated,
    period: proposePeriod(source.name, layout, kind, evidence, options),
    rows: evidence.rows,
  }
}

type RecordShape = Pick<FileProfile, 'encoding' | 'delimiter' | 'newline' | 'dataAfterLine'>

/** The records that hold data, in pieces: preamble, header and blank lines are left out. */
export async function* dataRecords(source: ImportSource, shape: RecordShape): AsyncGenerator<CsvRecord[]> {
  for await (const records of readRecords(decodeText(source.bytes(), shape.encoding), shape))
    yield records.filter(({ line, cells }) => line > shape.dataAfterLine && !isBlankRecord(cells))
}

export const planOf = (profile: FileProfile): ImportPlan => ({
  kind: profile.kind,
  mapping: toMapping(profile.columns),
  headers: profile.headerLine === null ? Array.from({ length: profile.columnCount }, () => '') : profile.headers,
  decimal: profile.decimal,
  dateOrder: profile.dateOrder,
  currency: profile.currency,
  period: profile.period,
  spendSide: profile.spendSide,
})
