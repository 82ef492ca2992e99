import type { MetricDefinition } from '../metric.ts'

const closed = {
  subject: 'deal',
  timeBasis: 'closed',
  favourable: null,
  dimensions: ['time', 'pipeline', 'responsible'],
} as const satisfies Partial<MetricDefinition>

export const revenueWon: MetricDefinition = {
  ...closed,
  id: 'revenue_won',
  unit: 'money',
  outcomes: ['won'],
  measure: 'amount',
  aggregate: 'sum',
  currencyRule: 'base',
  whenEmpty: 'zero',
  leavesOut: ['undated', 'without_amount', 'without_rate'],
  better: 'higher',
}

export const dealsWon: MetricDefinition = {
  ...closed,
  id: 'deals_won',
  unit: 'count',
  outcomes: ['won'],
  measure: 'one',
  aggregate: 'sum',
  currencyRule: 'none',
  whenEmpty: 'zero',
  leavesOut: ['undated'],
  better: 'higher',
}

export const dealsLost: MetricDefinition = { ...dealsWon, id: 'deals_lost', outcomes: ['lost'], better: 'lower' }

/** Of what was decided in the period; open deals are not in the denominator. */
export const winRate: MetricDefinition = {
  ...dealsWon,
  id: 'win_rate',
  unit: 'percent',
  outcomes: ['won', 'lost'],
  aggregate: 'share',
  favourable: 'won',
  whenEmpty: 'unknown',
}

export const winRateValue: MetricDefinition = {
  ...winRate,
  id: 'win_rate_value',
  measure: 'amount',
  currencyRule: 'base',
  leavesOut: ['undated', 'without_amount', 'without_rate'],
}

export const averageDeal: MetricDefinition = { ...revenueWon, id: 'average_deal', aggregate: 'mean', whenEmpty: 'unknown' }

/** Calendar days of the portal from creation to winning. A median: a few old deals must not move it. */
export const salesCycle: MetricDefinition = {
  ...closed,
  id: 'sales_cycle',
  unit: 'days',
  outcomes: ['won'],
  measure: 'cycle_days',
  aggregate: 'median',
  currencyRule: 'none',
  whenEmpty: 'unknown',
  leavesOut: ['undated', 'closed_before_created'],
  better: 'lower',
}

export const salesCycleMean: MetricDefinition = { ...salesCycle, id: 'sales_cycle_mean', aggregate: 'mean' }
