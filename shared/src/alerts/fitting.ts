import { additiveMetrics, qualityMetrics, type WatchMetric } from './watch-metrics.ts'
import type { WatchRule } from './watch.ts'

const isOneOf = (names: readonly WatchMetric[], metric: WatchMetric): boolean => names.includes(metric)

/** Whether a rule makes sense of a metric: a year is the sum of months, data quality is a share of records. */
export function fits(rule: Pick<WatchRule, 'kind'>, metric: WatchMetric): boolean {
  const isQuality = isOneOf(qualityMetrics, metric)
  if (rule.kind === 'target')
    return isOneOf(additiveMetrics, metric)
  return (rule.kind === 'quality') === isQuality
}

/** What adds up over a month is over its threshold as soon as it has passed it: nobody waits for the month's end. */
export const tellsEarly = (rule: WatchRule, metric: WatchMetric): boolean =>
  rule.kind === 'threshold' && rule.direction === 'above' && isOneOf(additiveMetrics, metric)
