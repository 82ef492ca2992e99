import { countBack } from '../../sources/ledger-measures.ts'
import type { Flow, MetricDefinition } from '../metric.ts'
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
  dimensions: ['time', 'responsible', 'age'],
  recounted: ['time'],
  better: null,
}

export const receivablesIssued: MetricDefinition = { ...receivablesOpen, id: 'receivables_issued', timeBasis: 'issued', dimensions: ['time', 'responsible'], recounted: [], better: 'higher' }

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

/** By value: of what is owed on the last day, what was due before it. */
export const receivablesOverdue: MetricDefinition = {
  ...receivablesOpen,
  id: 'receivables_overdue',
  unit: 'percent',
  aggregate: 'share',
  favourable: 'overdue',
  rounding: 'none',
  leavesOut: ['without_rate', 'given_up', 'without_due_date'],
  dimensions: ['time', 'responsible'],
  better: 'lower',
}

/** So many days of the latest invoicing make up what is owed: unlike the average, a strong season does not flatter it. */
export const dsoCountBack: MetricDefinition = {
  ...dso,
  id: 'dso_count_back',
  ingredients: ['receivables_open'],
  given: ['months_back'],
  combine: ({ value, monthsBack }) => countBack(value('receivables_open'), monthsBack.toReversed().map(({ days, value: flowMinor }) => ({ days, flowMinor }))) ?? 'beyond_history',
}

/** How many of the months it takes to make up what is owed. */
export const monthsUsed = (owed: number, months: readonly Flow[]): number =>
  months.filter((_, at) => months.slice(0, at).reduce((left, { value }) => left - value, owed) > 0).length
