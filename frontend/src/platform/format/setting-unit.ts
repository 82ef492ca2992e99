import { qualityMetrics } from '@comptoir/shared/alerts/watch-metrics'
import type { FieldDefinition } from '@comptoir/shared/actions/definitions'
import type { RawSettings } from '@comptoir/shared/actions/settings'
import { metricCatalogue } from '@comptoir/shared/insights/metric-catalogue'
import { t } from '../i18n/i18n.ts'
import { portalCurrency } from './format.ts'

const amounts: readonly string[] = ['plannedCost', 'paymentAmount']
const percents: readonly string[] = ['tolerance', 'limit']

/** What the number in a setting of an action counts: €, %, days; undefined where it counts things. */
export function settingUnit({ id, kind }: Pick<FieldDefinition, 'id' | 'kind'>, settings: RawSettings): string | undefined {
  if (amounts.includes(id))
    return portalCurrency()
  if (percents.includes(id))
    return '%'
  return kind === 'number' ? metricUnit(settings.metric) : undefined
}

/** A threshold counts what its metric counts. */
function metricUnit(metric: string | undefined): string | undefined {
  const known = metricCatalogue[metric as keyof typeof metricCatalogue]
  if (!known)
    return qualityMetrics.some(name => name === metric) ? '%' : undefined
  switch (known.unit) {
    case 'money': return portalCurrency()
    case 'percent': return '%'
    case 'hours':
    case 'days':
    case 'months': return t(`actions.settings.${known.unit}`)
    case 'count':
    case 'ratio': return undefined
  }
}
