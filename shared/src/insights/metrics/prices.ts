import type { MetricDefinition } from '../metric.ts'
import { counted, formula, money } from './manner.ts'

/**
 * Items of a vendor that were invoiced in the period and in the twelve months before it: what its quantities cost less than
 * at the mean price of those months. Each item counts by its whole effect, as in the report on prices.
 */
export const savings: MetricDefinition = {
  ...counted,
  ...money,
  id: 'savings',
  family: 'purchasing',
  subject: 'priced_item',
  outcomes: [],
  timeBasis: 'spent',
  measure: 'saving',
  aggregate: 'sum',
  // Without a price of before there is nothing to save against.
  whenEmpty: 'unknown',
  leavesOut: ['without_rate', 'without_item', 'without_reference', 'without_deal'],
  dimensions: ['time', 'vendor'],
  // Every period has its own twelve months before it.
  recounted: ['time'],
  better: 'higher',
}

export const priceOverspend: MetricDefinition = { ...savings, id: 'price_overspend', measure: 'overspend', better: 'lower' }

/** The same quantities at the price of the twelve months before. */
export const referenceCost: MetricDefinition = { ...savings, id: 'reference_cost', measure: 'reference_cost', better: null }

/** Above zero the period was dearer. */
export const priceVariance: MetricDefinition = {
  ...formula,
  id: 'price_variance',
  family: 'purchasing',
  unit: 'percent',
  ingredients: ['price_overspend', 'savings', 'reference_cost'],
  combine: ({ value }) => value('reference_cost') > 0 ? (value('price_overspend') - value('savings')) / value('reference_cost') : 'nothing_to_divide',
  dimensions: ['time'],
  recounted: ['time'],
  better: 'lower',
}
