import type { CheckState, WatchRule } from '@comptoir/shared/alerts/watch'
import { isQuality, type WatchMetric, type WatchUnit } from '@comptoir/shared/alerts/watch-metrics'
import type { Watch, WatchInput } from '@comptoir/shared/alerts/watch.contract'
import { metricCatalogue } from '@comptoir/shared/insights/metric-catalogue'
import { formatMoney, formatNumber, formatPercent, NO_VALUE } from '../../platform/format/format.ts'
import { t } from '../../platform/i18n/i18n.ts'
import type { StatusTone } from '../../ui/StatusBadge.vue'

export const stateTones: Record<CheckState | 'chance', StatusTone> = { quiet: 'success', rang: 'alert', cooling: 'warning', chance: 'info', unknown: 'neutral' }

export function valueWords(value: number | null, unit: WatchUnit, currency: string): string {
  if (value === null)
    return NO_VALUE
  switch (unit) {
    case 'money': return formatMoney({ minor: Math.round(value), currency })
    case 'percent': return formatPercent(value)
    case 'count': return formatNumber(value, { digits: 0 })
    case 'ratio':
    case 'hours':
    case 'days':
    case 'months': return formatNumber(value, { digits: 1 })
  }
}

/** A watch as one sentence. */
export function watchSentence({ metric, rule }: Pick<Watch | WatchInput, 'metric' | 'rule'>, unit: WatchUnit, currency: string): string {
  const name = t(`watches.metrics.${metric}`)
  const shown = (value: number) => valueWords(value, unit, currency)
  const known = rule as WatchRule
  switch (known.kind) {
    case 'threshold':
    case 'quality': return t('watches.sentence.threshold', { metric: name, side: t(`watches.sides.${known.direction}`), value: shown(known.value) })
    case 'target': return t('watches.sentence.target', { metric: name, side: t(`watches.sides.${known.direction}`), value: shown(known.value) })
    case 'band': return t(known.floor > 0 ? 'watches.sentence.band' : 'watches.sentence.bandAny', { metric: name, way: t(`watches.ways.${known.direction}`), floor: shown(known.floor) })
    case 'change': return t(known.floor > 0 ? 'watches.sentence.change' : 'watches.sentence.changeAny', {
      metric: name, way: t(`watches.ways.${known.direction}`), share: formatPercent(known.share), floor: shown(known.floor), against: t(`watches.against.${known.against}`),
    })
  }
}

/** Under what a figure stands in the list of all; shares of incomplete records are of no family. */
export const familyName = (metric: WatchMetric): string =>
  isQuality(metric) ? t('app.nav.data-quality') : t(`ui.families.${metricCatalogue[metric].family}`)
