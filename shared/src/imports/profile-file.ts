import { AppError } from '../errors.ts'
import { chooseCurrency, chooseKeys, chooseSide, proposePeriod } from './choices.ts'
import { isBlankRecord, readRecords, type CsvRecord } from './csv-reader.ts'
import { decideDateOrder } from './dates.ts'
import { guessDelimiter } from './delimiter.ts'
import { decodeText, EncodingScan, type EncodingGuess } from './encoding.ts'
import { FileEvidence } from './evidence.ts'
import { attributeField, isAttributeField, kindOf, type ColumnMapping, type ImportField } from './fields.ts'
import { headerSignature } from './header-words.ts'
import { headRecords, layOut, type Layout } from './layout.ts'
import { mapColumns, toMapping, type MappedColumn } from './mapping.ts'
import { decideDecimal } from './numbers.ts'
import type { ImportOptions } from './options.ts'
import type { Certainty, FileProfile } from './profile.ts'
import type { ImportPlan } from './row-context.ts'
import { hasHeadings, underHeadings } from './sections.ts'
import { sniffColumn } from './sniff.ts'
import { isTextFile } from './text-file.ts'
import type { ImportAttribute } from './vendor-extras.ts'

/** A file that can be read as often as needed, from its start, in pieces. */
export interface ImportSource {
  readonly name: string
  bytes(): AsyncIterable<Uint8Array>
}

export interface ProfileContext {
  readonly options: ImportOptions
  /** Currency of a file that names none. */
  readonly currency: string
  /** The portal's own attributes of vendors. */
  readonly attributes?: readonly ImportAttribute[]
  /** The mapping that files of this shape were imported with before. */
  readonly recall?: (signature: string) => Promise<ColumnMapping | null>
}

const headLength = 262_144

const certainty = (isChosen: boolean, isOpen = false): Certainty => isChosen ? 'chosen' : isOpen ? 'assumed' : 'detected'

