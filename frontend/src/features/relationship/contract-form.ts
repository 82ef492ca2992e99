import { isFrenchBusinessDay, type Calendar } from '@comptoir/shared/calendar/business-days'
import type { Day } from '@comptoir/shared/insights/calendar'
import { toMajor, toMinor } from '@comptoir/shared/money'
import { contractDates, contractStatus, termsFaults, type ContractDates, type TermsFault } from '@comptoir/shared/relationship/contract-terms'
import type { Contract, NewContract, VendorContracts } from '@comptoir/shared/relationship/contract.contract'
import type { VendorStatus } from '@comptoir/shared/vendors/vendor-status'
import { portalCurrency } from '../../platform/format/format.ts'
import { orNull, wholeOrNull } from './field-classes.ts'

/** A contract as it is typed: every field a text, so that half a date is no error yet. */
export interface TypedContract {
  title: string
  number: string
  startsOn: string
  endsOn: string
  noticeDays: string
  noticeUnit: 'days' | 'months'
  isTacitlyRenewed: boolean
  renewalMonths: string
  amount: string
  currency: string
  amountPeriod: 'total' | 'year' | 'month'
  ownerUserId: string
  isSigned: boolean
  signedOn: string
  note: string
  documents: { name: string, url: string }[]
  change: string
}

const text = (value: string | number | null): string => value === null ? '' : String(value)

export const typedContract = (contract: Contract | null, today: Day): TypedContract => ({
  title: contract?.title ?? '',
  number: text(contract?.number ?? null),
  startsOn: contract?.startsOn ?? today,
  endsOn: text(contract?.endsOn ?? null),
  noticeDays: contract ? text(contract.noticeDays) : '3',
  noticeUnit: contract?.noticeUnit ?? 'months',
  isTacitlyRenewed: contract?.isTacitlyRenewed ?? false,
  renewalMonths: contract ? text(contract.renewalMonths) : '12',
  amount: contract && contract.amountMinor !== null && contract.currency !== null ? String(toMajor(contract.amountMinor, contract.currency)) : '',
  currency: contract?.currency ?? portalCurrency(),
  amountPeriod: contract?.amountPeriod ?? 'total',
  ownerUserId: text(contract?.ownerUserId ?? null),
  isSigned: contract !== null && contract.signedOn !== null,
  signedOn: contract?.signedOn ?? today,
  note: text(contract?.note ?? null),
  documents: contract?.documents.map(document => ({ ...document })) ?? [],
  change: '',
})

/** As the server takes it. A notice period is only counted where there is an end to count from. */
export function readContract(typed: TypedContract): NewContract {
  const endsOn = orNull(typed.endsOn)
  const amount = orNull(String(typed.amount))
  const minor = amount === null ? null : toMinor(Number(amount.replace(',', '.')), typed.currency)
  const isTacitlyRenewed = endsOn !== null && typed.isTacitlyRenewed
  return {
    title: typed.title.trim(),
    number: orNull(typed.number),
    startsOn: typed.startsOn,
    endsOn,
    noticeDays: endsOn === null ? null : wholeOrNull(typed.noticeDays),
    noticeUnit: typed.noticeUnit,
    isTacitlyRenewed,
    renewalMonths: isTacitlyRenewed ? wholeOrNull(typed.renewalMonths) : null,
    amountMinor: minor,
    currency: minor === null ? null : typed.currency,
    amountPeriod: typed.amountPeriod,
    ownerUserId: wholeOrNull(typed.ownerUserId),
    documents: typed.documents.map(({ name, url }) => ({ name: name.trim(), url: url.trim() })).filter(({ url }) => url !== ''),
    note: orNull(typed.note),
    signedOn: typed.isSigned ? orNull(typed.signedOn) : null,
  }
}

export interface LiveTerms { readonly dates: ContractDates | null, readonly faults: readonly TermsFault[] }

/** What follows from the terms while they are typed; the server computes the same. */
export function liveTerms(typed: TypedContract, course: Pick<Contract, 'noticeGivenOn' | 'terminatedOn'> | null, today: Day, isOpen: Calendar = isFrenchBusinessDay): LiveTerms {
  const contract = readContract(typed)
  if (!contract.startsOn)
    return { dates: null, faults: [] }
  const whole = { ...contract, noticeGivenOn: course?.noticeGivenOn ?? null, terminatedOn: course?.terminatedOn ?? null }
  const faults = termsFaults(whole)
  return { dates: faults.length > 0 ? null : contractDates(whole, today, isOpen), faults }
}

/** What saving does to the vendor by the portal's rules; `isAsked`: only where the person wants it. */
export interface ForeseenMove { readonly from: VendorStatus, readonly to: VendorStatus, readonly isAsked: boolean }

export function foreseenMove(typed: TypedContract, contract: Contract | null, { asOf, contracts, moves }: Pick<VendorContracts, 'asOf' | 'contracts' | 'moves'>): ForeseenMove | null {
  const read = readContract(typed)
  const signedOn = contract ? contract.signedOn : read.signedOn
  if (!read.startsOn || signedOn === null || termsFaults(read).length > 0)
    return null
  const status = contractStatus({ ...read, signedOn, noticeGivenOn: contract?.noticeGivenOn ?? null, terminatedOn: contract?.terminatedOn ?? null }, asOf)
  if (status === 'signed')
    return moves.onSignature && contract?.status !== 'signed' ? { ...moves.onSignature, isAsked: false } : null
  const isLast = contracts.every(other => other.status !== 'signed' || other.contractId === contract?.contractId)
  if (!moves.onLastEnd || !isLast || (contract && contract.status !== 'signed'))
    return null
  return { ...moves.onLastEnd, isAsked: contract === null }
}
