import { isDay, type Day } from '../insights/calendar.ts'
import { checkBic, checkIban } from '../vendors/identifiers.ts'
import type { PostalAddress } from './postal-address.ts'
import { hasLetterOrDigit, sepaText } from './sepa-text.ts'
import { isSepaIban } from './sepa-zone.ts'

export const painVersions = ['001.001.09', '001.001.03'] as const
export type PainVersion = (typeof painVersions)[number]

export interface TransferParty {
  readonly name: string
  readonly iban: string
  /** Banks find it by the IBAN: it may be left out. */
  readonly bic: string | null
  readonly address: PostalAddress | null
}

export interface Transfer {
  readonly endToEndId: string
  readonly executionOn: Day
  readonly amountMinor: number
  readonly currency: string
  readonly creditor: TransferParty
  readonly remittance: string
}

export interface TransferOrder {
  readonly messageId: string
  readonly createdAt: Date
  readonly debtor: TransferParty
  readonly transfers: readonly Transfer[]
}

export const transferRefusals = [
  'iban_missing', 'iban_invalid', 'iban_outside_sepa', 'bic_invalid', 'currency_not_eur', 'amount_not_positive', 'amount_too_large',
  'name_missing', 'reference_invalid', 'reference_twice', 'execution_day_invalid', 'nothing_to_transfer',
] as const
export type TransferRefusal = (typeof transferRefusals)[number]

/** What the format holds: nine digits before the point, two behind. */
export const largestTransferMinor = 99_999_999_999

export function refusalsOfParty({ name, iban, bic }: Pick<TransferParty, 'name' | 'iban' | 'bic'>): TransferRefusal[] {
  const refusals: TransferRefusal[] = []
  const check = checkIban(iban)
  if (iban.trim() === '')
    refusals.push('iban_missing')
  else if (!check.ok)
    refusals.push('iban_invalid')
  else if (!isSepaIban(check.value))
    refusals.push('iban_outside_sepa')
  if (bic !== null && !checkBic(bic).ok)
    refusals.push('bic_invalid')
  if (!hasLetterOrDigit(sepaText(name, 70)))
    refusals.push('name_missing')
  return refusals
}

export function refusalsOfAmount({ amountMinor, currency }: Pick<Transfer, 'amountMinor' | 'currency'>): TransferRefusal[] {
  if (currency !== 'EUR')
    return ['currency_not_eur']
  if (!Number.isSafeInteger(amountMinor) || amountMinor <= 0)
    return ['amount_not_positive']
  return amountMinor > largestTransferMinor ? ['amount_too_large'] : []
}

const isReference = (text: string): boolean =>
  /^[a-zA-Z0-9/\-?:().,'+ ]{1,35}$/.test(text) && !/^\/|\/$|\/\/|^ | $/.test(text)

export interface RefusedTransfer {
  /** Place in the order; null: the order itself, or its debtor. */
  readonly index: number | null
  readonly reasons: readonly TransferRefusal[]
}

/** Everything a bank would send the file back for, transfer by transfer; empty when it can be written. */
export function refusalsOf({ messageId, debtor, transfers }: TransferOrder): RefusedTransfer[] {
  const own = [
    ...refusalsOfParty(debtor),
    ...isReference(messageId) ? [] : ['reference_invalid' as const],
    ...transfers.length > 0 ? [] : ['nothing_to_transfer' as const],
  ]
  const seen = new Set<string>()
  const refused: RefusedTransfer[] = own.length > 0 ? [{ index: null, reasons: own }] : []
  for (const [index, transfer] of transfers.entries()) {
    const reasons: TransferRefusal[] = [...refusalsOfParty(transfer.creditor), ...refusalsOfAmount(transfer)]
    if (!isDay(transfer.executionOn))
      reasons.push('execution_day_invalid')
    if (!isReference(transfer.endToEndId))
      reasons.push('reference_invalid')
    else if (seen.has(transfer.endToEndId))
      reasons.push('reference_twice')
    seen.add(transfer.endToEndId)
    if (reasons.length > 0)
      refused.push({ index, reasons })
  }
  return refused
}
