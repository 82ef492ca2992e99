import { CsvReader, isBlankRecord, type CsvRecord } from '../imports/csv-reader.ts'
import { dateEvidence, decideDateOrder, parseDate, type DateEvidence, type DateOrder } from '../imports/dates.ts'
import { guessDelimiter } from '../imports/delimiter.ts'
import { EncodingScan } from '../imports/encoding.ts'
import { headerWords } from '../imports/header-words.ts'
import { decimalEvidence, decideDecimal, parseAmount, type DecimalEvidence, type DecimalMark } from '../imports/numbers.ts'
import { currencyExponent } from '../money.ts'
import { checkIban } from '../vendors/identifiers.ts'
import { mostEntries, StatementError, type Statement, type StatementEntry, type StatementReading } from './statement.ts'

const columnWords = {
  bookedOn: ['date', 'date operation', 'date de l operation', 'date d operation', 'date comptable', 'date de comptabilisation', 'date comptabilisation', 'date ecriture', 'booking date', 'booked on', 'transaction date', 'buchungstag'],
  valueOn: ['date valeur', 'date de valeur', 'valeur', 'value date', 'valuta'],
  debit: ['debit', 'montant debit', 'debits', 'retrait', 'paid out', 'debit euros', 'debit eur'],
  credit: ['credit', 'montant credit', 'credits', 'versement', 'paid in', 'credit euros', 'credit eur'],
  amount: ['montant', 'amount', 'montant operation', 'montant de l operation', 'montant eur', 'montant euros', 'betrag'],
  currency: ['devise', 'currency', 'monnaie', 'wahrung'],
  label: ['libelle', 'libelle operation', 'libelle de l operation', 'libelle simplifie', 'description', 'designation', 'operation', 'intitule', 'label', 'verwendungszweck'],
  detail: ['detail', 'details', 'detail de l ecriture', 'informations complementaires', 'information complementaire', 'communication', 'motif', 'commentaire'],
  counterparty: ['contrepartie', 'tiers', 'nom du tiers', 'beneficiaire', 'nom du beneficiaire', 'counterparty', 'payee', 'name'],
  counterpartyIban: ['iban', 'iban contrepartie', 'iban du tiers', 'iban beneficiaire', 'compte contrepartie', 'counterparty iban'],
  endToEndId: ['end to end id', 'endtoendid', 'reference de bout en bout', 'reference client', 'ref client', 'end to end reference'],
  bankReference: ['reference', 'ref', 'reference operation', 'reference de l operation', 'numero operation', 'n operation', 'bank reference', 'transaction id'],
} as const

type Column = keyof typeof columnWords
type Columns = Partial<Record<Column, number>>

/** A bank's CSV export: « Date;Libellé;Débit;Crédit » or a signed « Montant », with or without lines above. */
export function readCsvStatement(bytes: Uint8Array, { currency }: { currency: string }): StatementReading {
  try {
    const records = recordsOf(bytes)
    const header = records.findIndex(({ cells }) => isHeader(columnsOf(cells)))
    if (header === -1 || header > 40)
      throw new StatementError('no_columns')
    const columns = columnsOf(records[header]!.cells)
    const data = records.slice(header + 1).filter(({ cells }) => hasEntry(cells, columns))
    if (data.length === 0)
      throw new StatementError('no_entries')
    if (data.length > mostEntries)
      throw new StatementError('too_many_entries')
    const reader = readerOf(data, columns, currency)
    return { ok: true, statements: [toStatement(data.map(reader), records.slice(0, header), currency)] }
  }
  catch (error) {
    if (error instanceof StatementError)
      return { ok: false, reason: error.reason, place: error.place }
    throw error
  }
}

function recordsOf(bytes: Uint8Array): CsvRecord[] {
  const scan = new EncodingScan()
  scan.push(bytes)
  const text = new TextDecoder(scan.result().encoding).decode(bytes)
  const reader = new CsvReader(guessDelimiter(text.slice(0, 65_536)))
  return [...reader.push(text), ...reader.end()].filter(({ cells }) => !isBlankRecord(cells))
}

function columnsOf(cells: readonly string[]): Columns {
  const columns: Columns = {}
  for (const [index, cell] of cells.entries()) {
    const words = headerWords(cell).replace(/ (?:en )?(?:euros?|eur)$/, '')
    const column = (Object.keys(columnWords) as Column[]).find(name => (columnWords[name] as readonly string[]).includes(words))
    if (column)
      columns[column] ??= index
  }
  return columns
}

