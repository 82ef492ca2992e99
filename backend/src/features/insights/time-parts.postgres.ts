import { bucketOf, bucketsOf, type BucketKind } from '@comptoir/shared/insights/bucket'
import type { MetricPart } from '@comptoir/shared/insights/insights.contract'
import type { MetricDefinition } from '@comptoir/shared/insights/metric'
import { isBound } from '@comptoir/shared/insights/period'
import type { Database } from '../../platform/storage/database.ts'
import { daysOf, type Ask } from './ask.ts'
import { readFigure, readObstacle } from './figure.postgres.ts'
import { timeParts } from './metric-result.ts'
import { readTallies } from './metric-tally.postgres.ts'

/** A metric piece by piece of its range: cells of one reading, or each piece asked for by itself where pieces do not add up. */
export async function readTimeParts(db: Database, metric: MetricDefinition, ask: Ask, bucket: BucketKind): Promise<MetricPart[]> {
  if (!isBound(ask.range))
    return []
  if (!metric.recounted.includes('time'))
    return await readObstacle(db, metric, ask) ? [] : timeParts(metric, ask.range, bucket, await readTallies(db, metric, ask, { kind: 'time', bucket }))
  const parts: MetricPart[] = []
  for (const piece of bucketsOf(ask.range, bucket)) {
    // What has not begun cannot be told by itself: the moment in it would be that of today.
    const figure = piece.from > ask.today ? null : await readFigure(db, metric, { ...ask, range: piece })
    parts.push({ key: bucketOf(piece.from, bucket), label: null, group: null, days: daysOf(piece), value: figure?.value ?? null, records: figure?.tally.records ?? 0 })
  }
  return parts
}
