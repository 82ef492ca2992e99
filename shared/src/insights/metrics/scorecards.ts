import type { MetricDefinition } from '../metric.ts'
import { counted } from './manner.ts'

/** Vendors by their score at the last month's end that the period has reached; what could not be scored is no zero. */
export const averageScore: MetricDefinition = {
  ...counted,
  id: 'average_score',
  family: 'purchasing',
  unit: 'ratio',
  subject: 'scored_vendor',
  outcomes: [],
  timeBasis: 'scored',
  measure: 'score',
  aggregate: 'mean',
  whenEmpty: 'unknown',
  leavesOut: ['not_scored'],
  dimensions: ['time'],
  recounted: ['time'],
  better: 'higher',
}

export const criticalShare: MetricDefinition = {
  ...averageScore,
  id: 'critical_share',
  unit: 'percent',
  measure: 'one',
  aggregate: 'share',
  favourable: 'critical',
  better: 'lower',
}

/** Invoices that ask for what was ordered, within the tolerance of the scorecards. */
export const invoiceAccuracy: MetricDefinition = {
  ...counted,
  id: 'invoice_accuracy',
  family: 'purchasing',
  unit: 'percent',
  subject: 'vendor_invoice',
  outcomes: [],
  timeBasis: 'issued',
  aggregate: 'share',
  favourable: 'accurate',
  whenEmpty: 'unknown',
  leavesOut: ['without_rate', 'not_comparable'],
  dimensions: ['time', 'vendor'],
  better: 'higher',
}
