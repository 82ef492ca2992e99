import type { MetricDefinition } from '../metric.ts'
import { counted, formula, money } from './manner.ts'

/**
 * Months of revenue that were forecast before they began and are over: what the last forecast of each said beside what came.
 * A forecast rests on what its viewer may see, and is held against the same.
 */
export const forecastOutcome: MetricDefinition = {
  ...counted,
  ...money,
  id: 'forecast_outcome',
  family: 'sales',
  subject: 'forecast',
  outcomes: [],
  timeBasis: 'forecast',
  measure: 'forecast_outcome',
  aggregate: 'sum',
  whenEmpty: 'unknown',
  leavesOut: [],
  dimensions: ['time'],
  recounted: ['time'],
  better: null,
}

export const forecastDeviation: MetricDefinition = { ...forecastOutcome, id: 'forecast_deviation', measure: 'forecast_deviation', better: 'lower' }

/** Above zero: more was promised than came. */
export const forecastExcess: MetricDefinition = { ...forecastOutcome, id: 'forecast_excess', measure: 'forecast_excess' }

/** Σ |forecast − actual| ÷ Σ actual: unlike a mean of percentages, a small month cannot blow it up. */
export const forecastWape: MetricDefinition = {
  ...formula,
  id: 'forecast_wape',
  family: 'sales',
  unit: 'percent',
  ingredients: ['forecast_deviation', 'forecast_outcome'],
  combine: ({ value }) => value('forecast_outcome') > 0 ? value('forecast_deviation') / value('forecast_outcome') : 'nothing_to_divide',
  dimensions: ['time'],
  recounted: ['time'],
  better: 'lower',
}

export const forecastBias: MetricDefinition = {
  ...forecastWape,
  id: 'forecast_bias',
  ingredients: ['forecast_excess', 'forecast_outcome'],
  combine: ({ value }) => value('forecast_outcome') > 0 ? value('forecast_excess') / value('forecast_outcome') : 'nothing_to_divide',
  better: null,
}
