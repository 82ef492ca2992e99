import { AppError } from '@comptoir/shared/errors'
import type { MetricPart, MetricQuery, MetricResult } from '@comptoir/shared/insights/insights.contract'
import type { Dimension, MetricDefinition } from '@comptoir/shared/insights/metric'
import { metricCatalogue } from '@comptoir/shared/insights/metric-catalogue'
import type { Viewer } from '@comptoir/shared/portal/portal.contract'
import type { Database } from '../../platform/storage/database.ts'
import { askOf, type Ask, type InsightPortal } from './ask.ts'
import { readFigure, readObstacle } from './figure.postgres.ts'
import { labelled } from './labels.postgres.ts'
import { boundBy, bucketOfRange, toMetricResult } from './metric-result.ts'
import { readDataDays, readTallies } from './metric-tally.postgres.ts'
import { isWithinRights } from './spend.postgres.ts'
import { readTimeParts } from './time-parts.postgres.ts'

/**
 * One number as one viewer may see it, with what it is compared with, what it leaves out and, if asked, its parts.
 * @throws AppError request.invalid for a period that is none, or a dimension the metric does not have.
 */
export async function evaluateMetric(db: Database, portal: InsightPortal, viewer: Viewer, query: MetricQuery, now = new Date()): Promise<MetricResult> {
  const metric = metricCatalogue[query.metricId]
  const by = query.by ?? null
  if (by !== null && !metric.dimensions.includes(by))
    throw new AppError('request.invalid', { details: { reason: 'dimension', metricId: metric.id, by } })
  const { current, previous } = await askOf(db, portal, viewer, query, now)
  const range = by === 'time' ? boundBy(current.range, await readDataDays(db, metric, current)) : current.range
  const bucket = by === 'time' ? bucketOfRange(range) : null
  const [figure, before, parts, isPartial] = await Promise.all([
    readFigure(db, metric, current),
    previous && hasPast(metric) ? readFigure(db, metric, previous) : null,
    by === null ? [] : readParts(db, metric, { ...current, range }, by),
    isOfVendors(metric) && isWithinRights(db, current),
  ])
  const result = toMetricResult({
    metric, ask: current, figure, by, bucket, parts,
    previous: before && previous && { range: previous.range, figure: before },
  })
  return isPartial ? { ...result, isWithinRights: true } : result
}

/** What is open now was not what was open then: such a number has nothing to be compared with. */
const hasPast = ({ timeBasis, ingredients }: MetricDefinition): boolean =>
  timeBasis !== 'now' && timeBasis !== 'planned' && ingredients.every(id => hasPast(metricCatalogue[id]))

const isOfVendors = ({ subject, ingredients }: MetricDefinition): boolean =>
  ['purchase', 'vendor', 'payable', 'order_line'].includes(subject) || ingredients.some(id => isOfVendors(metricCatalogue[id]))

async function readParts(db: Database, metric: MetricDefinition, ask: Ask, by: Dimension): Promise<MetricPart[]> {
  if (by === 'time')
    return readTimeParts(db, metric, ask, bucketOfRange(ask.range))
  if (await readObstacle(db, metric, ask))
    return []
  return labelled(db, metric, ask, by, await readTallies(db, metric, ask, { kind: by }))
}
