import { AppError } from '@comptoir/shared/errors'
import type { MetricPart, MetricQuery, MetricResult } from '@comptoir/shared/insights/insights.contract'
import type { Dimension, MetricDefinition } from '@comptoir/shared/insights/metric'
import { metricCatalogue } from '@comptoir/shared/insights/metric-catalogue'
import { emptyTally, type Tally } from '@comptoir/shared/insights/tally'
import type { Viewer } from '@comptoir/shared/portal/portal.contract'
import type { Database } from '../../platform/storage/database.ts'
import { toAsk, type Ask, type InsightPortal } from './ask.ts'
import type { Split } from './closed-deals.postgres.ts'
import { readLabels } from './labels.postgres.ts'
import { boundBy, bucketOfRange, namedParts, timeParts, toMetricResult } from './metric-result.ts'
import { isWithinRights } from './spend.postgres.ts'
import { partsAtMost, readDataDays, readTally, readTallies } from './metric-tally.postgres.ts'

/**
 * One number as one viewer may see it, with what it is compared with, what it leaves out and, if asked, its parts.
 * @throws AppError request.invalid for a period that is none, or a dimension the metric does not have.
 */
export async function evaluateMetric(db: Database, portal: InsightPortal, viewer: Viewer, query: MetricQuery, now = new Date()): Promise<MetricResult> {
  const metric = metricCatalogue[query.metricId]
  const by = query.by ?? null
  if (by !== null && !metric.dimensions.includes(by))
    throw new AppError('request.invalid', { details: { reason: 'dimension', metricId: metric.id, by } })
  const { current, previous } = toAsk(portal, viewer, query, now)
  const range = by === 'time' ? boundBy(current.range, await readDataDays(db, metric, current)) : current.range
  const bucket = by === 'time' ? bucketOfRange(range) : null
  const [tally, before, parts, isPartial] = await Promise.all([
    readTally(db, metric, current),
    previous && metric.timeBasis !== 'now' ? readTally(db, metric, previous) : null,
    by === null ? [] : readParts(db, metric, { ...current, range }, by),
    metric.subject === 'purchase' && isWithinRights(db, current),
  ])
  const result = toMetricResult({
    metric, ask: current, tally, by, bucket, parts,
    previous: before && previous && { range: previous.range, tally: before },
  })
  return isPartial ? { ...result, isWithinRights: true } : result
}

async function readParts(db: Database, metric: MetricDefinition, ask: Ask, by: Dimension): Promise<MetricPart[]> {
  const bucket = bucketOfRange(ask.range)
  const split: Split = by === 'time' ? { kind: 'time', bucket } : { kind: by }
  const tallies = await readTallies(db, metric, ask, split)
  return by === 'time' ? timeParts(metric, ask.range, bucket, tallies) : labelled(db, metric, ask, by, tallies)
}

export async function labelled(db: Database, metric: MetricDefinition, { portalId }: Pick<Ask, 'portalId'>, by: Exclude<Dimension, 'time'>, tallies: ReadonlyMap<string, Tally>): Promise<MetricPart[]> {
  if (tallies.size === 0)
    return []
  const labels = await readLabels(db, portalId, by, [...tallies.keys()])
  if (by !== 'stage')
    return namedParts(metric, tallies, labels).toSorted((a, b) => (b.value ?? 0) - (a.value ?? 0)).slice(0, partsAtMost)
  // The order of the funnel is the CRM's; a stage that is gone there comes last, under its id.
  const ordered = new Map([...labels.keys(), ...tallies.keys()].map(key => [key, tallies.get(key) ?? emptyTally]))
  return namedParts(metric, ordered, labels)
}
