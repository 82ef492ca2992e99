import type { Verdict, WatchKind, WatchRule } from '@comptoir/shared/alerts/watch'
import type { WatchMetric, WatchUnit } from '@comptoir/shared/alerts/watch-metrics'
import { metricNames } from '@comptoir/shared/insights/metric-names'
import type { MetricId } from '@comptoir/shared/insights/metric'
import type { NoticeKindId } from '@comptoir/shared/notices/kinds'
import type { NoticeParams, NoticeValue } from '@comptoir/shared/notices/notice-text'

/** What a metric is called where a notice is read. */
const qualityNames: Partial<Record<WatchMetric, { fr: string, en: string }>> = {
  purchases_unpriced: { fr: 'Achats sans cours de change', en: 'Purchases without a rate' },
  deals_without_amount: { fr: 'Affaires sans montant', en: 'Deals without an amount' },
}

const nameOf = (metric: WatchMetric): { fr: string, en: string } =>
  qualityNames[metric] ?? { fr: metricNames.fr[metric as MetricId], en: metricNames.en[metric as MetricId] }

export const kindOf: Record<WatchKind, NoticeKindId> = {
  threshold: 'watch_threshold', change: 'watch_change', band: 'watch_band', target: 'watch_target', quality: 'watch_quality',
}

export function paramsOf(metric: WatchMetric, rule: WatchRule, verdict: Verdict, { unit, currency }: { unit: WatchUnit, currency: string | null }): NoticeParams {
  const shown = (value: number | null): NoticeValue => value === null ? null : valueIn(value, unit, currency)
  return {
    subject: nameOf(metric),
    value: shown(verdict.value),
    period: rule.kind === 'target' ? verdict.month.slice(0, 4) : monthNames(verdict.month),
    ...('value' in rule && { threshold: shown(rule.value) }),
    ...(rule.kind === 'change' && { previous: shown(verdict.previous), change: changeIn(verdict, unit) }),
    ...(verdict.band && { low: shown(Math.round(verdict.band.low)), high: shown(Math.round(verdict.band.high)) }),
  }
}

function valueIn(value: number, unit: WatchUnit, currency: string | null): NoticeValue {
  switch (unit) {
    case 'money': return { minor: Math.round(value), currency: currency ?? 'EUR' }
    case 'percent': return { share: value }
    case 'count': return Math.round(value)
    case 'ratio': return inTongues(value, { fr: '', en: '' })
    case 'hours': return inTongues(value, { fr: ' h', en: ' hours' })
    case 'days': return inTongues(value, { fr: ' j', en: ' days' })
    case 'months': return inTongues(value, { fr: ' mois', en: ' months' })
  }
}

function inTongues(value: number, { fr, en }: { fr: string, en: string }): NoticeValue {
  const tenths = Math.round(value * 10) / 10
  return { fr: `${String(tenths).replace('.', ',')}${fr}`, en: `${tenths}${en}` }
}

/** From nothing there is no percentage. */
function changeIn({ change, value, previous }: Verdict, unit: WatchUnit): NoticeValue {
  if (change === null || value === null || previous === null)
    return { fr: 'forte variation', en: 'marked change' }
  const sign = change > 0 ? '+' : '-'
  if (unit === 'percent') {
    const points = Math.abs(Math.round((value - previous) * 1000) / 10)
    return { fr: `${sign}${String(points).replace('.', ',')} points`, en: `${sign}${points} points` }
  }
  const share = Math.abs(Math.round(change * 1000) / 10)
  return { fr: `${sign}${String(share).replace('.', ',')}\u00A0%`, en: `${sign}${share}%` }
}

const monthNames = (month: string): NoticeValue => {
  const write = (language: string) => new Intl.DateTimeFormat(language, { month: 'long', year: 'numeric', timeZone: 'UTC' }).format(new Date(`${month}T00:00:00Z`))
  return { fr: write('fr'), en: write('en') }
}
