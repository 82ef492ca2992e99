import type { MetricDefinition } from '../metric.ts'
import { counted, formula, money } from './manner.ts'

const closed = {
  ...counted,
  family: 'sales',
  subject: 'deal',
  timeBasis: 'closed',
  dimensions: ['time', 'pipeline', 'responsible', 'customer', 'source'],
} as const satisfies Partial<MetricDefinition>

export const revenueWon: MetricDefinition = {
  ...closed,
  ...money,
  id: 'revenue_won',
  given: ['target'],
  outcomes: ['won'],
  aggregate: 'sum',
  whenEmpty: 'zero',
  leavesOut: ['undated', 'without_amount', 'without_rate'],
  isForecast: true,
  better: 'higher',
}

export const dealsWon: MetricDefinition = {
  ...closed,
  id: 'deals_won',
  unit: 'count',
  outcomes: ['won'],
  aggregate: 'sum',
  whenEmpty: 'zero',
  leavesOut: ['undated'],
  isForecast: true,
  better: 'higher',
}

export const dealsLost: MetricDefinition = { ...dealsWon, id: 'deals_lost', outcomes: ['lost'], better: 'lower' }

export const lostValue: MetricDefinition = { ...revenueWon, id: 'lost_value', outcomes: ['lost'], better: 'lower' }

/** Of what was decided in the period; open deals are not in the denominator. */
export const winRate: MetricDefinition = {
  ...dealsWon,
  id: 'win_rate',
  unit: 'percent',
  outcomes: ['won', 'lost'],
  aggregate: 'share',
  favourable: 'won',
  whenEmpty: 'unknown',
  // A share of few deals has no course of its own.
  isForecast: false,
}

export const winRateValue: MetricDefinition = {
  ...winRate,
  id: 'win_rate_value',
  measure: 'amount',
  currencyRule: 'base',
  leavesOut: ['undated', 'without_amount', 'without_rate'],
}

/**
 * Of the deals created in the period, those won within `cohortDays`. Deals younger than that are left out: they have not
 * had their time yet, and would make every recent cohort look bad.
 */
export const cohortWinRate: MetricDefinition = {
  ...winRate,
  id: 'cohort_win_rate',
  outcomes: ['won', 'lost', 'open'],
  timeBasis: 'cohort',
  favourable: 'won_early',
  leavesOut: ['too_young'],
}

export const averageDeal: MetricDefinition = { ...revenueWon, id: 'average_deal', aggregate: 'mean', whenEmpty: 'unknown' }

export const medianDeal: MetricDefinition = { ...averageDeal, id: 'median_deal', aggregate: 'median', isForecast: false }

/** Calendar days of the portal from creation to winning. A median: a few old deals must not move it. */
export const salesCycle: MetricDefinition = {
  ...closed,
  id: 'sales_cycle',
  unit: 'days',
  outcomes: ['won'],
  measure: 'cycle_days',
  aggregate: 'median',
  whenEmpty: 'unknown',
  leavesOut: ['undated', 'closed_before_created'],
  better: 'lower',
}

export const salesCycleMean: MetricDefinition = { ...salesCycle, id: 'sales_cycle_mean', aggregate: 'mean' }

/** Activities that were completed for a won deal between its creation and its winning. */
export const activityRatio: MetricDefinition = {
  ...closed,
  id: 'activity_ratio',
  unit: 'ratio',
  outcomes: ['won'],
  measure: 'activities',
  aggregate: 'mean',
  whenEmpty: 'unknown',
  leavesOut: ['undated'],
  // Fewer may be effort saved or customers neglected.
  better: null,
}

/** Hours from the creation of a lead until it was first written to or called. A median: a few forgotten leads must not move it. */
export const firstResponse: MetricDefinition = {
  ...counted,
  id: 'first_response',
  family: 'sales',
  unit: 'hours',
  subject: 'lead',
  outcomes: [],
  timeBasis: 'created',
  measure: 'response_hours',
  aggregate: 'median',
  whenEmpty: 'unknown',
  leavesOut: ['unanswered'],
  dimensions: ['time', 'responsible'],
  better: 'lower',
}

export const newDeals: MetricDefinition = {
  ...dealsWon,
  id: 'new_deals',
  outcomes: ['won', 'lost', 'open'],
  timeBasis: 'created',
  leavesOut: [],
}

export const newDealsValue: MetricDefinition = {
  ...revenueWon,
  id: 'new_deals_value',
  outcomes: ['won', 'lost', 'open'],
  timeBasis: 'created',
  leavesOut: ['without_amount', 'without_rate'],
}

/** What won deals left after the costs of their vendors. A deal with a cost that nobody knows is not a deal without cost: it is left out. */
export const dealMargin: MetricDefinition = {
  ...revenueWon,
  id: 'deal_margin',
  measure: 'margin',
  whenEmpty: 'unknown',
  leavesOut: ['undated', 'without_amount', 'without_rate', 'without_cost'],
  isForecast: false,
}

/** What these deals sold for. */
export const costedRevenue: MetricDefinition = { ...dealMargin, id: 'costed_revenue', measure: 'costed' }

export const marginRate: MetricDefinition = {
  ...formula,
  id: 'margin_rate',
  family: 'sales',
  unit: 'percent',
  ingredients: ['deal_margin', 'costed_revenue'],
  combine: ({ value }) => value('costed_revenue') > 0 ? value('deal_margin') / value('costed_revenue') : 'nothing_to_divide',
  dimensions: ['time'],
  recounted: ['time'],
  better: 'higher',
}

/** How much of the revenue the margin speaks of. */
export const marginCoverage: MetricDefinition = {
  ...winRateValue,
  id: 'margin_coverage',
  outcomes: ['won'],
  favourable: 'with_cost',
}

/** What the products of won deals would have cost by their list price. A deal without products has none. */
export const listValue: MetricDefinition = {
  ...dealMargin,
  id: 'list_value',
  measure: 'list_value',
  leavesOut: ['undated', 'without_rate', 'without_list_price'],
}

/** What was given up of it. */
export const discountValue: MetricDefinition = { ...listValue, id: 'discount_value', measure: 'discount', better: 'lower' }

export const discountRate: MetricDefinition = {
  ...marginRate,
  id: 'discount_rate',
  ingredients: ['discount_value', 'list_value'],
  combine: ({ value }) => value('list_value') > 0 ? value('discount_value') / value('list_value') : 'nothing_to_divide',
  better: 'lower',
}
