import type { MetricDefinition, MetricId } from './metric.ts'
import { dealsOpen, pipelineOpen } from './metrics/pipeline.ts'
import { averageDeal, dealsLost, dealsWon, revenueWon, salesCycle, salesCycleMean, winRate, winRateValue } from './metrics/sales.ts'
import { spendTotal } from './metrics/spend.ts'

const all = [
  revenueWon, dealsWon, dealsLost, winRate, winRateValue, averageDeal, salesCycle, salesCycleMean,
  pipelineOpen, dealsOpen, spendTotal,
]

export const metricCatalogue = Object.fromEntries(all.map(metric => [metric.id, metric])) as Record<MetricId, MetricDefinition>

export const metricDefinitions: readonly MetricDefinition[] = all
