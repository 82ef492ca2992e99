import { isDay, type Day } from '../insights/calendar.ts'
import { checkIban } from '../vendors/identifiers.ts'
import { mostEntries, StatementError, type Statement, type StatementEntry, type StatementReading } from './statement.ts'

/**
 * The statement that French banks hand out (CFONB, « relevé de compte », 120 signs a record): 01 the balance before, 04 a
 * booking, 05 what is added to it, 07 the balance after. https://www.cfonb.org
 */
const recordLength = 120

export const isCfonb120 = (text: string): boolean => /^\s*01\d{5}[ \w]{4}\d{5}(?:[A-Z]{3}| {3})/.test(text)

export function readCfonb120(text: string): StatementReading {
  try {
    const statements = statementsOf(recordsOf(text))
    if (statements.reduce((sum, { entries }) => sum + entries.length, 0) > mostEntries)
      throw new StatementError('too_many_entries')
    return { ok: true, statements }
  }
  catch (error) {
    if (error instanceof StatementError)
      return { ok: false, reason: error.reason, place: error.place }
    throw error
  }
}

interface Record120 {
  readonly line: number
  readonly code: string
  readonly text: string
}

/** With or without line ends; blanks at the end may have been cut. */
function recordsOf(text: string): Record120[] {
  const lines = /[\r\n]/.test(text.trim()) ? text.split(/\r\n|\n|\r/) : text.trim().match(new RegExp(`.{1,${recordLength}}`, 'gs')) ?? []
  return lines.map((line, index) => ({ line: index + 1, code: line.slice(0, 2), text: line.padEnd(recordLength) })).filter(({ text: record }) => record.trim() !== '')
}

interface Booking { readonly record: Record120, readonly additions: Record120[] }

function statementsOf(records: readonly Record120[]): Statement[] {
  const statements: Statement[] = []
  let opening: Record120 | null = null
  let bookings: Booking[] = []
  for (const record of records) {
    if ((record.code === '01') !== (opening === null))
      throw new StatementError('incomplete', record.line)
    if (record.code === '01')
      opening = record
    else if (record.code === '04')
      bookings.push({ record, additions: [] })
    else if (record.code === '05' && bookings.length > 0)
      bookings.at(-1)!.additions.push(record)
    else if (record.code === '07') {
      statements.push(toStatement(opening!, bookings, record))
      ;[opening, bookings] = [null, []]
    }
    else
      throw new StatementError('incomplete', record.line)
  }
  if (opening)
    throw new StatementError('incomplete', opening.line)
  return statements
}

/** Signs from … to of the documented layout, which counts from 1. */
const signs = ({ text }: Record120, from: number, to: number): string => text.slice(from - 1, to).trim()

const toStatement = (opening: Record120, bookings: readonly Booking[], closing: Record120): Statement => ({
  bankReference: null,
  accountIban: ibanOf(opening),
  currency: currencyOf(opening),
  openingMinor: amountOf(opening),
  closingMinor: amountOf(closing),
  fromOn: dayOf(opening, 35),
  toOn: dayOf(closing, 35),
  entries: bookings.map(toEntry),
  warnings: [],
})

const currencyOf = (record: Record120): string => signs(record, 17, 19) || 'EUR'

function dayOf(record: Record120, from: number): Day | null {
  const [, day, month, year] = /^(\d\d)(\d\d)(\d\d)$/.exec(signs(record, from, from + 5)) ?? []
  const written = `20${year}-${month}-${day}`
  return year !== undefined && isDay(written) ? written : null
}

const credits = '{ABCDEFGHI'
const debits = '}JKLMNOPQR'

/** The last sign is digit and direction at once: `{ABCDEFGHI` are 0 to 9 in, `}JKLMNOPQR` 0 to 9 out. */
function amountOf(record: Record120): number {
  const written = record.text.slice(90, 104)
  const last = written.slice(-1)
  const direction = credits.includes(last) ? 1 : -1
  const digit = (direction === 1 ? credits : debits).indexOf(last)
  const digits = written.slice(0, -1).trim()
  if (digit === -1 || !/^\d+$/.test(digits))
    throw new StatementError('bad_amount', record.line)
  return direction * Number(digits + digit) || 0
}

function toEntry({ record, additions }: Booking): StatementEntry {
  const bookedOn = dayOf(record, 35)
  if (bookedOn === null)
    throw new StatementError('bad_day', record.line)
  const amountMinor = amountOf(record)
  const added = (...codes: readonly string[]): string[] =>
    additions.filter(addition => codes.includes(signs(addition, 46, 48))).map(addition => signs(addition, 49, 118)).filter(Boolean)
  const [beneficiary, debtor] = [added('NBE', 'NBU'), added('NPY', 'NPO')]
  // Some banks name the other side of a direct debit under the wrong heading, and only there.
  const [name = null] = amountMinor < 0 ? [...beneficiary, ...debtor] : [...debtor, ...beneficiary]
  // The first half of a client's reference is the end-to-end identification, the second what the payment is for.
  const identification = additions.filter(addition => signs(addition, 46, 48) === 'RCN').map(addition => signs(addition, 49, 83)).find(Boolean) ?? null
  return {
    bookedOn,
    valueOn: dayOf(record, 43),
    amountMinor,
    currency: currencyOf(record),
    endToEndId: identification === 'NOTPROVIDED' ? null : identification,
    counterpartyName: name,
    counterpartyIban: added('IBE', 'IPY').map(checkIban).find(check => check.ok)?.value ?? null,
    remittance: [signs(record, 49, 80), ...added('LIB', 'LCC', 'LC2', 'LCS', 'REF'), signs(record, 105, 120)].filter(Boolean).join(' ') || null,
    bankReference: null,
    isReversal: signs(record, 41, 42) !== '',
  }
}

/** The IBAN of a French account: bank, branch, account with letters as digits, and both keys. */
function ibanOf(record: Record120): string | null {
  const [bank, branch, account] = [signs(record, 3, 7), signs(record, 12, 16), signs(record, 22, 32)]
  if (!/^\d{5}$/.test(bank) || !/^\d{5}$/.test(branch) || !/^[A-Z0-9]{11}$/.test(account))
    return null
  const digits = account.replace(/[A-Z]/g, letter => String((letter.charCodeAt(0) - 65 + (letter >= 'S' ? 1 : 0)) % 9 + 1))
  const key = 97n - (89n * BigInt(bank) + 15n * BigInt(branch) + 3n * BigInt(digits)) % 97n
  const bban = `${bank}${branch}${account}${String(key).padStart(2, '0')}`
  const asNumber = BigInt(`${bban}FR00`.replace(/[A-Z]/g, letter => String(letter.charCodeAt(0) - 55)))
  const check = checkIban(`FR${String(98n - asNumber % 97n).padStart(2, '0')}${bban}`)
  return check.ok ? check.value : null
}
