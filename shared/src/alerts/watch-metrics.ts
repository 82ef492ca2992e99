import { metricCatalogue, metricDefinitions } from '../insights/metric-catalogue.ts'
import type { MetricId, MetricUnit } from '../insights/metric.ts'

export const qualityMetrics = ['purchases_unpriced', 'deals_without_amount'] as const
export type WatchMetric = MetricId | (typeof qualityMetrics)[number]
const byMonth = metricDefinitions.filter(({ dimensions }) => dimensions.includes('time'))
/** Months that can be watched: every figure of the catalogue that has months, and shares of records that lack something. */
export const watchMetrics: readonly WatchMetric[] = [...byMonth.map(({ id }) => id), ...qualityMetrics]
/** Months of these add up to a year. */
export const additiveMetrics: readonly WatchMetric[] = byMonth.filter(({ aggregate, recounted }) => aggregate === 'sum' && !recounted.includes('time')).map(({ id }) => id)
export type WatchUnit = MetricUnit

export const isQuality = (metric: WatchMetric): metric is (typeof qualityMetrics)[number] => qualityMetrics.some(quality => quality === metric)
export const watchUnitOf = (metric: WatchMetric): WatchUnit => isQuality(metric) ? 'percent' : metricCatalogue[metric].unit
