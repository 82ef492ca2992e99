import { clvNeedsMonths, clvYearsAtMost, type Combine, type Given, type MetricDefinition } from '../metric.ts'
import { retention, repeatRate } from './customers.ts'
import { formula, money } from './manner.ts'

/**
 * Revenue that comes again: won deals of the customers who bought in the time before the period, as long as it, against what
 * the same customers bought in the period. New customers are in neither.
 */
export const recurringStart: MetricDefinition = {
  ...retention,
  ...money,
  id: 'recurring_start',
  measure: 'revenue_before',
  aggregate: 'sum',
  favourable: null,
  leavesOut: ['without_amount', 'without_rate', 'without_company'],
}

const changed = { ...recurringStart, whenEmpty: 'zero', leavesOut: [] } as const satisfies Partial<MetricDefinition>
export const recurringExpansion: MetricDefinition = { ...changed, id: 'recurring_expansion', measure: 'revenue_more' }
export const recurringContraction: MetricDefinition = { ...changed, id: 'recurring_contraction', measure: 'revenue_less', better: 'lower' }
export const recurringChurn: MetricDefinition = { ...changed, id: 'recurring_churn', measure: 'revenue_lost', better: 'lower' }

const kept = (more: number): Combine => ({ value }) => {
  const start = value('recurring_start')
  return start > 0 ? (start + more * value('recurring_expansion') - value('recurring_contraction') - value('recurring_churn')) / start : 'nothing_to_divide'
}

/** Net: 110 % says that what customers bought more outweighs what they bought less or no longer. */
export const nrr: MetricDefinition = {
  ...formula,
  id: 'nrr',
  family: 'customers',
  unit: 'percent',
  ingredients: ['recurring_start', 'recurring_expansion', 'recurring_contraction', 'recurring_churn'],
  combine: kept(1),
  dimensions: ['time'],
  recounted: ['time'],
  better: 'higher',
}

/** Gross: never above 100 %. */
export const grr: MetricDefinition = { ...nrr, id: 'grr', ingredients: ['recurring_start', 'recurring_contraction', 'recurring_churn'], combine: kept(0) }

/** ARPA: what a customer of the period bought in it. */
export const revenuePerCustomer: MetricDefinition = {
  ...repeatRate,
  ...money,
  id: 'revenue_per_customer',
  measure: 'amount',
  aggregate: 'mean',
  favourable: null,
  leavesOut: ['without_amount', 'without_rate', 'without_company'],
}

/** Of what is sold, as far as all costs are known. */
export const marginOf = ({ value }: Pick<Given, 'value'>): number => value('costed_revenue') > 0 ? value('deal_margin') / value('costed_revenue') : 0

const yearDays = 365.25
export const monthDays = yearDays / 12

/** Revenue of a period × margin × periods that a customer stays. */
export const clv: MetricDefinition = {
  ...formula,
  ...money,
  id: 'clv',
  family: 'customers',
  measure: 'one',
  ingredients: ['revenue_per_customer', 'deal_margin', 'costed_revenue', 'churn'],
  given: ['days', 'history'],
  combine(given) {
    const { value, days, history } = given
    if (history < clvNeedsMonths)
      return 'short_history'
    const margin = marginOf(given)
    if (days === null || days === 0 || margin <= 0)
      return margin <= 0 ? 'no_margin' : 'no_bounds'
    const most = clvYearsAtMost * yearDays / days
    return value('revenue_per_customer') * margin * Math.min(most, 1 / value('churn'))
  },
  better: 'higher',
}
