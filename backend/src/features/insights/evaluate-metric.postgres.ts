import { AppError } from '@comptoir/shared/errors'
import type { BucketKind } from '@comptoir/shared/insights/bucket'
import type { MetricPart, MetricQuery, MetricResult } from '@comptoir/shared/insights/insights.contract'
import type { Dimension, MetricDefinition } from '@comptoir/shared/insights/metric'
import { hasPast, metricCatalogue } from '@comptoir/shared/insights/metric-catalogue'
import type { Viewer } from '@comptoir/shared/portal/portal.contract'
import type { Database } from '../../platform/storage/database.ts'
import { askOf, type Ask, type AskedPeriods, type InsightPortal } from './ask.ts'
import { readFigure, readFormulaParts, readObstacle } from './figure.postgres.ts'
import { readKnownSince } from './known-since.postgres.ts'
import { labelled, labelledFigures } from './labels.postgres.ts'
import { lockedTo, type Lock } from './lock.postgres.ts'
import { boundBy, bucketOfRange, toMetricResult } from './metric-result.ts'
import { readDataDays, readTallies } from './metric-tally.postgres.ts'
import { isWithinRights } from './spend.postgres.ts'
import { readTimeParts } from './time-parts.postgres.ts'

/**
 * One number as one viewer may see it, with what it is compared with, what it leaves out and, if asked, its parts.
 * @throws AppError request.invalid for a period that is none, or a dimension the metric does not have.
 */
export async function evaluateMetric(db: Database, portal: InsightPortal, viewer: Viewer, query: MetricQuery, now = new Date()): Promise<MetricResult> {
  return evaluate(db, query, await askOf(db, portal, viewer, query, now))
}

export interface OfRecord { readonly viewer: Viewer, readonly lock: Lock, readonly now: Date }

/** The same of one record alone, as its page shows it. Whether the viewer may see the record is for the caller to ask. */
export async function evaluateOfRecord(db: Database, portal: InsightPortal, { viewer, lock, now }: OfRecord, query: MetricQuery): Promise<MetricResult> {
  return evaluate(db, query, lockedTo(lock, await askOf(db, portal, viewer, query, now)))
}

async function evaluate(db: Database, query: MetricQuery, { current, previous }: AskedPeriods): Promise<MetricResult> {
  const metric = metricCatalogue[query.metricId]
  const by = query.by ?? null
  if (by !== null && !metric.dimensions.includes(by))
    throw new AppError('request.invalid', { details: { reason: 'dimension', metricId: metric.id, by } })
  insistOnPart(metric, query)
  const range = by === 'time' ? boundBy(current.range, await readDataDays(db, metric, current)) : current.range
  const bucket = by === 'time' ? bucketOfRange(range, query.step) : null
  const [figure, before, knownSince, parts, isPartial] = await Promise.all([
    readFigure(db, metric, current),
    previous && hasPast(metric) ? readFigure(db, metric, previous) : null,
    previous && hasPast(metric) ? readKnownSince(db, metric, previous) : null,
    by === null ? [] : readParts(db, metric, { ...current, range }, { by, bucket }),
    isOfVendors(metric) && isWithinRights(db, current),
  ])
  const result = toMetricResult({
    metric, ask: current, figure, by, bucket, parts,
    previous: before && previous && { range: previous.range, figure: before, knownSince },
  })
  const others = by === null || by === 'time' ? null : othersOf(metric, result)
  return { ...result, ...others && { others }, ...isPartial && { isWithinRights: true } }
}

/** @throws AppError request.invalid for a channel or campaign of a number that has none */
export function insistOnPart({ id: metricId, dimensions }: MetricDefinition, asked: Pick<MetricQuery, 'channel' | 'campaign'>): void {
  const unknown = (['channel', 'campaign'] as const).find(by => asked[by] !== undefined && !dimensions.includes(by))
  if (unknown)
    throw new AppError('request.invalid', { details: { reason: 'dimension', metricId, by: unknown } })
}

/** Parts are a sum taken apart: what they leave of it belongs to those that are not among them. */
function othersOf({ aggregate }: MetricDefinition, { value, records, parts }: MetricResult): MetricResult['others'] | null {
  const left = records - parts.reduce((sum, part) => sum + part.records, 0)
  return aggregate === 'sum' && value !== null && left > 0 ? { value: value - parts.reduce((sum, part) => sum + (part.value ?? 0), 0), records: left } : null
}

const isOfVendors = ({ subject, measure, ingredients }: MetricDefinition): boolean =>
  ['purchase', 'vendor', 'payable', 'order_line', 'priced_item', 'vendor_invoice', 'scored_vendor'].includes(subject) || measure === 'margin_at_risk' || ingredients.some(id => isOfVendors(metricCatalogue[id]))

async function readParts(db: Database, metric: MetricDefinition, ask: Ask, { by, bucket }: { by: Dimension, bucket: BucketKind | null }): Promise<MetricPart[]> {
  if (by === 'time')
    return readTimeParts(db, metric, ask, bucket!)
  if (await readObstacle(db, metric, ask))
    return []
  if (metric.combine)
    return labelledFigures(db, metric, ask, by, await readFormulaParts(db, metric, ask, by))
  return labelled(db, metric, ask, by, await readTallies(db, metric, ask, { kind: by }))
}
