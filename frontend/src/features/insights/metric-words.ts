import type { BucketKind } from '@comptoir/shared/insights/bucket'
import type { Days, MetricPart, MetricResult } from '@comptoir/shared/insights/insights.contract'
import { toMajor, toMinor } from '@comptoir/shared/money'
import type { AgeingBucket } from '@comptoir/shared/payments/ageing'
import { formatDate, formatMonth, formatShortDate, formatShortMonth } from '../../platform/format/dates.ts'
import { formatCompact, formatCompactMoney, formatMoney, formatNumber, formatPercent, formatRoundMoney, NO_VALUE } from '../../platform/format/format.ts'
import { t, type MessageKey } from '../../platform/i18n/i18n.ts'

type Measured = Pick<MetricResult, 'unit' | 'currency'>

/** As a tile shows it. */
export function writeValue({ unit, currency }: Measured, value: number | null): string {
  if (value === null)
    return NO_VALUE
  switch (unit) {
    case 'money': return formatRoundMoney({ minor: value, currency: currency ?? '' })
    case 'percent': return formatPercent(value, { digits: 2 })
    case 'hours':
    case 'days':
    case 'months': return t(`ui.spans.${unit}`, { count: Math.round(value * 10) / 10 })
    case 'ratio': return formatNumber(value, { digits: 0, upTo: 2 })
    // An index, too: nobody reads its decimals.
    case 'count': return formatNumber(value, { upTo: 0 })
  }
}

/** To the cent, for a sum that is checked against its rows. */
export const writeExact = (measured: Measured, value: number | null): string =>
  measured.unit === 'money' && value !== null ? formatMoney({ minor: value, currency: measured.currency ?? '' }) : writeValue(measured, value)

/** Charts count in whole units of the currency. */
export const toChart = ({ unit, currency }: Measured, value: number | null): number | null =>
  value !== null && unit === 'money' ? toMajor(value, currency ?? '') : value

export const writeChartValue = (measured: Measured, value: number): string =>
  writeExact(measured, measured.unit === 'money' ? toMinor(value, measured.currency ?? '') : value)

export const writeTick = ({ unit, currency }: Measured, value: number): string => {
  if (unit === 'percent')
    return formatPercent(value, { digits: 0 })
  const minor = unit === 'money' ? toMinor(value, currency ?? '') : null
  return minor === null ? formatCompact(value) : formatCompactMoney({ minor, currency: currency ?? '' })
}

export function bucketLabel(bucket: BucketKind, key: string): string {
  switch (bucket) {
    case 'day': return formatShortDate(key)
    case 'week': return t('insights.bucketLabels.week', { day: formatShortDate(key) })
    case 'month': return formatShortMonth(key)
    case 'quarter': return t('insights.bucketLabels.quarter', { quarter: (Number(key.slice(5, 7)) + 2) / 3, year: key.slice(0, 4) })
    case 'year': return key.slice(0, 4)
  }
}

/** Those that belong to nobody and nothing. */
const unnamed: Partial<Record<NonNullable<MetricResult['by']>, MessageKey>> =
  { responsible: 'insights.unassigned', customer: 'insights.withoutCompany', source: 'insights.withoutSource', campaign: 'insights.withoutCampaign' }

function nameOf(by: MetricResult['by'], key: string): string {
  if (by === 'age')
    return t(`insights.ages.${key as AgeingBucket | 'none'}`)
  const nobody = by && (key === '0' || key === 'none') ? unnamed[by] : undefined
  return nobody ? t(nobody) : key
}

/** The part's name as an axis shows it. */
export function partLabel({ bucket, by }: Pick<MetricResult, 'bucket' | 'by'>, { key, label, group, records }: MetricPart): string {
  if (bucket)
    return bucketLabel(bucket, key)
  const name = label ?? nameOf(by, key)
  const full = group === null ? name : `${group || t('insights.filters.pipelineDefault')} › ${name}`
  return by === 'stage' ? `${full} (${formatNumber(records)})` : full
}

/** Whole months by their name, anything else by its first and last day. */
export function daysLabel({ from, to }: Days): string {
  if (from === null || to === null)
    return ''
  if (from === to)
    return formatDate(from)
  const next = new Date(`${to}T00:00:00Z`)
  next.setUTCDate(next.getUTCDate() + 1)
  const isMonth = from.endsWith('-01') && from.slice(0, 7) === to.slice(0, 7) && next.getUTCDate() === 1
  return isMonth ? formatMonth(from) : t('ui.period.range', { from: formatDate(from), to: formatDate(to) })
}
