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
    ? source.lines.map(line => preset.columns.map(({ field }) => entryCell(line, field, preset, decimal)))
    : source.invoices.map(row => preset.columns.map(({ field }) => invoiceCell(row, field, preset, decimal)))
}

type Decimal = (minor: number, exponent?: number) => string

function dayText(day: string, format: Preset['dayFormat']): string {
  const [year = '', month = '', date = ''] = day.split('-')
  return format === 'yyyy-mm-dd' ? day : format === 'ddmmyy' ? `${date}${month}${year.slice(2)}` : `${date}/${month}/${year}`
}

function entryCell(line: JournalLine, field: PresetField, preset: Preset, decimal: Decimal): string {
  switch (field) {
    case 'journal': return line.journal
    case 'entryOn': return dayText(line.entryOn, preset.dayFormat)
    case 'account': return line.account
    case 'accountName': return line.auxiliaryName ?? line.accountName
    case 'auxiliary': return line.auxiliary ?? ''
    // Programs without auxiliary accounts want the vendor in the account's own number.
    case 'thirdParty': return line.auxiliary === null ? line.account : `${line.account.slice(0, 3)}${line.auxiliary}`
    case 'reference': return line.reference
    case 'text': return line.text
    case 'debit': return line.debitMinor === 0 ? '' : decimal(line.debitMinor)
    case 'credit': return line.creditMinor === 0 ? '' : decimal(line.creditMinor)
    case 'amount': return decimal(line.debitMinor + line.creditMinor)
    case 'direction': return line.debitMinor > 0 ? 'D' : 'C'
    default: return field.startsWith('=') ? field.slice(1) : ''
  }
}

function invoiceCell(row: InvoiceRow, field: PresetField, preset: Preset, decimal: Decimal): string {
  switch (field) {
    case 'vendor': return row.vendor
    case 'reference': return row.reference
    case 'issuedOn': return dayText(row.issuedOn, preset.dayFormat)
    case 'dueOn': return dayText(row.dueOn, preset.dayFormat)
    case 'text': return row.text
    case 'account': return row.account
    case 'quantity': return '1'
    case 'net': return decimal(row.netMinor, row.exponent)
    case 'tax': return decimal(row.taxMinor, row.exponent)
    case 'total': return decimal(row.totalMinor, row.exponent)
    case 'currency': return row.currency
    default: return field.startsWith('=') ? field.slice(1) : ''
  }
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
