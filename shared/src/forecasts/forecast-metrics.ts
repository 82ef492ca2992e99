import { metricDefinitions } from '../insights/metric-catalogue.ts'
import type { MetricId } from '../insights/metric.ts'

/** The figures of the catalogue whose months can be forecast. */
export const forecastMetrics = metricDefinitions.filter(({ isForecast }) => isForecast).map(({ id }) => id) as readonly MetricId[] as readonly [MetricId, ...MetricId[]]
