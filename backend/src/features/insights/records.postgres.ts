import { AppError } from '@comptoir/shared/errors'
import type { MetricRecords, RecordFilters } from '@comptoir/shared/insights/insights.contract'
import type { MetricDefinition, MetricId } from '@comptoir/shared/insights/metric'
import { metricCatalogue } from '@comptoir/shared/insights/metric-catalogue'
import { valueOf } from '@comptoir/shared/insights/tally'
import type { Viewer } from '@comptoir/shared/portal/portal.contract'
import type { Database } from '../../platform/storage/database.ts'
import { askOf, type Ask, type InsightPortal } from './ask.ts'
import { insistOnPart, type OfRecord } from './evaluate-metric.postgres.ts'
import { readObstacle } from './figure.postgres.ts'
import { keepLessons, usesLessons } from './lessons.postgres.ts'
import { lockedTo } from './lock.postgres.ts'
import { isRolledUp, readTally } from './metric-tally.postgres.ts'
import { writeCursor } from './record-cursor.ts'
import { tallyOfTotals, totalsOf, usualLimit, type RecordSource } from './record-page.postgres.ts'
import { readRows, sourceOf } from './sources.postgres.ts'

/** The records behind a number. Their total is computed from them and not from the rollups: it proves the number. */
export async function readRecords(db: Database, portal: InsightPortal, viewer: Viewer, metricId: MetricId, filters: RecordFilters, now = new Date()): Promise<MetricRecords> {
  const { current } = await askOf(db, portal, viewer, filters, now)
  return listRecords(db, current, { metricId, filters })
}

/** The same of one record alone. Whether the viewer may see the record is for the caller to ask. */
export async function readRecordsOfRecord(db: Database, portal: InsightPortal, { viewer, lock, now }: OfRecord, asked: Asked): Promise<MetricRecords> {
  const { current } = lockedTo(lock, await askOf(db, portal, viewer, asked.filters, now))
  return listRecords(db, current, asked)
}

interface Asked { readonly metricId: MetricId, readonly filters: RecordFilters }

async function listRecords(db: Database, current: Ask, { metricId, filters }: Asked): Promise<MetricRecords> {
  const metric = metricCatalogue[metricId]
  if (metric.drill === 'ingredients')
    throw new AppError('request.invalid', { details: { reason: 'formula', metricId, ingredients: [...metric.ingredients] } })
  insistOnPart(metric, filters)
  if (filters.leftOut !== undefined && !metric.leavesOut.includes(filters.leftOut))
    throw new AppError('request.invalid', { details: { reason: 'leftOut', metricId, leftOut: filters.leftOut } })
  if (await readObstacle(db, metric, current))
    return { metricId, currency: current.currency, total: { value: null, records: 0, sum: 0 }, records: [], next: null }
  if (usesLessons(metric))
    await keepLessons(db, current)
  const source = await sourceOf(db, metric, { ask: current, narrowed: filters })
  const [rows, total] = await Promise.all([
    readRows(db, current, source, filters),
    filters.after === undefined ? readTotal(db, { metric, ask: current, source, filters }) : null,
  ])
  const limit = filters.limit ?? usualLimit
  const page = rows.slice(0, limit)
  const last = page.at(-1)
  return {
    metricId,
    currency: current.currency,
    total,
    records: page.map(({ rank: _rank, ...record }) => record),
    next: last && rows.length > limit ? writeCursor({ rank: last.rank, id: last.id }) : null,
  }
}

/** Beyond so many the sum of the records is what was added up as they came: counting them again would keep people waiting. */
const countedAtMost = 20_000

interface Listed { readonly metric: MetricDefinition, readonly ask: Ask, readonly source: RecordSource, readonly filters: RecordFilters }

async function readTotal(db: Database, { metric, ask, source, filters: { leftOut, stageId, vendorId, companyId, sourceId } }: Listed): Promise<NonNullable<MetricRecords['total']>> {
  const isWhole = [leftOut, stageId, vendorId, companyId, sourceId].every(one => one === undefined)
  if (metric.subject === 'deal' && isWhole && isRolledUp(metric, ask)) {
    const added = await readTally(db, metric, ask)
    if (added.records > countedAtMost)
      return { value: valueOf(metric, added), records: added.records, sum: added.sum }
  }
  const { rows } = await totalsOf(source, { split: { kind: 'none' }, aggregate: leftOut === undefined ? metric.aggregate : 'sum' }).execute(db)
  const tally = tallyOfTotals(rows)
  if (leftOut !== undefined)
    return { value: null, records: tally.records, sum: 0 }
  return { value: valueOf(metric, tally), records: tally.records, sum: tally.sum }
}
