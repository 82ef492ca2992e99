import type { Selectable } from 'kysely'
import { satisfies, type VendorRights } from '@comptoir/shared/access/rights'
import type { Calendar } from '@comptoir/shared/calendar/business-days'
import type { Day } from '@comptoir/shared/insights/calendar'
import type { Contract, DocumentLink } from '@comptoir/shared/relationship/contract.contract'
import { contractDates, contractPhase, contractStatus } from '@comptoir/shared/relationship/contract-terms'
import type { RelationshipTables } from '../../platform/storage/tables/relationship.ts'
import type { ContractPatch, ContractState } from './contract.ts'
import type { People } from './people.postgres.ts'

export type ContractRecord = Selectable<RelationshipTables['contracts']>

const columnOf = {
  title: 'title', number: 'number', startsOn: 'starts_on', endsOn: 'ends_on', noticeDays: 'notice_days', noticeUnit: 'notice_unit',
  isTacitlyRenewed: 'is_tacitly_renewed', renewalMonths: 'renewal_months', amountMinor: 'amount_minor', currency: 'currency',
  amountPeriod: 'amount_period', ownerUserId: 'owner_user_id', note: 'note',
  signedOn: 'signed_on', noticeGivenOn: 'notice_given_on', terminatedOn: 'terminated_on', terminationReason: 'termination_reason',
} as const

export const toState = (row: ContractRecord): ContractState => ({
  contractId: row.contract_id,
  vendorId: row.vendor_id,
  title: row.title,
  number: row.number,
  startsOn: row.starts_on,
  endsOn: row.ends_on,
  noticeDays: row.notice_days,
  noticeUnit: row.notice_unit,
  isTacitlyRenewed: row.is_tacitly_renewed,
  renewalMonths: row.renewal_months,
  amountMinor: row.amount_minor,
  currency: row.currency,
  amountPeriod: row.amount_period,
  ownerUserId: row.owner_user_id,
  documents: row.documents as DocumentLink[],
  note: row.note,
  status: row.status,
  signedOn: row.signed_on,
  noticeGivenOn: row.notice_given_on,
  terminatedOn: row.terminated_on,
  terminationReason: row.termination_reason,
  version: row.version,
})

/** The columns a patch writes, with those that follow from the terms on that day. */
export function toColumns(patch: ContractPatch, whole: ContractState, on: CompanyDay) {
  const typed = Object.entries(columnOf).flatMap(([field, column]) => {
    const value = patch[field as keyof typeof columnOf]
    return value === undefined ? [] : [[column, value] as const]
  })
  return {
    ...Object.fromEntries(typed) as Partial<Omit<ContractRecord, 'documents'>>,
    ...patch.documents !== undefined && { documents: JSON.stringify(patch.documents) },
    ...derivedColumns(whole, on),
  }
}

/** A day, and on which days the company works. */
export interface CompanyDay { readonly asOf: Day, readonly isOpen: Calendar }

export function derivedColumns(contract: ContractState, { asOf, isOpen }: CompanyDay) {
  const { currentEndsOn, noticeOn } = contractDates(contract, asOf, isOpen)
  return { status: contractStatus(contract, asOf), current_ends_on: currentEndsOn, notice_on: noticeOn }
}

interface Shown extends CompanyDay { readonly people: People, readonly rights: VendorRights }

export function toContract(row: ContractRecord, { asOf, isOpen, people, rights }: Shown): Contract {
  const { version, ...state } = toState(row)
  const maySeeAmounts = satisfies(rights, { group: 'prices' })
  const amount = row.amount_minor === null || row.currency === null ? null : { minor: row.amount_minor, currency: row.currency }
  return {
    ...state,
    ...!maySeeAmounts && { amountMinor: null, currency: null },
    ...contractDates(state, asOf, isOpen),
    status: contractStatus(state, asOf),
    phase: contractPhase(state, asOf),
    amount: maySeeAmounts ? amount : null,
    isAmountHidden: !maySeeAmounts,
    owner: people(row.owner_user_id),
    version,
    updatedAt: row.updated_at.toISOString(),
    updatedBy: people(row.updated_by),
  }
}
