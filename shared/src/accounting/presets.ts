import type { JournalLine } from './journal.ts'

/** What a column of a preset holds. A constant is written as `=text`. */
export type PresetField =
  | 'journal' | 'entryOn' | 'account' | 'accountName' | 'auxiliary' | 'thirdParty' | 'reference' | 'text' | 'debit' | 'credit' | 'amount' | 'direction'
  | 'vendor' | 'issuedOn' | 'dueOn' | 'net' | 'total' | 'tax' | 'currency' | 'quantity' | `=${string}`

export interface PresetColumn { readonly header: string, readonly field: PresetField }

export interface Preset {
  readonly id: PresetId
  readonly version: number
  /** One row per line of an entry, or one per line of an invoice. */
  readonly rows: 'entries' | 'invoices'
  readonly delimiter: ';' | ','
  readonly decimal: ',' | '.'
  readonly dayFormat: 'dd/mm/yyyy' | 'yyyy-mm-dd' | 'ddmmyy'
  readonly hasHeader: boolean
  readonly columns: readonly PresetColumn[]
}

export const presetIds = ['pennylane', 'sage', 'quickbooks', 'xero'] as const
export type PresetId = (typeof presetIds)[number]

const columns = (list: readonly (readonly [header: string, field: PresetField])[]): PresetColumn[] => list.map(([header, field]) => ({ header, field }))

/** A change of columns is a new version: whoever asks why a file looks as it does finds which one it was. */
export const presets: Readonly<Record<PresetId, Preset>> = {
  pennylane: {
    id: 'pennylane', version: 1, rows: 'entries', delimiter: ';', decimal: ',', dayFormat: 'dd/mm/yyyy', hasHeader: true,
    columns: columns([
      ['Date', 'entryOn'], ['Code journal', 'journal'], ['Numéro de compte', 'thirdParty'], ['Libellé de compte', 'accountName'], ['Libellé de ligne', 'text'],
      ['Numéro de pièce', 'reference'], ['Débit', 'debit'], ['Crédit', 'credit'],
    ]),
  },
  sage: {
    id: 'sage', version: 1, rows: 'entries', delimiter: ';', decimal: ',', dayFormat: 'ddmmyy', hasHeader: true,
    columns: columns([
      ['Code journal', 'journal'], ['Date de pièce', 'entryOn'], ['N° compte général', 'account'], ['N° pièce', 'reference'], ['N° compte tiers', 'auxiliary'],
      ['Libellé écriture', 'text'], ['Montant', 'amount'], ['Sens', 'direction'],
    ]),
  },
  quickbooks: {
    id: 'quickbooks', version: 1, rows: 'invoices', delimiter: ',', decimal: '.', dayFormat: 'dd/mm/yyyy', hasHeader: true,
    columns: columns([
      ['Bill no.', 'reference'], ['Supplier', 'vendor'], ['Bill Date', 'issuedOn'], ['Due Date', 'dueOn'], ['Account', 'account'],
      ['Line Description', 'text'], ['Line Amount', 'net'], ['Line Tax Amount', 'tax'], ['Currency Code', 'currency'],
    ]),
  },
  xero: {
    id: 'xero', version: 1, rows: 'invoices', delimiter: ',', decimal: '.', dayFormat: 'dd/mm/yyyy', hasHeader: true,
    columns: columns([
      ['*ContactName', 'vendor'], ['*InvoiceNumber', 'reference'], ['*InvoiceDate', 'issuedOn'], ['*DueDate', 'dueOn'], ['Total', 'total'],
      ['Description', 'text'], ['*Quantity', 'quantity'], ['*UnitAmount', 'net'], ['*AccountCode', 'account'], ['*TaxType', '=Tax on Purchases'],
      ['TaxAmount', 'tax'], ['Currency', 'currency'],
    ]),
  },
}

