import type { MetricQuery, MetricResult } from '@comptoir/shared/insights/insights.contract'
import { metricCatalogue } from '@comptoir/shared/insights/metric-catalogue'
import type { Caller } from '../../platform/http/caller.ts'
import { keptAnswer } from '../../platform/results/kept-answers.postgres.ts'
import type { Database } from '../../platform/storage/database.ts'
import { evaluateMetric } from './evaluate-metric.postgres.ts'

/** Of deals and customers, and of nothing that hangs on a vendor's rights. */
const isOfDeals = ({ metricId }: MetricQuery): boolean => {
  const { subject, measure, favourable } = metricCatalogue[metricId]
  return subject === 'customer' || subject === 'deal' && measure !== 'margin' && measure !== 'margin_at_risk' && favourable !== 'with_cost'
}

/** A number for a page: of large portals those that are slow to count as they were counted last, with that moment. */
export function readMetric(db: Database, caller: Pick<Caller, 'portal' | 'viewer'>, query: MetricQuery, now: Date): Promise<MetricResult> {
  const count = (): Promise<MetricResult> => evaluateMetric(db, caller.portal, caller.viewer, query, now)
  return isOfDeals(query) ? keptAnswer(db, { caller, question: ['metric', query], now }, count) : count()
}
