import type { MetricDefinition } from '../metric.ts'
import { counted, formula, money } from './manner.ts'
import { daysOutstanding } from './spend.ts'

/** What customers owe on the last day of the period, or today while it runs: the CRM's invoices that are neither paid nor given up. */
export const receivablesOpen: MetricDefinition = {
  ...counted,
  ...money,
  id: 'receivables_open',
  family: 'customers',
  subject: 'receivable',
  outcomes: [],
  timeBasis: 'owed',
  aggregate: 'sum',
  // Nobody may be writing invoices in the CRM.
  whenEmpty: 'unknown',
  // The CRM's own failed stage is « unpaid »: owed all the same. Another one says that nobody waits for the money.
  leavesOut: ['without_rate', 'given_up'],
  dimensions: ['time', 'responsible'],
  recounted: ['time'],
  better: null,
}

export const receivablesIssued: MetricDefinition = { ...receivablesOpen, id: 'receivables_issued', timeBasis: 'issued', recounted: [], better: 'higher' }

export const dso: MetricDefinition = {
  ...formula,
  id: 'dso',
  family: 'customers',
  unit: 'days',
  ingredients: ['receivables_open', 'receivables_issued'],
  given: ['days', 'opening'],
  combine: ({ value, opening, days }) => days === null
    ? 'no_bounds'
    : daysOutstanding((opening('receivables_open') + value('receivables_open')) / 2, value('receivables_issued'), days),
  dimensions: ['time'],
  recounted: ['time'],
  better: 'lower',
}