/** One line of an invoice with its share of the invoice's tax. */
export interface InvoiceRow {
  readonly vendor: string
  readonly reference: string
  readonly issuedOn: string
  readonly dueOn: string
  readonly text: string
  readonly account: string
  readonly netMinor: number
  readonly taxMinor: number
  readonly totalMinor: number
  readonly currency: string
  readonly exponent: number
}

export function presetRows(preset: Preset, source: { readonly lines: readonly JournalLine[], readonly invoices: readonly InvoiceRow[] }): string[][] {
  const decimal = (minor: number, exponent = 2): string => {
    const digits = String(Math.abs(minor)).padStart(exponent + 1, '0')
    return `${minor < 0 ? '-' : ''}${exponent === 0 ? digits : `${digits.slice(0, -exponent)}${preset.decimal}${digits.slice(-exponent)}`}`
  }
  return preset.rows === 'entries'
    ? source.lines.map(line => preset.columns.map(({ field }) => field.startsWith('=') ? field.slice(1) : entryCells[field]?.(line, preset, decimal) ?? ''))
    : source.invoices.map(row => preset.columns.map(({ field }) => field.startsWith('=') ? field.slice(1) : invoiceCells[field]?.(row, preset, decimal) ?? ''))
}

type Decimal = (minor: number, exponent?: number) => string

function dayText(day: string, format: Preset['dayFormat']): string {
  const [year = '', month = '', date = ''] = day.split('-')
  return format === 'yyyy-mm-dd' ? day : format === 'ddmmyy' ? `${date}${month}${year.slice(2)}` : `${date}/${month}/${year}`
}

type Writers<T> = Readonly<Partial<Record<string, (row: T, preset: Preset, decimal: Decimal) => string>>>

const entryCells: Writers<JournalLine> = {
  journal: line => line.journal,
  entryOn: (line, { dayFormat }) => dayText(line.entryOn, dayFormat),
  account: line => line.account,
  accountName: line => line.auxiliaryName ?? line.accountName,
  auxiliary: line => line.auxiliary ?? '',
  // Programs without auxiliary accounts want the vendor in the account's own number.
  thirdParty: line => line.auxiliary === null ? line.account : `${line.account.slice(0, 3)}${line.auxiliary}`,
  reference: line => line.reference,
  text: line => line.text,
  debit: (line, _preset, decimal) => line.debitMinor === 0 ? '' : decimal(line.debitMinor),
  credit: (line, _preset, decimal) => line.creditMinor === 0 ? '' : decimal(line.creditMinor),
  amount: (line, _preset, decimal) => decimal(line.debitMinor + line.creditMinor),
  direction: line => line.debitMinor > 0 ? 'D' : 'C',
}

const invoiceCells: Writers<InvoiceRow> = {
  vendor: row => row.vendor,
  reference: row => row.reference,
  issuedOn: (row, { dayFormat }) => dayText(row.issuedOn, dayFormat),
  dueOn: (row, { dayFormat }) => dayText(row.dueOn, dayFormat),
  text: row => row.text,
  account: row => row.account,
  quantity: () => '1',
  net: (row, _preset, decimal) => decimal(row.netMinor, row.exponent),
  tax: (row, _preset, decimal) => decimal(row.taxMinor, row.exponent),
  total: (row, _preset, decimal) => decimal(row.totalMinor, row.exponent),
  currency: row => row.currency,
}

const startsFormula = /^[=+\-@\t\r]/
const isFigure = /^-?\d[\d.,]*$/

/** A vendor called `=cmd()` stays a name in whatever program opens the file. */
function cell(text: string, delimiter: string): string {
  const harmless = startsFormula.test(text) && !isFigure.test(text) ? `'${text}` : text
  return harmless.includes(delimiter) || /["\r\n]/.test(harmless) ? `"${harmless.replaceAll('"', '""')}"` : harmless
}

export function writePreset(preset: Preset, rows: readonly (readonly string[])[]): string {
  const head = preset.hasHeader ? [preset.columns.map(({ header }) => header)] : []
  return [...head, ...rows].map(cells => `${cells.map(text => cell(text, preset.delimiter)).join(preset.delimiter)}\r\n`).join('')
}
