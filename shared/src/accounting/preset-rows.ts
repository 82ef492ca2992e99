import type { JournalLine } from './journal.ts'
import type { DayFormat, Delimiter, EntryField, InvoiceField, PresetColumn, PresetMapping } from './preset-mapping.ts'

/** One line of an invoice with its share of the invoice's tax. */
export interface InvoiceRow {
  readonly vendor: string
  readonly auxiliary: string
  readonly reference: string
  readonly issuedOn: string
  readonly dueOn: string
  readonly text: string
  readonly account: string
  readonly category: string | null
  readonly netMinor: number
  readonly taxMinor: number
  readonly totalMinor: number
  readonly currency: string
  readonly exponent: number
}

export interface PresetSource {
  readonly lines: readonly JournalLine[]
  readonly invoices: readonly InvoiceRow[]
  readonly baseCurrency: string
  readonly exponentOf: (currency: string) => number
}

/** A day, an amount or a text: how it is written is for the column and the file to say. */
type Value =
  | { readonly day: string | null }
  | { readonly minor: number | null, readonly exponent: number }
  | { readonly text: string | null }

const day = (value: string | null): Value => ({ day: value })
const text = (value: string | null): Value => ({ text: value })
const minor = (value: number | null, exponent: number): Value => ({ minor: value, exponent })
/** A side of an entry that nothing stands on is left empty. */
const unlessZero = (value: number): number | null => value === 0 ? null : value

const entryValues: Readonly<Record<EntryField, (line: JournalLine, source: PresetSource) => Value>> = {
  journal: line => text(line.journal),
  journalName: line => text(line.journalName),
  entryNumber: line => text(String(line.entryNumber)),
  entryOn: line => day(line.entryOn),
  account: line => text(line.account),
  accountName: line => text(line.auxiliaryName ?? line.accountName),
  // Programs without auxiliary accounts want the vendor in the account's own number.
  thirdParty: line => text(line.auxiliary === null ? line.account : `${line.account.slice(0, 3)}${line.auxiliary}`),
  auxiliary: line => text(line.auxiliary),
  vendor: line => text(line.auxiliaryName),
  reference: line => text(line.reference),
  referenceOn: line => day(line.referenceOn),
  text: line => text(line.text),
  debit: (line, source) => minor(unlessZero(line.debitMinor), baseExponent(source)),
  credit: (line, source) => minor(unlessZero(line.creditMinor), baseExponent(source)),
  amount: (line, source) => minor(line.debitMinor + line.creditMinor, baseExponent(source)),
  direction: line => text(line.debitMinor > 0 ? 'D' : 'C'),
  balance: (line, source) => minor(line.debitMinor - line.creditMinor, baseExponent(source)),
  lettering: line => text(line.lettering),
  letteredOn: line => day(line.letteredOn),
  currency: (_line, { baseCurrency }) => text(baseCurrency),
  foreignAmount: (line, { exponentOf }) => minor(line.foreignMinor, line.foreignCurrency === null ? 2 : exponentOf(line.foreignCurrency)),
  foreignCurrency: line => text(line.foreignCurrency),
}

const baseExponent = ({ baseCurrency, exponentOf }: PresetSource): number => exponentOf(baseCurrency)

const invoiceValues: Readonly<Record<InvoiceField, (row: InvoiceRow) => Value>> = {
  vendor: row => text(row.vendor),
  auxiliary: row => text(row.auxiliary),
  reference: row => text(row.reference),
  issuedOn: row => day(row.issuedOn),
  dueOn: row => day(row.dueOn),
  text: row => text(row.text),
  account: row => text(row.account),
  category: row => text(row.category),
  quantity: () => text('1'),
  net: row => minor(row.netMinor, row.exponent),
  tax: row => minor(row.taxMinor, row.exponent),
  gross: row => minor(row.netMinor + row.taxMinor, row.exponent),
  total: row => minor(row.totalMinor, row.exponent),
  currency: row => text(row.currency),
}

export function presetRows(mapping: PresetMapping, source: PresetSource): string[][] {
  const entry = entryValues as Partial<Record<PresetColumn['field'], (line: JournalLine, source: PresetSource) => Value>>
  const invoice = invoiceValues as Partial<Record<PresetColumn['field'], (row: InvoiceRow) => Value>>
  return mapping.rows === 'entries'
    ? source.lines.map(line => mapping.columns.map(column => written(column, mapping, entry[column.field]?.(line, source))))
    : source.invoices.map(row => mapping.columns.map(column => written(column, mapping, invoice[column.field]?.(row))))
}

function written({ field, text: fixed, dayFormat, length }: PresetColumn, mapping: PresetMapping, value: Value | undefined): string {
  const whole = field === 'fixed'
    ? fixed
    : value === undefined
      ? ''
      : 'day' in value
        ? dayText(value.day, dayFormat ?? mapping.dayFormat)
        : 'minor' in value ? decimalText(value.minor, value.exponent, mapping.decimal === 'comma' ? ',' : '.') : value.text ?? ''
  return length === null || (value !== undefined && 'minor' in value) ? whole : [...whole].slice(0, length).join('')
}

/** Never through a float. */
function decimalText(value: number | null, exponent: number, mark: string): string {
  if (value === null)
    return ''
  const digits = String(Math.abs(value)).padStart(exponent + 1, '0')
  return `${value < 0 ? '-' : ''}${exponent === 0 ? digits : `${digits.slice(0, -exponent)}${mark}${digits.slice(-exponent)}`}`
}

function dayText(value: string | null, format: DayFormat): string {
  const [year = '', month = '', date = ''] = (value ?? '').split('-')
  if (date === '')
    return ''
  const forms: Readonly<Record<DayFormat, string>> = {
    'dd/mm/yyyy': `${date}/${month}/${year}`, 'mm/dd/yyyy': `${month}/${date}/${year}`, 'yyyy-mm-dd': `${year}-${month}-${date}`,
    'yyyymmdd': `${year}${month}${date}`, 'ddmmyyyy': `${date}${month}${year}`, 'ddmmyy': `${date}${month}${year.slice(2)}`,
  }
  return forms[format]
}

const signs: Readonly<Record<Delimiter, string>> = { semicolon: ';', comma: ',', tab: '\t', pipe: '|' }
const startsFormula = /^[=+\-@\t\r]/
const isFigure = /^-?\d[\d.,]*$/

/** A vendor called `=cmd()` stays a name in whatever program opens the file. */
function cell(content: string, delimiter: string): string {
  const harmless = startsFormula.test(content) && !isFigure.test(content) ? `'${content}` : content
  return harmless.includes(delimiter) || /["\r\n]/.test(harmless) ? `"${harmless.replaceAll('"', '""')}"` : harmless
}

export function writePreset({ columns, delimiter, hasHeader }: PresetMapping, rows: readonly (readonly string[])[]): string {
  const sign = signs[delimiter]
  const head = hasHeader ? [columns.map(({ header }) => header)] : []
  return [...head, ...rows].map(cells => `${cells.map(content => cell(content, sign)).join(sign)}\r\n`).join('')
}
