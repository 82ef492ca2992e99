import type { MetricDefinition } from '../metric.ts'

/** Credit notes count with their sign. With responsibles or pipelines chosen, only purchases of their deals count. */
export const spendTotal: MetricDefinition = {
  id: 'spend_total',
  unit: 'money',
  subject: 'purchase',
  outcomes: [],
  timeBasis: 'spent',
  measure: 'amount',
  aggregate: 'sum',
  favourable: null,
  currencyRule: 'base',
  // Purchases are entered or imported: none may mean that nobody has yet.
  whenEmpty: 'unknown',
  leavesOut: ['without_rate', 'without_deal'],
  dimensions: ['time', 'vendor'],
  better: null,
}
