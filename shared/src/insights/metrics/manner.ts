import type { MetricDefinition } from '../metric.ts'

/** What most metrics have in common: records that count one each, and lead to themselves. */
export const counted = {
  channels: 'every',
  measure: 'one',
  favourable: null,
  currencyRule: 'none',
  rounding: 'none',
  recounted: [],
  drill: 'records',
  ingredients: [],
  given: [],
  combine: null,
  isForecast: false,
} as const satisfies Partial<MetricDefinition>

export const money = {
  unit: 'money',
  measure: 'amount',
  currencyRule: 'base',
  rounding: 'minor_unit',
} as const satisfies Partial<MetricDefinition>

/** Made of other numbers, each of which leads to its own records. */
export const formula = {
  ...counted,
  subject: 'formula',
  outcomes: [],
  timeBasis: 'formula',
  aggregate: 'formula',
  whenEmpty: 'unknown',
  leavesOut: [],
  dimensions: [],
  drill: 'ingredients',
} as const satisfies Partial<MetricDefinition>
