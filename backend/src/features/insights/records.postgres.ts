import type { MetricRecords, RecordFilters } from '@comptoir/shared/insights/insights.contract'
import type { MetricDefinition, MetricId } from '@comptoir/shared/insights/metric'
import { metricCatalogue } from '@comptoir/shared/insights/metric-catalogue'
import { addTallies, valueOf } from '@comptoir/shared/insights/tally'
import type { Viewer } from '@comptoir/shared/portal/portal.contract'
import type { Database } from '../../platform/storage/database.ts'
import { toAsk, type InsightPortal } from './ask.ts'
import { dealSource, readDeals } from './deal-records.postgres.ts'
import { purchaseSource, readPurchases } from './purchase-records.postgres.ts'
import { writeCursor } from './record-cursor.ts'
import { totalsOf, usualLimit, type RecordSource } from './record-page.postgres.ts'

/** The records behind a number. Their total is computed from them and not from the rollups: it proves the number. */
export async function readRecords(db: Database, portal: InsightPortal, viewer: Viewer, metricId: MetricId, filters: RecordFilters, now = new Date()): Promise<MetricRecords> {
  const metric = metricCatalogue[metricId]
  const { current } = toAsk(portal, viewer, filters, now)
  const isDeals = metric.subject === 'deal'
  const source = isDeals ? dealSource(metric, current, filters) : purchaseSource(current, filters)
  const [rows, total] = await Promise.all([
    isDeals ? readDeals(db, current, source, filters) : readPurchases(db, current, source, filters),
    filters.after === undefined ? readTotal(db, metric, source, filters) : null,
  ])
  const limit = filters.limit ?? usualLimit
  const page = rows.slice(0, limit)
  const last = page.at(-1)
  return {
    metricId,
    currency: portal.currency,
    total,
    records: page.map(({ rank: _rank, ...record }) => record),
    next: last && rows.length > limit ? writeCursor({ rank: last.rank, id: last.id }) : null,
  }
}

async function readTotal(db: Database, metric: MetricDefinition, source: RecordSource, { leftOut }: RecordFilters): Promise<NonNullable<MetricRecords['total']>> {
  const { rows } = await totalsOf(source, { isByWorth: metric.aggregate === 'median' }).execute(db)
  const tally = addTallies(rows.map(({ worth, records, sum, favourable_records, favourable_sum }) => ({
    records, sum, favourableRecords: favourable_records, favourableSum: favourable_sum,
    histogram: worth === null ? [] : [[worth, records] as const], leftOut: {},
  })))
  if (leftOut !== undefined)
    return { value: null, records: tally.records, sum: 0 }
  return { value: valueOf(metric, tally), records: tally.records, sum: tally.sum }
}
