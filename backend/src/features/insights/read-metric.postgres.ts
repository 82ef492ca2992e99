import type { MetricQuery, MetricResult } from '@comptoir/shared/insights/insights.contract'
import type { MetricId } from '@comptoir/shared/insights/metric'
import { metricCatalogue } from '@comptoir/shared/insights/metric-catalogue'
import type { Caller } from '../../platform/http/caller.ts'
import { keptAnswer } from '../../platform/results/kept-answers.postgres.ts'
import type { Database } from '../../platform/storage/database.ts'
import { needsCost } from './deal-source.postgres.ts'
import { evaluateMetric } from './evaluate-metric.postgres.ts'

/** Of deals, leads, customers and advertising, and of nothing that hangs on a vendor's rights. */
const isOfDeals = (metricId: MetricId): boolean => {
  const metric = metricCatalogue[metricId]
  if (metric.ingredients.length > 0)
    return metric.ingredients.every(isOfDeals)
  return ['customer', 'lead', 'ad_cost'].includes(metric.subject) || metric.subject === 'deal' && !needsCost(metric) && metric.measure !== 'margin_at_risk'
}

/** A number for a page: of large portals those that are slow to count as they were counted last, with that moment. */
export function readMetric(db: Database, caller: Pick<Caller, 'portal' | 'viewer'>, query: MetricQuery, now: Date): Promise<MetricResult> {
  const count = (): Promise<MetricResult> => evaluateMetric(db, caller.portal, caller.viewer, query, now)
  return isOfDeals(query.metricId) ? keptAnswer(db, { caller, question: ['metric', query], now }, count) : count()
}