async function scanEncoding(source: ImportSource): Promise<EncodingGuess> {
  const scan = new EncodingScan()
  let isFirst = true
  for await (const bytes of source.bytes()) {
    if (isFirst && !isTextFile(bytes))
      throw new AppError('import.not_text')
    isFirst = false
    scan.push(bytes)
  }
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

async function mapLayout(layout: Layout, found: readonly MappedColumn[], width: number, signature: string, context: ProfileContext): Promise<readonly MappedColumn[]> {
  const known = new Set<string>(context.attributes?.map(({ attributeId }) => attributeField(attributeId)))
  const listed = (mapping: ColumnMapping, source: MappedColumn['source']): MappedColumn[] =>
    (Object.entries(mapping) as [ImportField, number][])
      .filter(([field, column]) => column < width && (!isAttributeField(field) || known.has(field)))
      .map(([field, column]) => ({ field, column, source }))
      .sort((a, b) => a.column - b.column)
  if (context.options.mapping)
    return listed(context.options.mapping, 'chosen')
  const remembered = layout.header ? await context.recall?.(signature) : null
  if (remembered)
    return listed(remembered, 'remembered')
  return found
}

/** What the columns seem to mean; suppliers named by headings make a column of their own, behind the file's. */
function findColumns(layout: Layout, attributes: readonly ImportAttribute[] | undefined): { found: readonly MappedColumn[], headingColumn: number | null } {
  const columns = Array.from({ length: layout.columnCount }, (_, column) => column)
  const contents = columns.map(column => sniffColumn(layout.sample.map(({ cells }) => cells[column] ?? '')))
  const found = mapColumns(columns.map(column => layout.headers[column] ?? ''), contents, attributes)
  const isNamed = found.some(({ field }) => field === 'vendorName' || field === 'vendorCode')
  return isNamed || !hasHeadings(layout.sample)
    ? { found, headingColumn: null }
    : { found: [...found, { field: 'vendorName', column: layout.columnCount, source: 'content' }], headingColumn: layout.columnCount }
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
  const { found, headingColumn } = findColumns(layout, context.attributes)
  const columnCount = headingColumn === null ? layout.columnCount : headingColumn + 1
  const columns = await mapLayout(layout, found, columnCount, signature, context)
  const mapping = toMapping(columns)
  const evidence = new FileEvidence(mapping)
  for await (const records of dataRecords(source, { ...shape, encoding, dataAfterLine: layout.dataAfterLine, headingColumn })) {
    for (const { cells } of records)
      evidence.add(cells)
  }
  return {
    encoding,
    encodingCertainty: certainty(options.encoding !== undefined),
    hasBom: scanned.hasBom,
    brokenBytes: scanned.brokenBytes,
    delimiter: shape.delimiter,
    newline: shape.newline,
    isLineQuoted: shape.isLineQuoted,
    delimiterCertainty: certainty(options.delimiter !== undefined),
    headerLine: layout.header?.line ?? null,
    dataAfterLine: layout.dataAfterLine,
    headers: headingColumn === null ? layout.headers : Array.from({ length: columnCount }, (_, column) => layout.headers[column] ?? ''),
    headingColumn,
    preamble: layout.preamble.slice(0, 20),
    columnCount,
    signature,
    columns,
    attributes: context.attributes ?? [],
    ...readingRules({ source, layout, columns, mapping, evidence, context, delimiter: shape.delimiter }),
    rows: evidence.rows,
  }
}

interface Findings {
  readonly source: ImportSource
  readonly layout: Layout
  readonly columns: readonly MappedColumn[]
  readonly mapping: ColumnMapping
  readonly evidence: FileEvidence
  readonly context: ProfileContext
  readonly delimiter: string
}

type ReadingRules = Pick<FileProfile,
  'kind' | 'decimal' | 'decimalCertainty' | 'dateOrder' | 'dateOrderCertainty' | 'currency' | 'currencyCertainty'
  | 'spendSide' | 'isLedger' | 'paymentJournals' | 'keepsPayments' | 'reversesSign' | 'isMostlyNegative' | 'keys' | 'isCodeUnreliable' | 'updates' | 'isUndated' | 'period'>

/** How cells are read and vendors told apart: by the whole file's evidence, unless a person chose. */
function readingRules({ source, layout, columns, mapping, evidence, context, delimiter }: Findings): ReadingRules {
  const { options } = context
  const kind = kindOf(mapping)
  const decimal = decideDecimal(evidence.decimals, evidence.openMark, delimiter === ';' ? ',' : '.')
  const currency = chooseCurrency(layout, columns, evidence, context)
  const dateOrder = decideDateOrder(evidence.dates, currency.currency === 'USD' ? 'mdy' : 'dmy')
  const spendSide = options.spendSide ?? chooseSide(layout, mapping)
  const hasSides = (mapping.side ?? mapping.debit ?? mapping.credit) !== undefined
  const isLedger = hasSides && spendSide === 'credit' && evidence.supplierLines > 0
  return {
    kind,
    decimal: options.decimal ?? decimal.mark,
    decimalCertainty: certainty(options.decimal !== undefined, decimal.isOpen),
    dateOrder: options.dateOrder ?? dateOrder.order,
    dateOrderCertainty: certainty(options.dateOrder !== undefined, dateOrder.isOpen),
    ...currency,
    spendSide,
    isLedger,
    paymentJournals: isLedger ? evidence.journals.payments.slice(0, 100) : [],
    keepsPayments: options.keepsPayments ?? false,
    reversesSign: options.reversesSign ?? false,
    isMostlyNegative: evidence.isMostlyNegative,
    // Without the name, a row that carries none of the chosen keys would make a vendor each time.
    keys: options.keys ? [...options.keys.filter(key => key !== 'name'), 'name'] : chooseKeys(columns, evidence.isCodeUnreliable),
    isCodeUnreliable: evidence.isCodeUnreliable,
    updates: options.updates ?? (kind === 'vendors' ? 'replace' : 'fill'),
    isUndated: kind === 'purchases' && evidence.isUndated,
    period: proposePeriod(source.name, layout, kind, evidence, options),
  }
}

type RecordShape = Pick<FileProfile, 'encoding' | 'delimiter' | 'newline' | 'isLineQuoted' | 'dataAfterLine' | 'headingColumn'>

/** The records that hold data, in pieces: preamble, header and blank lines are left out. */
export function dataRecords(source: ImportSource, shape: RecordShape): AsyncGenerator<CsvRecord[]> {
  const records = filledRecords(source, shape)
  return shape.headingColumn === null ? records : underHeadings(records, shape.headingColumn)
}

async function* filledRecords(source: ImportSource, shape: RecordShape): AsyncGenerator<CsvRecord[]> {
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
  attributes: profile.attributes,
  period: profile.period,
  spendSide: profile.spendSide,
  reversesSign: profile.reversesSign,
  headingColumn: profile.headingColumn,
  isLedger: profile.isLedger,
  paymentJournals: profile.paymentJournals,
  keepsPayments: profile.keepsPayments,
})
