import type { MetricDefinition } from '../metric.ts'

/** What is open now. A period does not apply: an open deal has no day on which it counts. */
export const pipelineOpen: MetricDefinition = {
  id: 'pipeline_open',
  unit: 'money',
  subject: 'deal',
  outcomes: ['open'],
  timeBasis: 'now',
  measure: 'amount',
  aggregate: 'sum',
  favourable: null,
  currencyRule: 'base',
  whenEmpty: 'zero',
  leavesOut: ['without_amount', 'without_rate'],
  dimensions: ['stage', 'pipeline', 'responsible'],
  better: 'higher',
}

export const dealsOpen: MetricDefinition = {
  ...pipelineOpen,
  id: 'deals_open',
  unit: 'count',
  measure: 'one',
  currencyRule: 'none',
  leavesOut: [],
  better: null,
}
