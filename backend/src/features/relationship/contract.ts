import { AppError } from '@comptoir/shared/errors'
import type { Day } from '@comptoir/shared/insights/calendar'
import type { ContractFields, NewContract } from '@comptoir/shared/relationship/contract.contract'
import { contractStatus, termsFaults, type ContractCourse, type ContractStatus } from '@comptoir/shared/relationship/contract-terms'

/** A contract as stored, in the contract's spelling. */
export interface ContractState extends ContractFields {
  readonly contractId: string
  readonly vendorId: string
  readonly status: ContractStatus
  readonly signedOn: Day | null
  readonly noticeGivenOn: Day | null
  readonly terminatedOn: Day | null
  readonly terminationReason: string | null
  readonly version: number
}

export type ContractPatch = Partial<ContractFields & Pick<ContractState, 'signedOn' | 'noticeGivenOn' | 'terminatedOn' | 'terminationReason'>>

function requireSense(terms: ContractCourse): void {
  const faults = termsFaults(terms)
  if (faults.length > 0)
    throw new AppError('contract.terms_invalid', { details: { faults } })
}

/** An amount has a currency, and a currency an amount. */
function tidyFields<F extends Partial<ContractFields>>(fields: F): F {
  return {
    ...fields,
    ...fields.title !== undefined && { title: fields.title.trim() },
    ...fields.amountMinor === null && { currency: null },
    ...fields.currency === null && { amountMinor: null },
    ...fields.isTacitlyRenewed === false && { renewalMonths: null },
  }
}

export function newContract(input: NewContract, today: Day): ContractPatch & ContractFields & Pick<ContractState, 'signedOn'> {
  const fields = tidyFields(input)
  requireSense({ ...fields, noticeGivenOn: null, terminatedOn: null })
  if (fields.signedOn !== null && fields.signedOn > today)
    throw new AppError('contract.terms_invalid', { details: { faults: ['signed_in_future'] } })
  return fields
}

export function editContract(contract: ContractState, patch: Partial<ContractFields>): ContractPatch {
  const fields = tidyFields(patch)
  requireSense({ ...contract, ...fields })
  return fields
}

const illegal = (step: string, contract: ContractState): AppError =>
  new AppError('contract.illegal_step', { details: { step, status: contract.status } })

/** Null makes a draft of it again, as long as nothing was built upon the signature. */
export function signContract(contract: ContractState, signedOn: Day | null, today: Day): ContractPatch {
  const isLegal = signedOn === null
    ? contract.status === 'signed' && contract.noticeGivenOn === null && contract.terminatedOn === null
    : contract.status === 'draft' && signedOn <= today
  if (!isLegal)
    throw illegal('sign', contract)
  return { signedOn }
}

/** Notice is given once, for a contract that has an end or renews by itself. */
export function noticeContract(contract: ContractState, givenOn: Day | null, today: Day): ContractPatch {
  const isLegal = givenOn === null
    ? contract.noticeGivenOn !== null && contract.status === 'signed'
    : contract.status === 'signed' && contract.endsOn !== null && contract.noticeGivenOn === null && givenOn <= today
  if (!isLegal)
    throw illegal('notice', contract)
  return { noticeGivenOn: givenOn }
}

/** Taking it back is possible while the contract would still run, whatever was written first. */
export function terminateContract(contract: ContractState, on: Day | null, reason: string | null, today: Day): ContractPatch {
  if (on === null) {
    if (contract.terminatedOn === null || contractStatus({ ...contract, terminatedOn: null }, today) !== 'signed')
      throw illegal('reopen', contract)
    return { terminatedOn: null, terminationReason: null }
  }
  if (contract.status !== 'signed' || on < contract.startsOn || (contract.terminatedOn !== null && contract.terminatedOn < today))
    throw illegal('terminate', contract)
  if (!reason?.trim())
    throw new AppError('contract.reason_required')
  return { terminatedOn: on, terminationReason: reason.trim() }
}
