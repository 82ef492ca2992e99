import { daysBetween, type Day } from '@comptoir/shared/insights/calendar'
import { toMajor } from '@comptoir/shared/money'
import type { Contract, ContractVersion } from '@comptoir/shared/relationship/contract.contract'
import type { ContractPhase } from '@comptoir/shared/relationship/contract-terms'
import { formatDate } from '../../platform/format/dates.ts'
import { formatLocale, formatMoney, formatNumber, NO_VALUE, portalCurrency } from '../../platform/format/format.ts'
import { hasText, t } from '../../platform/i18n/i18n.ts'
import type { StatusTone } from '../../ui/StatusBadge.vue'

export const phaseTones: Readonly<Record<ContractPhase, StatusTone>> = {
  draft: 'neutral', upcoming: 'info', running: 'success', ending: 'warning', terminated: 'alert', ended: 'neutral',
}

export const phaseText = (phase: ContractPhase): string => t(`relationship.contracts.phases.${phase}`)

/** dans 12 jours, hier: always in days, so that two deadlines can be compared. */
export const daysAway = (day: Day, asOf: Day): string =>
  new Intl.RelativeTimeFormat(formatLocale(), { numeric: 'auto' }).format(daysBetween(asOf, day), 'day')

export const periodText = ({ startsOn, currentEndsOn, terminatedOn }: Pick<Contract, 'startsOn' | 'currentEndsOn' | 'terminatedOn'>): string => {
  const to = terminatedOn ?? currentEndsOn
  return to === null
    ? t('relationship.contracts.periodOpen', { from: formatDate(startsOn) })
    : t('relationship.contracts.period', { from: formatDate(startsOn), to: formatDate(to) })
}

/** Whether notice for the running contract can still be given. */
export const isNoticeAhead = ({ noticeOn, noticeGivenOn, terminatedOn, status }: Contract, asOf: Day): boolean =>
  (status === 'signed' || status === 'draft') && noticeOn !== null && noticeGivenOn === null && terminatedOn === null && noticeOn >= asOf

/** What will happen to the contract, in sentences, the most urgent first. */
export function courseTexts(contract: Contract, asOf: Day): readonly string[] {
  const { status, phase, currentEndsOn, noticeOn, strictNoticeOn, noticeEndsOn, noticeGivenOn, terminatedOn, terminationReason, isRenewalCertain, isTacitlyRenewed, renewalMonths } = contract
  const says: string[] = []
  if (terminatedOn !== null)
    says.push(t('relationship.contracts.terminatedOn', { day: formatDate(terminatedOn) }), ...terminationReason ? [t('relationship.contracts.reason', { reason: terminationReason })] : [])
  if (phase === 'terminated' || phase === 'ended' || terminatedOn !== null)
    return says
  if (noticeGivenOn !== null)
    return [t('relationship.contracts.noticeGiven', { day: formatDate(noticeGivenOn), end: formatDate(currentEndsOn) })]
  if (noticeOn !== null && noticeOn >= asOf) {
    says.push(t('relationship.contracts.notice', { day: t('relationship.contracts.noticeIn', { day: formatDate(noticeOn), when: daysAway(noticeOn, asOf) }) }))
    if (strictNoticeOn !== null && strictNoticeOn !== noticeOn)
      says.push(t('relationship.contracts.noticeMoved', { strict: formatDate(strictNoticeOn), day: formatDate(noticeOn) }))
  }
  else if (noticeOn !== null && status === 'signed') {
    says.push(t('relationship.contracts.noticePassed', { day: formatDate(noticeOn), end: formatDate(currentEndsOn) }))
  }
  else if (currentEndsOn !== null) {
    says.push(t('relationship.contracts.noticeNone'))
  }
  if (isRenewalCertain)
    says.push(t('relationship.contracts.renewalCertain', { end: formatDate(currentEndsOn), next: formatDate(noticeEndsOn) }))
  else if (isTacitlyRenewed && renewalMonths !== null && currentEndsOn !== null)
    says.push(t('relationship.contracts.renewal', { end: formatDate(currentEndsOn), count: renewalMonths }))
  return says
}

export const amountText = ({ amount, amountPeriod }: Contract): string | null =>
  amount && t(`relationship.contracts.perPeriod.${amountPeriod}`, { amount: formatMoney(amount) })

export const contractSteps = ['sign', 'notice', 'terminate', 'unsign', 'unnotice', 'reopen'] as const
export type ContractStep = (typeof contractSteps)[number]

/** What may be done with a contract as it stands. */
export function stepsOf(contract: Contract, may: { readonly edit: boolean, readonly terminate: boolean }): readonly ContractStep[] {
  const { status, endsOn, noticeGivenOn, terminatedOn } = contract
  const isRunning = status === 'signed'
  const isUntouched = noticeGivenOn === null && terminatedOn === null
  return contractSteps.filter((step) => {
    switch (step) {
      case 'sign': return may.edit && status === 'draft'
      case 'notice': return may.edit && isRunning && isUntouched && endsOn !== null
      case 'terminate': return may.terminate && isRunning && terminatedOn === null
      case 'unsign': return may.edit && isRunning && isUntouched
      case 'unnotice': return may.edit && isRunning && noticeGivenOn !== null
      case 'reopen': return may.terminate && terminatedOn !== null
    }
  })
}

type Change = ContractVersion['changes'][number]
const days = new Set(['startsOn', 'endsOn', 'signedOn', 'noticeGivenOn', 'terminatedOn', 'currentEndsOn'])

function valueText(field: string, value: unknown): string {
  if (value === null || value === undefined)
    return NO_VALUE
  if (days.has(field))
    return formatDate(String(value))
  if (typeof value === 'boolean')
    return t(value ? 'relationship.contracts.yes' : 'relationship.contracts.no')
  if (field === 'amountMinor' && typeof value === 'number')
    return formatNumber(toMajor(value, portalCurrency()))
  if (Array.isArray(value))
    return value.map(({ name }: { name?: string }) => name ?? '').join(', ') || NO_VALUE
  const key = `relationship.contracts.${{ noticeUnit: 'units', amountPeriod: 'amountPeriods', status: 'statuses' }[field] ?? 'none'}.${String(value)}`
  return hasText(key) ? t(key) : typeof value === 'number' ? formatNumber(value) : String(value)
}

/** One difference between two versions in words. */
export function changeText({ field, from, to }: Change): string {
  if (field === 'contract')
    return t('relationship.contracts.history.created')
  const key = `relationship.contracts.fields.${field}`
  const label = hasText(key) ? t(key) : field
  if (from === null || from === undefined)
    return t('relationship.contracts.history.set', { field: label, to: valueText(field, to) })
  if (to === null || to === undefined)
    return t('relationship.contracts.history.cleared', { field: label, from: valueText(field, from) })
  return t('relationship.contracts.history.from', { field: label, from: valueText(field, from), to: valueText(field, to) })
}
