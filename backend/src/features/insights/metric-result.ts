import { bucketFor, bucketOf, bucketsOf, type BucketKind } from '@comptoir/shared/insights/bucket'
import type { MetricPart, MetricResult } from '@comptoir/shared/insights/insights.contract'
import type { Dimension, MetricDefinition } from '@comptoir/shared/insights/metric'
import { isBound, type DayRange } from '@comptoir/shared/insights/period'
import { changeOf, emptyTally, valueOf, type Tally } from '@comptoir/shared/insights/tally'
import { daysOf, type Ask } from './ask.ts'
import type { Figure } from './figure.postgres.ts'

export interface Answer {
  readonly metric: MetricDefinition
  readonly ask: Ask
  readonly figure: Figure
  readonly previous: { readonly range: DayRange, readonly figure: Figure, readonly knownSince: string | null } | null
  readonly by: Dimension | null
  readonly bucket: BucketKind | null
  readonly parts: readonly MetricPart[]
}

export function toMetricResult({ metric, ask, figure: { value, missing, tally, ingredients, target }, previous, by, bucket, parts }: Answer): MetricResult {
  const before = previous && previous.figure.value
  return {
    metricId: metric.id,
    unit: metric.unit,
    currency: metric.unit === 'money' ? ask.currency : null,
    days: metric.timeBasis === 'now' ? { from: null, to: null } : daysOf(ask.range),
    value,
    ...missing && { missing },
    ...ingredients.length > 0 && { ingredients: [...ingredients] },
    ...metric.given.includes('target') && { target },
    records: tally.records,
    leftOut: metric.leavesOut.flatMap(reason => tally.leftOut[reason] ? [{ reason, records: tally.leftOut[reason] }] : []),
    previous: previous && { days: daysOf(previous.range), value: before, records: previous.figure.tally.records, ...previous.knownSince !== null && { knownSince: previous.knownSince } },
    change: changeOf(metric, value, before),
    by,
    bucket,
    parts: [...parts],
  }
}

/** One part for each piece of the range, empty ones too: a month without a sale is a bar of nothing, not a missing bar. */
export function timeParts(metric: MetricDefinition, range: DayRange, bucket: BucketKind, tallies: ReadonlyMap<string, Tally>): MetricPart[] {
  if (!isBound(range))
    return []
  return bucketsOf(range, bucket).map((piece) => {
    const key = bucketOf(piece.from, bucket)
    const tally = tallies.get(key) ?? emptyTally
    return { key, label: null, group: null, days: daysOf(piece), value: valueOf(metric, tally), records: tally.records }
  })
}

/** A range without limits takes those of its data. */
export const boundBy = (range: DayRange, data: DayRange): DayRange =>
  ({ from: range.from ?? data.from, to: range.to ?? data.to })

export const bucketOfRange = (range: DayRange, step?: BucketKind): BucketKind => isBound(range) ? bucketFor(range, step) : 'month'

export interface Label { readonly label: string | null, readonly group: string | null }

/** What one part comes to. */
export type PartFigure = Pick<MetricPart, 'value' | 'records'>

export const partFigure = (metric: MetricDefinition, tally: Tally): PartFigure => ({ value: valueOf(metric, tally), records: tally.records })

export const namedParts = (figures: ReadonlyMap<string, PartFigure>, labels: ReadonlyMap<string, Label>): MetricPart[] =>
  [...figures].map(([key, { value, records }]) => ({
    key,
    label: labels.get(key)?.label ?? null,
    group: labels.get(key)?.group ?? null,
    days: null,
    value,
    records,
  }))
