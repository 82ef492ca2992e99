import { unwrapCell } from './cell-text.ts'
import type { DateOrder } from './dates.ts'
import type { ColumnMapping, ImportField, ImportKind } from './fields.ts'
import type { DecimalMark } from './numbers.ts'
import type { ImportPeriod } from './period.ts'
import type { ImportAttribute } from './vendor-extras.ts'

export const rowIssueCodes = [
  'row.stray', 'row.total', 'row.repeated_header', 'row.too_many_cells', 'row.heading', 'row.other_account', 'row.payment', 'row.skipped',
  'vendor.missing', 'vendor.unknown', 'vendor.name_too_long',
  'amount.missing', 'amount.unreadable', 'amount.scientific', 'amount.too_large', 'amount.both_sides', 'amount.no_side', 'amount.rounded',
  'date.missing', 'date.placeholder', 'date.impossible', 'date.unreadable', 'date.out_of_range', 'date.period_proposed',
  'currency.unknown', 'currency.no_rate',
  'siren.invalid', 'siret.invalid', 'vat.invalid', 'iban.invalid', 'bic.invalid', 'email.invalid', 'website.invalid', 'payment_term.unreadable', 'attribute.invalid',
  'iban.kept', 'code.taken', 'text.cut', 'purchase.similar', 'purchase.invoiced',
] as const
export type RowIssueCode = (typeof rowIssueCodes)[number]

export interface RowIssue {
  readonly code: RowIssueCode
  /** An error keeps the row out; a warning leaves one value out or says what was assumed. */
  readonly severity: 'error' | 'warning'
  readonly field: ImportField | null
  readonly column: number | null
  readonly value: string
  readonly details: Readonly<Record<string, string | number>>
}

export interface IncomingVendor {
  readonly name: string | null
  readonly code: string | null
  readonly siren: string | null
  readonly siret: string | null
  readonly vatNumber: string | null
  readonly iban: string | null
  readonly bic: string | null
  readonly email: string | null
  readonly phone: string | null
  readonly website: string | null
  readonly address: string | null
  readonly postalCode: string | null
  readonly city: string | null
  readonly country: string | null
  readonly category: string | null
  readonly paymentTermDays: number | null
  readonly notes: string | null
  /** Words, one a line. */
  readonly tags: string | null
  readonly supplies: string | null
  /** The portal's own attributes that columns feed, as JSON; null where a cell is blank. */
  readonly attributes: string | null
}

export interface IncomingPurchase {
  readonly day: string
  /** The file gives no day: the period's last one stands in. */
  readonly isPeriodGuess: boolean
  readonly amountMinor: number
  readonly currency: string
  readonly reference: string | null
  readonly label: string | null
  readonly category: string | null
  readonly department: string | null
}

/** Everything that decides how a row is read; made once for a file. */
export interface ImportPlan {
  readonly kind: ImportKind
  readonly mapping: ColumnMapping
  readonly headers: readonly string[]
  readonly decimal: DecimalMark
  readonly dateOrder: DateOrder
  readonly currency: string
  readonly attributes: readonly ImportAttribute[]
  /** Stands in for rows without a day; null when such rows are errors. */
  readonly period: ImportPeriod | null
  /** Which side of a debit/credit pair is money spent. */
  readonly spendSide: 'debit' | 'credit'
  readonly reversesSign: boolean
  /** Holds the heading above the row, where headings name the suppliers. */
  readonly headingColumn: number | null
  /** The file is a ledger: lines on other accounts than suppliers' are no purchases. */
  readonly isLedger: boolean
  /** Journals of such a ledger that hold settlements only. */
  readonly paymentJournals: readonly string[]
  /** Settlements are taken off the invoices instead of being left out. */
  readonly keepsPayments: boolean
}

/** What a person says of a row, whatever it holds: leave it out, or read it although it looks like no data. */
export const rowDecisions = ['skip', 'take'] as const
export type RowDecision = (typeof rowDecisions)[number]

/** Faults of whole rows that are a judgement: a person may know better. */
export const takableFaults: ReadonlySet<RowIssueCode> = new Set(['row.total', 'row.repeated_header', 'row.heading', 'row.too_many_cells', 'row.other_account', 'row.payment'])

export interface RowReading {
  readonly line: number
  /** Null when the row cannot be used; the issues say why. */
  readonly usable: { readonly vendor: IncomingVendor, readonly purchase: IncomingPurchase | null } | null
  readonly issues: readonly RowIssue[]
}

/** What the readers of single cells share while a row is read. */
export interface RowContext {
  readonly plan: ImportPlan
  readonly cells: readonly string[]
  readonly issues: RowIssue[]
}

const untidy = /[^\S ]|[\p{Cc}\u200b-\u200d\ufeff]| {2}|^ | $/u

/** One line of text without control characters, with single blanks and none around. */
export function cleanText(text: string): string {
  if (!untidy.test(text))
    return text
  return text.replace(/[\p{Cc}\s]+/gu, ' ').replace(/[\u200b-\u200d\ufeff]/g, '').replace(/ {2,}/g, ' ').trim()
}

export const cellOf = ({ plan, cells }: RowContext, field: ImportField): string => {
  const column = plan.mapping[field]
  return column === undefined ? '' : cleanText(unwrapCell(cells[column] ?? ''))
}

export function report(context: RowContext, code: RowIssueCode, severity: RowIssue['severity'], field: ImportField | null, details: RowIssue['details'] = {}): void {
  const column = field === null ? null : context.plan.mapping[field] ?? null
  context.issues.push({ code, severity, field, column, value: column === null ? '' : cleanText(context.cells[column] ?? ''), details })
}