const isHeader = (columns: Columns): boolean =>
  columns.bookedOn !== undefined && (columns.amount !== undefined || (columns.debit !== undefined && columns.credit !== undefined))

/** Totals and balances below the entries carry no day. */
const hasEntry = (cells: readonly string[], { bookedOn = 0 }: Columns): boolean => {
  const evidence = dateEvidence(cells[bookedOn] ?? '')
  return evidence !== 'none' && evidence !== 'placeholder'
}

function readerOf(data: readonly CsvRecord[], columns: Columns, fallbackCurrency: string) {
  const cell = (cells: readonly string[], column: Column): string => cells[columns[column] ?? -1]?.trim() ?? ''
  const text = (cells: readonly string[], column: Column): string | null => cell(cells, column) || null
  const order = dateOrder(data.map(({ cells }) => cell(cells, 'bookedOn')))
  const mark = decimalMark(data.flatMap(({ cells }) => (['amount', 'debit', 'credit'] as const).map(column => cell(cells, column))))
  const day = (written: string, line: number): string => {
    const reading = parseDate(written, order)
    if (!reading.ok)
      throw new StatementError('bad_day', line)
    return reading.day
  }
  return ({ cells, line }: CsvRecord): StatementEntry => {
    const currency = /^[A-Z]{3}$/.test(cell(cells, 'currency')) ? cell(cells, 'currency') : fallbackCurrency
    const label = [text(cells, 'label'), text(cells, 'detail')].filter(part => part !== null).join(' ')
    const iban = checkIban(cell(cells, 'counterpartyIban'))
    return {
      bookedOn: day(cell(cells, 'bookedOn'), line),
      valueOn: cell(cells, 'valueOn') === '' ? null : day(cell(cells, 'valueOn'), line),
      amountMinor: signedAmount(column => cell(cells, column), { mark, exponent: currencyExponent(currency), line }),
      currency,
      endToEndId: text(cells, 'endToEndId'),
      counterpartyName: text(cells, 'counterparty'),
      counterpartyIban: iban.ok ? iban.value : null,
      remittance: label || null,
      bankReference: text(cells, 'bankReference'),
      isReversal: false,
    }
  }
}

interface AmountRules { readonly mark: DecimalMark, readonly exponent: number, readonly line: number }

/** Debit and credit columns hold bare figures; some banks put a minus before the debits all the same. */
function signedAmount(cell: (column: Column) => string, { mark, exponent, line }: AmountRules): number {
  const read = (column: Column): number | null => {
    const reading = parseAmount(cell(column), mark, exponent)
    if (!reading.ok && reading.reason !== 'missing')
      throw new StatementError('bad_amount', line)
    return reading.ok ? reading.minor : null
  }
  const amount = read('amount')
  if (amount !== null)
    return amount
  const [debit, credit] = [read('debit'), read('credit')]
  if (debit === null && credit === null)
    throw new StatementError('bad_amount', line)
  return (credit ?? 0) - Math.abs(debit ?? 0)
}

function dateOrder(cells: readonly string[]): DateOrder {
  const tally: Record<DateEvidence, number> = { dmy: 0, mdy: 0, ymd: 0, open: 0, sure: 0, placeholder: 0, none: 0 }
  for (const cell of cells)
    tally[dateEvidence(cell)]++
  return decideDateOrder(tally).order
}

function decimalMark(cells: readonly string[]): DecimalMark {
  const tally: Record<DecimalEvidence, number> = { comma: 0, dot: 0, open: 0, none: 0 }
  for (const cell of cells)
    tally[decimalEvidence(cell)]++
  return decideDecimal(tally, null, ',').mark
}

function toStatement(entries: readonly StatementEntry[], preamble: readonly CsvRecord[], fallbackCurrency: string): Statement {
  const days = entries.map(entry => entry.bookedOn).sort()
  const iban = preamble.flatMap(({ cells }) => cells).flatMap(cell => cell.match(/\b[A-Z]{2}\d{2}(?: ?[A-Z0-9]){11,30}/g) ?? []).map(checkIban).find(check => check.ok)
  return {
    bankReference: null,
    accountIban: iban?.ok ? iban.value : null,
    currency: entries[0]?.currency ?? fallbackCurrency,
    openingMinor: null,
    closingMinor: null,
    fromOn: days[0] ?? null,
    toOn: days.at(-1) ?? null,
    entries,
    warnings: ['balance_missing'],
  }
}
