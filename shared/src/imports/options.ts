import type { DateOrder } from './dates.ts'
import type { Delimiter } from './delimiter.ts'
import type { Encoding } from './encoding.ts'
import type { ColumnMapping, VendorKey } from './fields.ts'
import type { DecimalMark } from './numbers.ts'
import type { ImportPeriod } from './period.ts'

/** What a person chose instead of what was detected. Absent: as detected. */
export interface ImportOptions {
  readonly encoding?: Encoding
  readonly delimiter?: Delimiter
  /** Line of the header; 0 when the file has none. */
  readonly headerLine?: number
  readonly decimal?: DecimalMark
  readonly dateOrder?: DateOrder
  readonly mapping?: ColumnMapping
  readonly currency?: string
  readonly spendSide?: 'debit' | 'credit'
  /** Money spent is written as negative, as on a bank statement: every amount changes its sign. */
  readonly reversesSign?: boolean
  /** Settlements in a ledger of suppliers' accounts are taken off the invoices; absent, they are left out. */
  readonly keepsPayments?: boolean
  /** Stands in for rows without a day. Null refuses the proposal: such rows are then errors. */
  readonly period?: ImportPeriod | null
  /** A person has seen and accepted that the period stands in for the missing days. */
  readonly isPeriodConfirmed?: boolean
  readonly keys?: readonly VendorKey[]
  /** What a row may do to a vendor that exists: fill blanks, replace values, or nothing. */
  readonly updates?: VendorUpdates
  /** A blank cell of a mapped column empties the vendor's field. */
  readonly blankErases?: boolean
  /** Names that differ by legal form, accents or punctuation alone are one vendor. */
  readonly mergeSameKey?: boolean
  /** Lines that a registered invoice counts already are written all the same; absent, they are left out. */
  readonly keepsInvoiced?: boolean
}

export const vendorUpdates = ['fill', 'replace', 'none'] as const
export type VendorUpdates = (typeof vendorUpdates)[number]
