import type { MetricDefinition } from '../metric.ts'
import { counted, formula, money } from './manner.ts'
import { marginOf, monthDays } from './recurring.ts'
import { dealsWon, revenueWon } from './sales.ts'

const dimensions = ['time', 'channel', 'campaign'] as const

/** What advertising cost, as its sources deliver it. It is the company's: no filter divides it. */
export const adSpend: MetricDefinition = {
  ...counted,
  ...money,
  id: 'ad_spend',
  family: 'marketing',
  subject: 'ad_cost',
  outcomes: [],
  timeBasis: 'spent',
  aggregate: 'sum',
  // Nothing delivered is a cost that nobody knows.
  whenEmpty: 'unknown',
  leavesOut: ['without_rate'],
  dimensions,
  isForecast: true,
  better: null,
}

/** Leads, and deals that were made without one. */
export const paidLeads: MetricDefinition = {
  ...counted,
  id: 'paid_leads',
  family: 'marketing',
  unit: 'count',
  subject: 'lead',
  channels: 'paid',
  outcomes: [],
  timeBasis: 'created',
  aggregate: 'sum',
  whenEmpty: 'zero',
  leavesOut: [],
  dimensions,
  recounted: ['time'],
  better: 'higher',
}

const ofPaidChannels = { family: 'marketing', channels: 'paid', dimensions, recounted: ['time'], isForecast: false } as const satisfies Partial<MetricDefinition>

/** Companies with their first won deal; a deal without company is one, too. */
export const paidCustomers: MetricDefinition = { ...dealsWon, ...ofPaidChannels, id: 'paid_customers', measure: 'first_deal', leavesOut: [] }

export const paidRevenue: MetricDefinition = { ...revenueWon, ...ofPaidChannels, id: 'paid_revenue', leavesOut: ['without_amount', 'without_rate'] }

const perCost = { ...formula, family: 'marketing', dimensions, recounted: dimensions } as const satisfies Partial<MetricDefinition>

const costPer = (id: 'paid_leads' | 'paid_customers'): MetricDefinition['combine'] => ({ value }) => value(id) > 0 ? value('ad_spend') / value(id) : 'nothing_to_divide'

export const costPerLead: MetricDefinition = {
  ...perCost,
  ...money,
  id: 'cost_per_lead',
  measure: 'one',
  ingredients: ['ad_spend', 'paid_leads'],
  combine: costPer('paid_leads'),
  better: 'lower',
}

export const cac: MetricDefinition = { ...costPerLead, id: 'cac', ingredients: ['ad_spend', 'paid_customers'], combine: costPer('paid_customers') }

/** Months until what a new customer cost is earned back from the margin of an average one. */
export const cacPayback: MetricDefinition = {
  ...formula,
  id: 'cac_payback',
  family: 'marketing',
  unit: 'months',
  ingredients: ['revenue_per_customer', 'deal_margin', 'costed_revenue', 'ad_spend', 'paid_customers'],
  given: ['days'],
  combine(given) {
    const { value, days } = given
    if (days === null)
      return 'no_bounds'
    const earned = value('revenue_per_customer') / (days / monthDays) * marginOf(given)
    if (earned <= 0)
      return 'no_margin'
    return value('paid_customers') > 0 ? value('ad_spend') / value('paid_customers') / earned : 'nothing_to_divide'
  },
  dimensions: ['time'],
  recounted: ['time'],
  better: 'lower',
}

/** 4: four euros won for one that was spent. */
export const roas: MetricDefinition = {
  ...perCost,
  id: 'roas',
  unit: 'ratio',
  ingredients: ['paid_revenue', 'ad_spend'],
  combine: ({ value }) => value('ad_spend') > 0 ? value('paid_revenue') / value('ad_spend') : 'nothing_to_divide',
  better: 'higher',
}
