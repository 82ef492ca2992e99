import type { DateOrder } from './dates.ts'
import type { Delimiter } from './delimiter.ts'
import type { Encoding } from './encoding.ts'
import type { ImportKind, VendorKey } from './fields.ts'
import type { MappedColumn } from './mapping.ts'
import type { DecimalMark } from './numbers.ts'
import type { VendorUpdates } from './options.ts'
import type { ImportPeriod } from './period.ts'
import type { ImportAttribute } from './vendor-extras.ts'

/** Whether a value was found in the file, chosen by a person, or assumed for want of proof. */
export type Certainty = 'detected' | 'chosen' | 'assumed'

export interface ProposedPeriod extends ImportPeriod {
  readonly source: 'name' | 'preamble' | 'chosen'
}

/** How a file is written and what it holds; every guess is visible and can be overruled. */
export interface FileProfile {
  readonly encoding: Encoding
  readonly encodingCertainty: Certainty
  readonly hasBom: boolean
  readonly brokenBytes: number
  readonly delimiter: Delimiter
  readonly newline: '\n' | '\r'
  /** Every line stands in quotes as a whole. */
  readonly isLineQuoted: boolean
  readonly delimiterCertainty: Certainty
  /** Null when the file starts with data. */
  readonly headerLine: number | null
  /** Data starts after this line. */
  readonly dataAfterLine: number
  readonly headers: readonly string[]
  /** Behind the file's columns: the heading a row stands under, where headings name the suppliers. */
  readonly headingColumn: number | null
  readonly preamble: readonly string[]
  readonly columnCount: number
  readonly signature: string
  readonly columns: readonly MappedColumn[]
  /** The portal's own attributes that columns may feed. */
  readonly attributes: readonly ImportAttribute[]
  readonly kind: ImportKind
  readonly decimal: DecimalMark
  readonly decimalCertainty: Certainty
  readonly dateOrder: DateOrder
  readonly dateOrderCertainty: Certainty
  readonly currency: string
  readonly currencyCertainty: Certainty
  readonly spendSide: 'debit' | 'credit'
  /** Amounts change their sign. Only a person asks for it; most being negative is a reason to ask. */
  readonly reversesSign: boolean
  readonly isMostlyNegative: boolean
  /** Lines on suppliers' accounts are read, others are not. */
  readonly isLedger: boolean
  /** Journals that settle what others book; their lines are no purchases. */
  readonly paymentJournals: readonly string[]
  readonly keepsPayments: boolean
  readonly keys: readonly VendorKey[]
  /** The code column gives one name several codes, or one code several names: it is no key. */
  readonly isCodeUnreliable: boolean
  readonly updates: VendorUpdates
  /** No cell holds a day: the period stands in, once a person has accepted it. */
  readonly isUndated: boolean
  readonly period: ProposedPeriod | null
  /** Records with at least one filled cell. */
  readonly rows: number
}
