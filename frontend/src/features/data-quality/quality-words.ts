import type { FlawedRecord, QualityCheck, QualitySource } from '@comptoir/shared/data-quality/data-quality.contract'
import type { QualityCheckId } from '@comptoir/shared/data-quality/quality-checks'
import { shareOf } from '@comptoir/shared/data-quality/quality-score'
import { codeText } from '../../platform/error-text.ts'
import { formatDate, formatDateTime, formatMonth } from '../../platform/format/dates.ts'
import { formatList, formatMoney, formatNumber, formatPercent } from '../../platform/format/format.ts'
import { t } from '../../platform/i18n/i18n.ts'
import type { StatusTone } from '../../ui/StatusBadge.vue'

export const checkName = (checkId: QualityCheckId): string => t(`quality.checks.${checkId}.label`)

export const verdictTones: Readonly<Record<QualityCheck['verdict'], StatusTone>> = { good: 'success', attention: 'warning', bad: 'alert', unknown: 'neutral' }

/** From 90 on nothing distorts much; below 70 figures should be read with care. */
export function scoreTone(score: number | null): StatusTone {
  if (score === null)
    return 'neutral'
  return score >= 90 ? 'success' : score >= 70 ? 'warning' : 'alert'
}

export const foundText = (check: QualityCheck): string =>
  t('quality.found', { count: formatNumber(check.count), examined: formatNumber(check.examined), share: formatPercent(shareOf(check)) })

/** What is at stake; null where an amount says nothing. */
export function worthText({ amountMinor, totalMinor }: QualityCheck, sourceId: QualitySource['sourceId'], currency: string): string | null {
  if (!amountMinor || !totalMinor || (sourceId !== 'deals' && sourceId !== 'invoices'))
    return null
  return t(`quality.worth.${sourceId}`, { share: formatPercent(amountMinor / totalMinor), amount: formatMoney({ minor: amountMinor, currency }) })
}

export const isDifferent = ({ freshness }: QualitySource): boolean =>
  freshness?.portalCount !== undefined && freshness.portalCount !== null && freshness.mirrorCount !== null && freshness.portalCount !== freshness.mirrorCount

/** How fresh a source is, whether both sides count the same, and where it has gaps: one line each. */
export function standingLines(source: QualitySource): string[] {
  const { freshness, newestOn, emptyMonths } = source
  const lines = freshness === null ? [t(source.sourceId === 'outside' ? 'quality.freshness.outside' : 'quality.freshness.own')] : [readingText(freshness), countText(source)]
  const newest = newestOn && t('quality.freshness.newest', { day: formatDate(newestOn) })
  const gaps = emptyMonths.length > 0 ? t('quality.freshness.gaps', { months: formatList(emptyMonths.map(formatMonth)) }) : null
  return [...lines, newest, gaps].filter(line => line !== null)
}

function readingText({ readUpTo, errorCode }: NonNullable<QualitySource['freshness']>): string {
  if (errorCode !== null) {
    return t('quality.freshness.failed', { error: codeText(errorCode) })
  }
  return readUpTo === null ? t('quality.freshness.never') : t('quality.freshness.readUpTo', { at: formatDateTime(readUpTo) })
}

function countText(source: QualitySource): string | null {
  const { portalCount = null, mirrorCount = null, countedAt = null } = source.freshness ?? {}
  if (portalCount === null || mirrorCount === null)
    return null
  const at = formatDateTime(countedAt)
  return isDifferent(source)
    ? t('quality.freshness.differ', { portal: formatNumber(portalCount), mirror: formatNumber(mirrorCount), at })
    : t('quality.freshness.equal', { count: formatNumber(portalCount), at })
}

const cards: Readonly<Partial<Record<FlawedRecord['kind'], (id: string) => string>>> = {
  deal: id => `/crm/deal/details/${id}/`,
  company: id => `/crm/company/details/${id}/`,
  lead: id => `/crm/lead/details/${id}/`,
  invoice: id => `/crm/type/31/details/${id}/`,
}

/** The record's card in the portal; null for what has its page here. */
export const cardPath = ({ kind, id }: Pick<FlawedRecord, 'kind' | 'id'>): string | null => cards[kind]?.(id) ?? null

export const pagePath = ({ kind, id }: Pick<FlawedRecord, 'kind' | 'id'>): string => kind === 'source' ? '/sources' : `/vendors/${id}`

const dayNames: Partial<Record<QualityCheckId, 'close' | 'moved' | 'created' | 'spent' | 'read'>> = {
  deals_past_close: 'close', deals_stale: 'moved', companies_same_name: 'created', companies_same_identifier: 'created',
  leads_without_source: 'created', invoices_without_due: 'created', invoices_rate: 'created', purchases_unpriced: 'spent', outside_late: 'read',
  outside_twice: 'read', outside_rate: 'read',
}

/** What the day of a record means for this check; null where there is none. */
export function dayName(checkId: QualityCheckId): string | null {
  const name = dayNames[checkId]
  return name === undefined ? null : t(`quality.records.on.${name}`)
}
