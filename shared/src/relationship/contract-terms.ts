import { isFrenchBusinessDay, previousBusinessDay, type Calendar } from '../calendar/business-days.ts'
import { addDays, addMonths, type Day } from '../insights/calendar.ts'

export const noticeUnits = ['days', 'months'] as const
export type NoticeUnit = (typeof noticeUnits)[number]

export const contractStatuses = ['draft', 'signed', 'terminated', 'ended'] as const
export type ContractStatus = (typeof contractStatuses)[number]

/** What the paper says about time. */
export interface ContractTerms {
  readonly startsOn: Day
  /** Last day of the first term; null = without end. */
  readonly endsOn: Day | null
  /** How much notice is asked for, in `noticeUnit`; null = none was agreed. */
  readonly noticeDays: number | null
  readonly noticeUnit: NoticeUnit
  readonly isTacitlyRenewed: boolean
  readonly renewalMonths: number | null
}

/** What has happened to it since. */
export interface ContractCourse extends ContractTerms {
  readonly signedOn: Day | null
  readonly noticeGivenOn: Day | null
  /** Last day of a contract that was ended before its term. */
  readonly terminatedOn: Day | null
}

export interface ContractDates {
  /** Last day of the running term; null = without end. */
  readonly currentEndsOn: Day | null
  /** The business day on which notice must have been given at the latest; null when there is nothing to give notice for. */
  readonly noticeOn: Day | null
  /** The day by the contract's own count, before a day off moved it forward. */
  readonly strictNoticeOn: Day | null
  /** The term that `noticeOn` ends; later than the running term once that one can no longer be stopped. */
  readonly noticeEndsOn: Day | null
  /** The running term is followed by another one whatever happens: its last day of notice has passed. */
  readonly isRenewalCertain: boolean
}

/** A contract of one-month terms signed a lifetime ago still has a last term. */
const mostTerms = 2_000

const renewal = ({ isTacitlyRenewed, renewalMonths }: ContractTerms): number =>
  isTacitlyRenewed && renewalMonths !== null && renewalMonths > 0 ? renewalMonths : 0

/** Last day of a term, counted from the first one. A term that ends with a month is followed by one that does: 30 April by 31 May, 28 February by 29. */
function termEnd(terms: ContractTerms, endsOn: Day, term: number): Day {
  const dayAfter = addDays(endsOn, 1)
  const months = term * renewal(terms)
  return dayAfter.endsWith('-01') ? addDays(addMonths(dayAfter, months), -1) : addMonths(endsOn, months)
}

/** By the contract's own count: "three months before 31 December" is 30 September. */
function strictNotice({ noticeDays, noticeUnit }: ContractTerms, end: Day): Day | null {
  if (noticeDays === null)
    return null
  return noticeUnit === 'months' ? addMonths(end, -noticeDays) : addDays(end, -noticeDays)
}

function firstTerm(terms: ContractTerms, endsOn: Day, isEnough: (end: Day) => boolean): number {
  if (renewal(terms) === 0)
    return 0
  let term = 0
  while (term < mostTerms && !isEnough(termEnd(terms, endsOn, term)))
    term++
  return term
}

/** What follows from the terms on a day. A notice that comes too late ends the next term, not the running one. */
export function contractDates(contract: ContractCourse, asOf: Day, isOpen: Calendar = isFrenchBusinessDay): ContractDates {
  const { endsOn, noticeGivenOn } = contract
  if (endsOn === null)
    return { currentEndsOn: null, noticeOn: null, strictNoticeOn: null, noticeEndsOn: null, isRenewalCertain: false }
  const inTime = (day: Day) => (end: Day): boolean => (strictNotice(contract, end) ?? end) >= day
  if (noticeGivenOn !== null)
    return datesOf(contract, termEnd(contract, endsOn, firstTerm(contract, endsOn, inTime(noticeGivenOn))), null, isOpen)
  const current = termEnd(contract, endsOn, firstTerm(contract, endsOn, end => end >= asOf))
  const next = termEnd(contract, endsOn, firstTerm(contract, endsOn, inTime(asOf)))
  return datesOf(contract, current, next, isOpen)
}

function datesOf(contract: ContractTerms, current: Day, next: Day | null, isOpen: Calendar): ContractDates {
  const strict = strictNotice(contract, next ?? current)
  return {
    currentEndsOn: current,
    noticeOn: strict && previousBusinessDay(strict, isOpen),
    strictNoticeOn: strict,
    noticeEndsOn: strict && (next ?? current),
    isRenewalCertain: renewal(contract) > 0 && next !== null && next > current,
  }
}

/** The status that the dates give; a contract counts until its last day is over. */
export function contractStatus(contract: ContractCourse, asOf: Day): ContractStatus {
  if (contract.signedOn === null)
    return 'draft'
  if (contract.terminatedOn !== null && contract.terminatedOn < asOf)
    return 'terminated'
  const { currentEndsOn } = contractDates(contract, asOf)
  return currentEndsOn !== null && currentEndsOn < asOf ? 'ended' : 'signed'
}

export const contractPhases = ['draft', 'upcoming', 'running', 'ending', 'terminated', 'ended'] as const
export type ContractPhase = (typeof contractPhases)[number]

/** What a person calls it: a signed contract may not have begun yet, or be on its way out. */
export function contractPhase(contract: ContractCourse, asOf: Day): ContractPhase {
  const status = contractStatus(contract, asOf)
  if (status !== 'signed')
    return status
  if (contract.startsOn > asOf)
    return 'upcoming'
  return contract.terminatedOn !== null || contract.noticeGivenOn !== null ? 'ending' : 'running'
}

export type TermsFault = 'end_before_start' | 'renewal_needs_end' | 'renewal_needs_months' | 'notice_needs_end' | 'notice_too_long'

/** What cannot be meant. */
export function termsFaults(terms: ContractTerms): readonly TermsFault[] {
  const { startsOn, endsOn, noticeDays, isTacitlyRenewed, renewalMonths } = terms
  if (endsOn === null)
    return [...isTacitlyRenewed ? ['renewal_needs_end' as const] : [], ...noticeDays !== null ? ['notice_needs_end' as const] : []]
  const strict = strictNotice(terms, termEnd(terms, endsOn, isTacitlyRenewed ? 1 : 0))
  return [
    ...endsOn < startsOn ? ['end_before_start' as const] : [],
    ...isTacitlyRenewed && !renewalMonths ? ['renewal_needs_months' as const] : [],
    ...strict !== null && strict < startsOn ? ['notice_too_long' as const] : [],
  ]
}
