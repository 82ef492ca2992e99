import { CsvReader, isBlankRecord, type CsvRecord } from '../imports/csv-reader.ts'
import { dateEvidence, decideDateOrder, parseDate, type DateEvidence, type DateOrder } from '../imports/dates.ts'
import { guessDelimiter } from '../imports/delimiter.ts'
import { EncodingScan } from '../imports/encoding.ts'
import { headerWords } from '../imports/header-words.ts'
import { decimalEvidence, decideDecimal, parseAmount, type DecimalEvidence, type DecimalMark } from '../imports/numbers.ts'
import { currencyExponent } from '../money.ts'
import { checkIban } from '../vendors/identifiers.ts'
import { mostEntries, StatementError, type Statement, type StatementEntry, type StatementReading } from './statement.ts'

/** Headings as banks write them, without case, accents and punctuation. */
const columnWords = {
  bookedOn: ['date', 'date op', 'date operation', 'date de l operation', 'date d operation', 'date compta', 'date comptable', 'date de comptabilisation', 'date comptabilisation', 'date ecriture', 'date de l ecriture', 'date d execution', 'booking date', 'booked on', 'transaction date', 'operation date', 'settlement date', 'posting date', 'date completed', 'completed date', 'buchungstag'],
  valueOn: ['date val', 'date valeur', 'date de valeur', 'valeur', 'value date', 'valuta'],
  debit: ['debit', 'montant debit', 'montant au debit', 'debits', 'retrait', 'retraits', 'sortie', 'sorties', 'depense', 'depenses', 'paid out', 'money out', 'debit amount', 'withdrawal', 'withdrawals', 'soll'],
  credit: ['credit', 'montant credit', 'montant au credit', 'credits', 'versement', 'versements', 'entree', 'entrees', 'recette', 'recettes', 'paid in', 'money in', 'credit amount', 'deposit', 'deposits', 'haben'],
  amount: ['montant', 'amount', 'montant operation', 'montant de l operation', 'montant net', 'montant total', 'total amount', 'net amount', 'betrag'],
  direction: ['sens', 'signe', 'sens operation', 'sens de l operation', 'debit credit', 'd c', 'credit debit', 'credit debit indicator', 'soll haben'],
  currency: ['devise', 'devise du compte', 'currency', 'currency code', 'payment currency', 'monnaie', 'wahrung'],
  label: ['libelle', 'libelle operation', 'libelle de l operation', 'libelle simplifie', 'libelle court', 'description', 'designation', 'operation', 'intitule', 'label', 'memo', 'narrative', 'verwendungszweck'],
  detail: ['detail', 'details', 'detail de l ecriture', 'informations complementaires', 'information complementaire', 'communication', 'motif', 'commentaire', 'comment', 'note', 'objet'],
  counterparty: ['contrepartie', 'tiers', 'nom du tiers', 'beneficiaire', 'nom du beneficiaire', 'nom de la contrepartie', 'counterparty', 'counterparty name', 'beneficiary', 'beneficiary name', 'payee', 'merchant', 'name', 'supplier found', 'auftraggeber empfanger'],
  counterpartyIban: ['iban', 'iban contrepartie', 'iban du tiers', 'iban beneficiaire', 'iban du beneficiaire', 'compte contrepartie', 'counterparty iban', 'beneficiary iban'],
  endToEndId: ['end to end id', 'endtoendid', 'reference de bout en bout', 'reference client', 'ref client', 'end to end reference'],
  bankReference: ['reference', 'ref', 'reference operation', 'reference de l operation', 'numero operation', 'n operation', 'bank reference', 'transaction id', 'id'],
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
    const reader = readerOf(data, columns, textColumns(records[header]!.cells), currency)
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

function columnNamed(cell: string): Column | undefined {
  const words = headerWords(cell).replace(/ (?:(?:en )?(?:euros?|eur)|en)$/, '')
  return (Object.keys(columnWords) as Column[]).find(name => (columnWords[name] as readonly string[]).includes(words))
}

function columnsOf(cells: readonly string[]): Columns {
  const columns: Columns = {}
  for (const [index, cell] of cells.entries()) {
    const column = columnNamed(cell)
    if (column)
      columns[column] ??= index
  }
  return columns
}

const textColumns = (cells: readonly string[]): number[] =>
  cells.flatMap((cell, index) => ['label', 'detail', 'bankReference'].includes(columnNamed(cell) ?? '') ? [index] : [])

const currencyOf = (written: string): string | null => {
  const code = written.toUpperCase()
  return /^[A-Z]{3}$/.test(code) ? code : /^(?:€|EUROS?)$/.test(code) ? 'EUR' : null
}

const isHeader = (columns: Columns): boolean =>
  columns.bookedOn !== undefined && (columns.amount !== undefined || (columns.debit !== undefined && columns.credit !== undefined))

/** Totals and balances below the entries carry no day. */
const hasEntry = (cells: readonly string[], { bookedOn = 0 }: Columns): boolean => {
  const evidence = dateEvidence(cells[bookedOn] ?? '')
  return evidence !== 'none' && evidence !== 'placeholder'
}

function readerOf(data: readonly CsvRecord[], columns: Columns, texts: readonly number[], fallbackCurrency: string) {
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
    const currency = currencyOf(cell(cells, 'currency')) ?? fallbackCurrency
    // Whatever is written about an entry may name what it pays.
    const label = [...new Set(texts.map(column => cells[column]?.trim() ?? ''))].filter(Boolean).join(' ')
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

/** `12,34 D` and `12,34 CR`: a bank's own signs behind the figure. */
const trailingDirection = / ?(?:(DB|DR|D)|(CR|C))\.?$/i

const directionOf = (written: string): -1 | 1 | null =>
  /^(?:d|db|dr|dbit|debit|débit|s|soll|-)$/i.test(written) ? -1 : /^(?:c|cr|crdt|credit|crédit|h|haben|\+)$/i.test(written) ? 1 : null

/** Debit and credit columns hold bare figures; some banks put a minus before the debits all the same, some a letter beside or behind the amount. */
function signedAmount(cell: (column: Column) => string, { mark, exponent, line }: AmountRules): number {
  const read = (column: Column): number | null => {
    const reading = parseAmount(cell(column).replace(trailingDirection, ''), mark, exponent)
    if (!reading.ok && reading.reason !== 'missing')
      throw new StatementError('bad_amount', line)
    return reading.ok ? reading.minor : null
  }
  const amount = read('amount')
  if (amount !== null) {
    const [, isDebit, isCredit] = trailingDirection.exec(cell('amount')) ?? []
    const direction = directionOf(cell('direction')) ?? (isDebit ? -1 : isCredit ? 1 : null)
    // A letter that nobody understands would turn payments into receipts.
    if (direction === null && cell('direction') !== '')
      throw new StatementError('bad_amount', line)
    return direction === null ? amount : direction * Math.abs(amount)
  }
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
