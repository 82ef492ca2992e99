import type { MetricFilters } from '@comptoir/shared/insights/insights.contract'
import { metricIds, type MetricId } from '@comptoir/shared/insights/metric'
import { metricNames } from '@comptoir/shared/insights/metric-names'
import { toMajor, toMinor } from '@comptoir/shared/money'
import type { ComparedFactor, ComparedPart, ComparedSide, Comparison } from '@comptoir/shared/segments/comparison.contract'
import { formatDays } from '../../platform/format/dates.ts'
import { formatCompact, formatCompactMoney, formatMoney, formatNumber, formatPercent, formatRoundMoney, NO_VALUE } from '../../platform/format/format.ts'
import { t, textLanguage } from '../../platform/i18n/i18n.ts'
import type { ComparisonDimension } from './use-comparison.ts'

type Unit = Comparison['unit']
type Measured = Pick<Comparison, 'unit' | 'currency'>

export const metricName = (id: MetricId): string => metricNames[textLanguage() === 'fr' ? 'fr' : 'en'][id]

export function writeValue({ unit, currency }: { readonly unit: Unit, readonly currency: string | null }, value: number | null): string {
  if (value === null)
    return NO_VALUE
  switch (unit) {
    case 'money': return formatMoney({ minor: Math.round(value), currency: currency ?? '' })
    case 'percent': return formatPercent(value, { isInColumn: true })
    case 'hours':
    case 'days':
    case 'months': return t(`ui.spans.${unit}`, { count: Math.round(value * 10) / 10 })
    case 'ratio': return formatNumber(value, { digits: 0, upTo: 2 })
    case 'count': return formatNumber(value, { digits: Number.isInteger(value) ? 0 : 1 })
  }
}

/** Whole units of the currency: for the two sides and for sentences; tables keep the cents. */
export const writeRound = (measured: Measured, value: number | null): string =>
  measured.unit === 'money' && value !== null ? formatRoundMoney({ minor: Math.round(value), currency: measured.currency ?? '' }) : writeValue(measured, value)

/** With its sign; shares in points. */
export function writeDifference(measured: Measured, value: number | null, write = writeValue): string {
  if (value === null)
    return NO_VALUE
  const sign = value > 0 ? '+' : ''
  return measured.unit === 'percent'
    ? t('segments.compare.points', { value: `${sign}${formatNumber(Math.round(value * 1000) / 10, { digits: 1 })}` })
    : `${sign}${write(measured, value)}`
}

/** Charts count in whole units of the currency, and shares in points. */
export const toChart = ({ unit, currency }: Measured, value: number): number =>
  unit === 'money' ? toMajor(value, currency ?? '') : unit === 'percent' ? value * 100 : value

export const writeCharted = (measured: Measured, value: number): string => measured.unit === 'money'
  ? formatMoney({ minor: toMinor(value, measured.currency ?? '') ?? 0, currency: measured.currency ?? '' })
  : measured.unit === 'percent' ? t('segments.compare.points', { value: formatNumber(value, { digits: 1 }) }) : writeValue(measured, value)

export const writeTick = ({ unit, currency }: Measured, value: number): string =>
  unit === 'money' ? formatCompactMoney({ minor: toMinor(value, currency ?? '') ?? 0, currency: currency ?? '' }) : formatCompact(value)

export function daysWords({ from, to }: ComparedSide['days']): string {
  if (from === null || to === null)
    return t('segments.compare.allDays')
  return formatDays(from, to)
}

export const sideName = (side: ComparedSide, mode: 'periods' | 'segments'): string =>
  mode === 'periods' ? daysWords(side.days) : side.segment ?? t('ui.segment.all')

const isMetric = (name: ComparedFactor['name']): name is MetricId => (metricIds as readonly string[]).includes(name)
export const factorName = ({ name }: Pick<ComparedFactor, 'name'>): string => isMetric(name) ? metricName(name) : t(`segments.compare.factors.${name}`)

export function partName({ key, label, group, isRest }: ComparedPart): string {
  if (isRest)
    return t('segments.compare.rest')
  const name = label || (key === '' || key === '0' || key === 'none' ? t('segments.compare.none') : key)
  return group ? `${group} › ${name}` : name
}

/** The comparison in two sentences: what happened, and what did it. */
export function comparisonSentences(comparison: Comparison, mode: 'periods' | 'segments', by: ComparisonDimension | ''): string[] {
  const { before, after, difference, change } = comparison
  const metric = metricName(comparison.metricId)
  if (difference === null)
    return [t('segments.compare.unknown', { metric })]
  const names = { metric, before: sideName(before, mode), after: sideName(after, mode), was: writeRound(comparison, before.value), is: writeRound(comparison, after.value) }
  const share = change === null || comparison.unit === 'percent' ? '' : ` (${change > 0 ? '+' : ''}${formatPercent(change)})`
  return [
    difference === 0 ? t('segments.compare.same', names) : t('segments.compare.changed', { ...names, difference: `${writeDifference(comparison, difference, writeRound)}${share}` }),
    ...driverSentence(comparison, (comparison.factors ?? []).map(factor => ({ name: factorName(factor), contribution: factor.contribution })), 'factor'),
    ...by === '' ? [] : driverSentence(comparison, (comparison.parts ?? []).filter(({ isRest }) => !isRest).map(part => ({ name: partName(part), contribution: part.contribution })), by),
  ]
}

interface Driver { readonly name: string, readonly contribution: number }

function driverSentence(comparison: Comparison, drivers: readonly Driver[], of: 'factor' | ComparisonDimension): string[] {
  const sorted = [...drivers].filter(({ contribution }) => contribution !== 0).sort((a, b) => Math.abs(b.contribution) - Math.abs(a.contribution))
  const [first] = sorted
  if (!first)
    return []
  const against = sorted.find(({ contribution }) => Math.sign(contribution) !== Math.sign(first.contribution))
  const names = { kind: t(`segments.compare.drivers.${of}`), first: first.name, share: writeDifference(comparison, first.contribution, writeRound) }
  return [against
    ? t('segments.compare.drivenAgainst', { ...names, against: against.name, back: writeDifference(comparison, against.contribution, writeRound) })
    : t('segments.compare.driven', names)]
}

/** Where the records of one side are listed. */
export function recordsLink(metricId: MetricId, { period, from, to, segmentId }: MetricFilters): string {
  const query = new URLSearchParams({ ...period !== 'last_12_months' && { period }, ...from && to && { from, to }, ...segmentId && { segment: segmentId }, records: metricId })
  return `/insights?${query}`
}
