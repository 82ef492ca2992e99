import type { Day } from '../insights/calendar.ts'

export interface StatementEntry {
  readonly bookedOn: Day
  readonly valueOn: Day | null
  /** Negative leaves the account. */
  readonly amountMinor: number
  readonly currency: string
  readonly endToEndId: string | null
  readonly counterpartyName: string | null
  readonly counterpartyIban: string | null
  readonly remittance: string | null
  readonly bankReference: string | null
  /** A booking that takes an earlier one back. */
  readonly isReversal: boolean
}

export const statementWarnings = ['balance_currency', 'batch_not_itemised', 'pending_left_out', 'balance_missing'] as const
export type StatementWarning = (typeof statementWarnings)[number]

export interface Statement {
  readonly bankReference: string | null
  /** Null in a file that does not say whose account it is. */
  readonly accountIban: string | null
  readonly currency: string
  readonly openingMinor: number | null
  readonly closingMinor: number | null
  readonly fromOn: Day | null
  readonly toOn: Day | null
  readonly entries: readonly StatementEntry[]
  readonly warnings: readonly StatementWarning[]
}

export const statementFaults = [
  'not_a_statement', 'intraday_report', 'notification', 'incomplete', 'no_columns', 'no_entries', 'bad_amount', 'bad_day', 'too_many_entries', 'unsafe_xml',
  'archive_unreadable', 'archive_too_large', 'archive_empty',
] as const
export type StatementFault = (typeof statementFaults)[number]

/** The place names where to look: a line of a CSV file, an entry of an XML file. */
export type StatementReading =
  | { readonly ok: true, readonly statements: readonly Statement[] }
  | { readonly ok: false, readonly reason: StatementFault, readonly place: number | null }

export const statementFormats = ['camt.053', 'csv', 'cfonb120', 'mt940'] as const
export type StatementFormat = (typeof statementFormats)[number]

/** Thrown by the readers' parts, caught by the readers themselves. */
export class StatementError extends Error {
  readonly reason: StatementFault
  readonly place: number | null

  constructor(reason: StatementFault, place: number | null = null) {
    super(reason)
    this.reason = reason
    this.place = place
  }
}

export const mostEntries = 20_000

export const movedMinor = (entries: readonly StatementEntry[]): number =>
  entries.reduce((sum, { amountMinor }) => sum + amountMinor, 0)

/** What the statement says of itself: opening plus everything booked is closing. Null where it names no balances. */
export function isBalanced({ openingMinor, closingMinor, entries, currency }: Statement): boolean | null {
  if (openingMinor === null || closingMinor === null)
    return null
  return entries.every(entry => entry.currency === currency) && openingMinor + movedMinor(entries) === closingMinor
}

/**
 * What makes an entry itself, whatever file brings it: the bank's own reference where there is one; else everything
 * that is written about it, and which of several alike it is. Two exports that overlap then bring it once.
 */
export function entryKeys(statement: Statement): string[] {
  const seen = new Map<string, number>()
  return statement.entries.map((entry) => {
    const facts = [
      statement.accountIban ?? '', entry.bookedOn, entry.amountMinor, entry.currency, entry.endToEndId ?? '',
      ...entry.bankReference === null
        ? [statement.bankReference ?? '', entry.counterpartyIban ?? '', entry.counterpartyName ?? '', entry.remittance ?? '']
        : [entry.bankReference],
    ].join('\u001f')
    const alike = (seen.get(facts) ?? 0) + 1
    seen.set(facts, alike)
    return `${facts}\u001f${alike}`
  })
}
