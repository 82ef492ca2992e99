import { AppError } from '@comptoir/shared/errors'
import type { MetricRecords, RecordFilters } from '@comptoir/shared/insights/insights.contract'
import type { MetricDefinition, MetricId } from '@comptoir/shared/insights/metric'
import { metricCatalogue } from '@comptoir/shared/insights/metric-catalogue'
import { valueOf } from '@comptoir/shared/insights/tally'
import type { Viewer } from '@comptoir/shared/portal/portal.contract'
import type { Database } from '../../platform/storage/database.ts'
import { askOf, type InsightPortal } from './ask.ts'
import { readObstacle } from './figure.postgres.ts'
import { keepLessons, usesLessons } from './lessons.postgres.ts'
import { writeCursor } from './record-cursor.ts'
import { tallyOfTotals, totalsOf, usualLimit, type RecordSource } from './record-page.postgres.ts'
import { readRows, sourceOf } from './sources.postgres.ts'

/** The records behind a number. Their total is computed from them and not from the rollups: it proves the number. */
export async function readRecords(db: Database, portal: InsightPortal, viewer: Viewer, metricId: MetricId, filters: RecordFilters, now = new Date()): Promise<MetricRecords> {
  const metric = metricCatalogue[metricId]
  const { current } = await askOf(db, portal, viewer, filters, now)
  if (metric.drill === 'ingredients')
    throw new AppError('request.invalid', { details: { reason: 'formula', metricId, ingredients: [...metric.ingredients] } })
  if (await readObstacle(db, metric, current))
    return { metricId, currency: portal.currency, total: { value: null, records: 0, sum: 0 }, records: [], next: null }
  if (usesLessons(metric))
    await keepLessons(db, current)
  const source = sourceOf(metric, current, filters)
  const [rows, total] = await Promise.all([
    readRows(db, current, source, filters),
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
  const { rows } = await totalsOf(source, { split: { kind: 'none' }, aggregate: leftOut === undefined ? metric.aggregate : 'sum' }).execute(db)
  const tally = tallyOfTotals(rows)
  if (leftOut !== undefined)
    return { value: null, records: tally.records, sum: 0 }
  return { value: valueOf(metric, tally), records: tally.records, sum: tally.sum }
}
