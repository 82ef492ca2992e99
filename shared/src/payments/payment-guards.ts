import type { InvoiceMatch } from '../purchasing/three-way-match.ts'
import { checkIban } from '../vendors/identifiers.ts'
import { checkPayeeName, type PayeeNameVerdict } from '../vendors/payee-name.ts'
import { refusalsOfAmount } from './credit-transfer.ts'
import { isSepaIban, wantsBic } from './sepa-zone.ts'

export const guardCodes = [
  'not_open', 'credit_note', 'credit_exceeds', 'currency_not_eur', 'amount_too_large', 'vendor_suspended', 'vendor_terminated',
  'iban_missing', 'iban_invalid', 'iban_outside_sepa', 'iban_unapproved', 'iban_pending', 'iban_changed', 'invoice_iban_differs', 'bic_missing', 'payee_name_close', 'payee_name_differs',
  'payments_held', 'score_too_low', 'invoice_disputed', 'match_blocked', 'match_to_check', 'paid_before', 'similar',
] as const
export type GuardCode = (typeof guardCodes)[number]

/** What warns and what stops: a person may pay in spite of a warning, never in spite of the rest. */
const warnings: ReadonlySet<GuardCode> = new Set(['similar', 'match_to_check', 'invoice_iban_differs', 'bic_missing', 'payee_name_close', 'payee_name_differs', 'credit_note'])

export interface Guard {
  readonly code: GuardCode
  readonly isBlocking: boolean
  /** The payable that this one may be the second of. */
  readonly twin: string | null
}

export interface PayableFacts {
  readonly isOpen: boolean
  readonly amountMinor: number
  readonly currency: string
  readonly vendorStatus: string
  readonly iban: string | null
  readonly bic: string | null
  readonly isIbanApproved: boolean
  readonly isIbanPending: boolean
  /** The account the approvers looked at; null before an approval. */
  readonly approvedIban?: string | null
  readonly invoiceIban: string | null
  readonly vendorName: string
  /** Whose account it is, where that is known. */
  readonly accountHolder: string | null
  readonly invoiceStatus: string | null
  /** What order and receipt say against the invoice, as long as nobody has accepted it. */
  readonly matchDoubt: MatchDoubt | null
  readonly isHeld: boolean
  /** The rules of evaluation hold payments back at the vendor's standing. */
  readonly isBlockedByScore: boolean
  /** Same reference of the same vendor, already sent or paid. */
  readonly paidTwin: string | null
  /** Same vendor and amount, dated nearby. */
  readonly similarTwin: string | null
}

export type MatchDoubt = 'match_blocked' | 'match_to_check'

/** Without an order there is nothing to compare with: many invoices have none, and that alone is no doubt. */
export function matchDoubtOf({ status, lines }: InvoiceMatch): MatchDoubt | null {
  if (status === 'blocked')
    return 'match_blocked'
  return lines.some(({ findings }) => findings.some(finding => finding.status === 'to_check' && finding.code !== 'no_order')) ? 'match_to_check' : null
}

/** Why a payable may not be paid by transfer now, or what to look at before; empty when nothing speaks against it. */
export function guardsOf(facts: PayableFacts): Guard[] {
  const codes: GuardCode[] = [
    ...facts.isOpen ? [] : ['not_open' as const],
    ...amountGuards(facts),
    ...facts.vendorStatus === 'suspended' ? ['vendor_suspended' as const] : [],
    ...facts.vendorStatus === 'terminated' ? ['vendor_terminated' as const] : [],
    ...ibanGuards(facts),
    ...facts.isHeld ? ['payments_held' as const] : [],
    ...facts.isBlockedByScore ? ['score_too_low' as const] : [],
    ...facts.invoiceStatus === 'disputed' ? ['invoice_disputed' as const] : [],
    ...facts.matchDoubt === null ? [] : [facts.matchDoubt],
    ...facts.paidTwin !== null ? ['paid_before' as const] : [],
    ...facts.similarTwin !== null && facts.paidTwin === null ? ['similar' as const] : [],
  ]
  return codes.map(code => ({
    code,
    isBlocking: !warnings.has(code),
    twin: code === 'paid_before' ? facts.paidTwin : code === 'similar' ? facts.similarTwin : null,
  }))
}

function amountGuards(facts: PayableFacts): GuardCode[] {
  return refusalsOfAmount(facts).map(refusal =>
    refusal === 'amount_not_positive' ? 'credit_note' : refusal === 'currency_not_eur' ? 'currency_not_eur' : 'amount_too_large')
}

/** The bank will compare the names as well: better asked here, while there is time to ask the vendor. */
const payeeGuards: Readonly<Record<PayeeNameVerdict, readonly GuardCode[]>> = { match: [], close: ['payee_name_close'], no_match: ['payee_name_differs'] }

function ibanGuards({ iban, bic, isIbanApproved, isIbanPending, approvedIban = null, invoiceIban, vendorName, accountHolder }: PayableFacts): GuardCode[] {
  if (!iban)
    return ['iban_missing']
  const check = checkIban(iban)
  if (!check.ok)
    return ['iban_invalid']
  const stated = invoiceIban === null ? null : checkIban(invoiceIban)
  return [
    ...isSepaIban(check.value) ? [] : ['iban_outside_sepa' as const],
    ...wantsBic(check.value) && !bic ? ['bic_missing' as const] : [],
    ...isIbanApproved ? [] : ['iban_unapproved' as const],
    ...isIbanPending ? ['iban_pending' as const] : [],
    ...approvedIban !== null && approvedIban !== check.value ? ['iban_changed' as const] : [],
    ...stated !== null && !(stated.ok && stated.value === check.value) ? ['invoice_iban_differs' as const] : [],
    ...payeeGuards[checkPayeeName(accountHolder, vendorName) ?? 'match'],
  ]
}
