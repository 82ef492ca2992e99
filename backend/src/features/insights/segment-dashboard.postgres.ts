import type { Dashboard, MetricFilters, MetricQuery, MetricResult } from '@comptoir/shared/insights/insights.contract'
import type { Viewer } from '@comptoir/shared/portal/portal.contract'
import type { Database } from '../../platform/storage/database.ts'
import { daysOf, type AskedPeriods, type InsightPortal } from './ask.ts'
import { evaluateMetric } from './evaluate-metric.postgres.ts'
import { readFreshness } from './freshness.postgres.ts'

interface SegmentQuestion {
  readonly portal: InsightPortal
  readonly viewer: Viewer
  readonly filters: MetricFilters
  readonly asked: AskedPeriods
  readonly now: Date
}

/** The first page's numbers over a segment: nothing is added up beforehand for it, so each is counted from its records. */
export async function segmentDashboard(db: Database, { portal, viewer, filters, asked, now }: SegmentQuestion): Promise<Dashboard> {
  const ask = (query: Pick<MetricQuery, 'metricId' | 'by'>): Promise<MetricResult> => evaluateMetric(db, portal, viewer, { ...filters, ...query }, now)
  const [freshness, revenueWon, dealsWon, winRate, averageDeal, salesCycle, pipelineOpen, spendTotal, topVendors] = await Promise.all([
    readFreshness(db, portal.id),
    ask({ metricId: 'revenue_won', by: 'time' }), ask({ metricId: 'deals_won' }), ask({ metricId: 'win_rate' }), ask({ metricId: 'average_deal' }),
    ask({ metricId: 'sales_cycle' }), ask({ metricId: 'pipeline_open', by: 'stage' }), ask({ metricId: 'spend_total', by: 'time' }), ask({ metricId: 'spend_total', by: 'vendor' }),
  ])
  return {
    currency: portal.currency, days: daysOf(asked.current.range), scope: asked.current.scope, freshness,
    revenueWon, dealsWon, winRate, averageDeal, salesCycle, pipelineOpen, spendTotal, topVendors: { ...topVendors, parts: topVendors.parts.slice(0, 10) },
  }
}
