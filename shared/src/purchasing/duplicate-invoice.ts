import { likeness } from '../imports/header-words.ts'

export interface ComparableInvoice {
  readonly kind: 'invoice' | 'credit_note'
  readonly number: string
  readonly issuedOn: string
  readonly currency: string
  readonly totalMinor: number
}

export const duplicateReasons = ['same_number', 'similar_number', 'same_amount_and_day'] as const
export type DuplicateReason = (typeof duplicateReasons)[number]

/** A number as two people would type it: no case, no punctuation, no leading zeros in its figures. */
export const numberKey = (number: string): string =>
  number.normalize('NFKD').toLowerCase().replace(/[^\p{L}\p{N}]+/gu, ' ').replace(/(^|\D)0+(?=\d)/g, '$1').replace(/\s+/g, '')

const daysBetween = (one: string, other: string): number => Math.abs(Date.parse(one) - Date.parse(other)) / 86_400_000

/** Why an invoice may be one that the vendor has sent before; null when nothing speaks for it. */
export function duplicateReason(invoice: ComparableInvoice, other: ComparableInvoice): DuplicateReason | null {
  if (invoice.kind !== other.kind)
    return null
  const [key, otherKey] = [numberKey(invoice.number), numberKey(other.number)]
  const isSameAmount = invoice.totalMinor === other.totalMinor && invoice.currency === other.currency
  const days = daysBetween(invoice.issuedOn, other.issuedOn)
  // A vendor may number anew each year: the same number with another amount long ago is another invoice.
  if (key === otherKey && (isSameAmount || days <= 200))
    return 'same_number'
  if (isSameAmount && days <= 45 && isNear(key, otherKey))
    return 'similar_number'
  return isSameAmount && days === 0 ? 'same_amount_and_day' : null
}

/** Typed wrongly, or with a prefix that the other lacks; two numbers of one series differ by their count alone. */
function isNear(key: string, other: string): boolean {
  if (key.includes(other) || other.includes(key))
    return Math.min(key.length, other.length) >= 3
  const figures = (text: string): string => text.replace(/\D/g, '')
  if (figures(key) !== '' && figures(key) === figures(other))
    return true
  return isTranspose(key, other) || (key.length !== other.length && likeness(key, other) >= 0.85)
}

function isTranspose(one: string, other: string): boolean {
  if (one.length !== other.length)
    return false
  const places = [...one].flatMap((letter, at) => letter === other[at] ? [] : [at])
  return places.length === 2 && places[1] === places[0]! + 1 && one[places[0]!] === other[places[1]!] && one[places[1]!] === other[places[0]!]
}
