import { isDay, type Day } from '../insights/calendar.ts'
import { checkSiren } from '../vendors/identifiers.ts'
import type { JournalLine, LeftOut } from './journal.ts'

/** The eighteen columns of article A47 A-1 of the book of tax procedures, in their order. */
export const fecColumns = [
  'JournalCode', 'JournalLib', 'EcritureNum', 'EcritureDate', 'CompteNum', 'CompteLib', 'CompAuxNum', 'CompAuxLib', 'PieceRef', 'PieceDate',
  'EcritureLib', 'Debit', 'Credit', 'EcritureLet', 'DateLet', 'ValidDate', 'Montantdevise', 'Idevise',
] as const

export type FecSeparator = 'tab' | 'pipe'
const signs: Readonly<Record<FecSeparator, string>> = { tab: '\t', pipe: '|' }

const compactDay = (day: Day | null): string => day?.replaceAll('-', '') ?? ''

/** Cents with a decimal comma and no thousands, never through a float. */
export const commaDecimal = (minor: number, exponent = 2): string => {
  const digits = String(Math.abs(minor)).padStart(exponent + 1, '0')
  const whole = exponent === 0 ? digits : `${digits.slice(0, -exponent)},${digits.slice(-exponent)}`
  return minor < 0 ? `-${whole}` : whole
}

/** A separator or a line end inside a text would make a column of it. */
const plain = (text: string | null): string => (text ?? '').replace(/[\t\r\n|]+/g, ' ').trim()

export interface WrittenFec {
  readonly from: Day
  readonly to: Day
  readonly writtenAt: string
  readonly writtenOn: Day
}

/**
 * The day on which an entry became final: that of the first file which held it as it is now, else that of the file being
 * written, whose author stands behind it. What is dated later than its file is not final yet.
 */
export function validatedOn({ entryOn, changedAt }: Pick<JournalLine, 'entryOn' | 'changedAt'>, earlier: readonly WrittenFec[], today: Day): Day | null {
  const first = earlier.find(({ from, to, writtenAt }) => from <= entryOn && entryOn <= to && writtenAt >= changedAt)
  const day = first?.writtenOn ?? today
  return day < entryOn ? null : day
}

export interface FecWriting {
  readonly exponentOf: (currency: string) => number
  readonly validOn: (line: JournalLine) => Day | null
}

export function fecRow(line: JournalLine, { exponentOf, validOn }: FecWriting): string[] {
  return [
    plain(line.journal), plain(line.journalName), String(line.entryNumber), compactDay(line.entryOn), plain(line.account), plain(line.accountName),
    plain(line.auxiliary), plain(line.auxiliaryName), plain(line.reference), compactDay(line.referenceOn), plain(line.text),
    commaDecimal(line.debitMinor), commaDecimal(line.creditMinor), plain(line.lettering), compactDay(line.letteredOn),
    compactDay(validOn(line)),
    line.foreignMinor === null || line.foreignCurrency === null ? '' : commaDecimal(line.foreignMinor, exponentOf(line.foreignCurrency)), plain(line.foreignCurrency),
  ]
}

export function writeFec(lines: readonly JournalLine[], separator: FecSeparator, writing: FecWriting): string {
  const sign = signs[separator]
  return [fecColumns.join(sign), ...lines.map(line => fecRow(line, writing).join(sign))].map(row => `${row}\r\n`).join('')
}

/** `SirenFECAAAAMMJJ.txt`; null without a valid SIREN. */
export function fecFileName(siren: string | null, closedOn: Day): string | null {
  const check = checkSiren(siren ?? '')
  return check.ok ? `${check.value}FEC${compactDay(closedOn)}.txt` : null
}

export const fecFaults = ['unbalanced', 'gap', 'bad_day', 'bad_account', 'bad_lettering', 'empty_text', 'no_rate', 'no_siren'] as const
export type FecFault = (typeof fecFaults)[number]

export interface FecProblem {
  readonly code: FecFault
  readonly entryNumber: number | null
  readonly reference: string | null
  readonly isBlocking: boolean
}

/** What a tax inspector's program would find, found before: each with the piece it is about. */
export function checkFec(lines: readonly JournalLine[], { siren, leftOut }: { readonly siren: string | null, readonly leftOut: readonly LeftOut[] }): FecProblem[] {
  const problem = (code: FecFault, line?: JournalLine, isBlocking = true): FecProblem =>
    ({ code, entryNumber: line?.entryNumber ?? null, reference: line?.reference ?? null, isBlocking })
  const firstNumber = lines[0]?.entryNumber ?? 1
  return [
    ...fecFileName(siren, '2000-01-01') === null ? [problem('no_siren')] : [],
    ...leftOut.map(({ reference }): FecProblem => ({ code: 'no_rate', entryNumber: null, reference, isBlocking: false })),
    ...entriesOf(lines).flatMap((entry, index) => {
      const [first] = entry
      const moved = entry.reduce((sum, { debitMinor, creditMinor }) => sum + debitMinor - creditMinor, 0)
      return [...moved === 0 ? [] : [problem('unbalanced', first)], ...first?.entryNumber === firstNumber + index ? [] : [problem('gap', first)]]
    }),
    ...lines.flatMap(line => [
      ...isDay(line.entryOn) && isDay(line.referenceOn) ? [] : [problem('bad_day', line)],
      ...isAccount(line.account) ? [] : [problem('bad_account', line)],
      ...plain(line.text) === '' || plain(line.reference) === '' ? [problem('empty_text', line)] : [],
    ]),
    ...badLetters(lines).map(line => problem('bad_lettering', line)),
  ]
}

/** The first three signs of an account are digits, whatever a company appends. */
export const isAccount = (account: string): boolean => /^\d{3}[0-9A-Za-z]*$/.test(account)

function entriesOf(lines: readonly JournalLine[]): JournalLine[][] {
  const entries = new Map<number, JournalLine[]>()
  for (const line of lines) {
    const entry = entries.get(line.entryNumber)
    if (entry)
      entry.push(line)
    else
      entries.set(line.entryNumber, [line])
  }
  return [...entries.values()]
}

/** Lines under one letter cancel each other out; a letter has its day, and a day its letter. */
function badLetters(lines: readonly JournalLine[]): JournalLine[] {
  const sums = new Map<string, { sum: number, line: JournalLine }>()
  for (const line of lines) {
    if (line.lettering !== null)
      sums.set(line.lettering, { sum: (sums.get(line.lettering)?.sum ?? 0) + line.debitMinor - line.creditMinor, line })
  }
  return [
    ...lines.filter(({ lettering, letteredOn }) => (lettering === null) !== (letteredOn === null)),
    ...[...sums.values()].filter(({ sum }) => sum !== 0).map(({ line }) => line),
  ]
}

/** The first day of the year that a day's entries are numbered in. */
export function fiscalYearStart(day: Day, month: number): Day {
  const year = Number(day.slice(0, 4)) - (Number(day.slice(5, 7)) < month ? 1 : 0)
  return `${year}-${String(month).padStart(2, '0')}-01`
}
