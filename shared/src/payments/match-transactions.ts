import { addDays, type Day } from '../insights/calendar.ts'

export interface MatchableTransaction {
  readonly bookedOn: Day
  readonly amountMinor: number
  readonly currency: string
  readonly reference: string | null
  readonly counterpartyIban: string | null
  readonly counterpartyKey: string | null
  readonly remittance: string | null
}

/** A payable that is open, or on its way in a run. */
export interface MatchablePayable {
  readonly payableId: string
  readonly reference: string
  readonly issuedOn: Day
  readonly amountMinor: number
  readonly currency: string
  readonly vendorKey: string
  readonly vendorIban: string | null
  readonly endToEndId: string | null
  readonly messageId: string | null
}

export interface FoundMatch {
  readonly rule: 'end_to_end' | 'amount'
  readonly payableIds: readonly string[]
  /** The booking is less than was owed: a part of the one payable. */
  readonly partMinor: number | null
}

/** `FAC-2026/001` and « fac 2026 001 » are one reference. */
export const plainReference = (text: string): string => text.normalize('NFKD').replace(/[^\p{L}\p{N}]/gu, '').toLowerCase()

const shortestReference = 4

const saysReference = (remittance: string | null, reference: string): boolean => {
  const plain = plainReference(reference)
  return remittance !== null && plain.length >= shortestReference && plainReference(remittance).includes(plain)
}

const isPartner = (transaction: MatchableTransaction, payable: MatchablePayable): boolean =>
  (transaction.counterpartyIban !== null && transaction.counterpartyIban === payable.vendorIban)
  || (transaction.counterpartyKey !== null && transaction.counterpartyKey !== '' && transaction.counterpartyKey === payable.vendorKey)

/** Payments for an invoice are not looked for before its date, nor years later. */
const isNear = ({ bookedOn }: MatchableTransaction, { issuedOn }: MatchablePayable): boolean =>
  bookedOn >= addDays(issuedOn, -1) && bookedOn <= addDays(issuedOn, 400)

const isSame = (transaction: MatchableTransaction, payable: MatchablePayable): boolean =>
  transaction.currency === payable.currency && transaction.amountMinor === -payable.amountMinor

/**
 * Which payables a booking settles, where there is no doubt: by the identification we sent, for one transfer or for a file
 * booked in one sum; else by amount, date and counterparty when exactly one payable fits, or by the references of several that make its sum. Doubt is left to a person.
 */
export function findMatch(transaction: MatchableTransaction, payables: readonly MatchablePayable[]): FoundMatch | null {
  if (transaction.amountMinor === 0)
    return null
  // Money that comes in can pay back a credit note, and nothing else.
  return transaction.amountMinor > 0
    ? byAmount(transaction, payables)
    : byIdentification(transaction, payables) ?? byAmount(transaction, payables) ?? byReferences(transaction, payables)
}

function byIdentification(transaction: MatchableTransaction, payables: readonly MatchablePayable[]): FoundMatch | null {
  const { reference } = transaction
  if (reference === null)
    return null
  const named = payables.filter(({ endToEndId }) => endToEndId === reference)
  if (named.length > 0)
    return ofTransfer(transaction, named)
  const ofFile = payables.filter(({ messageId }) => messageId !== null && (reference === messageId || reference.startsWith(`${messageId}-`)))
  const sum = ofFile.reduce((total, { amountMinor }) => total + amountMinor, 0)
  return ofFile.length > 0 && sum === -transaction.amountMinor ? { rule: 'end_to_end', payableIds: ofFile.map(({ payableId }) => payableId), partMinor: null } : null
}

/** One transfer, which may be of several payables where credit notes were taken off; less than its sum is a part only where it is of one. */
function ofTransfer({ amountMinor, currency }: MatchableTransaction, payables: readonly MatchablePayable[]): FoundMatch | null {
  const owed = payables.reduce((sum, payable) => sum + payable.amountMinor, 0)
  const isPart = payables.length === 1 && -amountMinor > 0 && -amountMinor < owed
  if (payables.some(payable => payable.currency !== currency) || (owed !== -amountMinor && !isPart))
    return null
  return { rule: 'end_to_end', payableIds: payables.map(({ payableId }) => payableId), partMinor: isPart ? -amountMinor : null }
}

function byAmount(transaction: MatchableTransaction, payables: readonly MatchablePayable[]): FoundMatch | null {
  const fitting = payables.filter(payable => isSame(transaction, payable) && isNear(transaction, payable)
    && (isPartner(transaction, payable) || saysReference(transaction.remittance, payable.reference)))
  const named = fitting.filter(({ reference }) => saysReference(transaction.remittance, reference))
  const one = named.length === 1 ? named : fitting
  return one.length === 1 ? { rule: 'amount', payableIds: [one[0]!.payableId], partMinor: null } : null
}

/** Several invoices of one vendor that its words name, less credit notes among them, when they are its amount to the cent. */
function byReferences(transaction: MatchableTransaction, payables: readonly MatchablePayable[]): FoundMatch | null {
  const named = payables.filter(payable => payable.currency === transaction.currency && isNear(transaction, payable) && saysReference(transaction.remittance, payable.reference))
  const isOfOneVendor = new Set(named.map(({ vendorKey }) => vendorKey)).size === 1
  const sum = named.reduce((total, { amountMinor }) => total + amountMinor, 0)
  return named.length > 1 && isOfOneVendor && sum === -transaction.amountMinor ? { rule: 'amount', payableIds: named.map(({ payableId }) => payableId), partMinor: null } : null
}

/** What a person is offered: the same amount first, then the same partner. */
export function suggestMatches(transaction: MatchableTransaction, payables: readonly MatchablePayable[]): string[] {
  const score = (payable: MatchablePayable): number =>
    (isSame(transaction, payable) ? 4 : 0) + (isPartner(transaction, payable) ? 2 : 0) + (saysReference(transaction.remittance, payable.reference) ? 1 : 0)
  return payables.map(payable => ({ payable, score: score(payable) }))
    .filter(({ score: reached }) => reached > 0)
    .sort((one, other) => other.score - one.score)
    .slice(0, 5)
    .map(({ payable }) => payable.payableId)
}
