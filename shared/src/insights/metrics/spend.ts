import type { MetricDefinition } from '../metric.ts'
import { counted, formula, money } from './manner.ts'

/** Credit notes count with their sign. With responsibles or pipelines chosen, only purchases of their deals count. */
export const spendTotal: MetricDefinition = {
  ...counted,
  ...money,
  id: 'spend_total',
  family: 'purchasing',
  subject: 'purchase',
  outcomes: [],
  timeBasis: 'spent',
  aggregate: 'sum',
  // Purchases are entered or imported: none may mean that nobody has yet.
  whenEmpty: 'unknown',
  leavesOut: ['without_rate', 'without_deal'],
  dimensions: ['time', 'vendor'],
  isForecast: true,
  better: null,
}

/** Its records are vendors, each worth what was spent with it. */
const vendors = {
  ...spendTotal,
  subject: 'vendor',
  dimensions: ['time'],
  recounted: ['time'],
  isForecast: false,
} as const satisfies Partial<MetricDefinition>

export const vendorsActive: MetricDefinition = {
  ...vendors,
  id: 'vendors_active',
  unit: 'count',
  measure: 'one',
  currencyRule: 'none',
  rounding: 'none',
  leavesOut: ['without_deal'],
}

/** A vendor whose credits exceed its purchases has no share: it is left out. */
export const topVendorShare: MetricDefinition = {
  ...vendors,
  id: 'top_vendor_share',
  unit: 'percent',
  aggregate: 'largest_share',
  rounding: 'none',
  leavesOut: ['without_rate', 'without_deal', 'not_positive'],
  better: 'lower',
}

export const topThreeShare: MetricDefinition = { ...topVendorShare, id: 'top_three_share', aggregate: 'three_largest_share' }

/** Sum of squared shares in percent, 0 to 10,000. */
export const spendHhi: MetricDefinition = { ...topVendorShare, id: 'spend_hhi', unit: 'count', aggregate: 'concentration' }

/** So many vendors of one size would be as concentrated. */
export const effectiveVendors: MetricDefinition = {
  ...formula,
  id: 'effective_vendors',
  family: 'purchasing',
  unit: 'ratio',
  ingredients: ['spend_hhi'],
  combine: ({ value }) => value('spend_hhi') > 0 ? 10_000 / value('spend_hhi') : 'nothing_to_divide',
  dimensions: ['time'],
  recounted: ['time'],
  better: 'higher',
}

/** Order lines delivered in full by their first promise; what never arrived counts as late. */
export const onTimeDelivery: MetricDefinition = {
  ...counted,
  id: 'on_time_delivery',
  family: 'purchasing',
  unit: 'percent',
  subject: 'order_line',
  outcomes: [],
  timeBasis: 'promised',
  aggregate: 'share',
  favourable: 'in_full',
  whenEmpty: 'unknown',
  leavesOut: ['not_promised'],
  dimensions: ['time', 'vendor'],
  better: 'higher',
}

/** What vendors are owed on the last day of the period, or today while it runs. */
export const payablesOpen: MetricDefinition = {
  ...spendTotal,
  id: 'payables_open',
  subject: 'payable',
  timeBasis: 'owed',
  leavesOut: ['without_rate'],
  dimensions: ['time', 'vendor', 'age'],
  recounted: ['time'],
  isForecast: false,
}

export const payablesIssued: MetricDefinition = { ...payablesOpen, id: 'payables_issued', timeBasis: 'issued', dimensions: ['time', 'vendor'], recounted: [], isForecast: true }

/** What was due before the last day and is not paid; credit notes are no debt. */
export const payablesOverdue: MetricDefinition = { ...payablesOpen, id: 'payables_overdue', timeBasis: 'overdue', whenEmpty: 'zero', better: 'lower' }

/** By value: of what is owed on the last day, what was due before it; credit notes are no debt, and stand apart. */
export const overdueShare: MetricDefinition = { ...payablesOpen, id: 'overdue_share', unit: 'percent', aggregate: 'share', favourable: 'overdue', rounding: 'none', dimensions: ['time', 'vendor'], better: 'lower' }

export const dpo: MetricDefinition = {
  ...formula,
  id: 'dpo',
  family: 'purchasing',
  unit: 'days',
  ingredients: ['payables_open', 'payables_issued'],
  given: ['days', 'opening'],
  combine: ({ value, opening, days }) => days === null
    ? 'no_bounds'
    : daysOutstanding((opening('payables_open') + value('payables_open')) / 2, value('payables_issued'), days),
  dimensions: ['time'],
  recounted: ['time'],
  better: null,
}

/** Balance over flow, in days of the flow: of sales it is DSO, of purchases DPO. */
export const daysOutstanding = (balance: number, flow: number, days: number): number | 'nothing_to_divide' =>
  flow > 0 ? balance / flow * days : 'nothing_to_divide'
