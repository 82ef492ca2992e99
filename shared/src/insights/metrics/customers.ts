import type { MetricDefinition } from '../metric.ts'
import { counted } from './manner.ts'

/** A customer is a company with a won deal. Of those who bought in the time before, as long as the period: who bought in it again. */
export const retention: MetricDefinition = {
  ...counted,
  id: 'retention',
  family: 'customers',
  unit: 'percent',
  subject: 'customer',
  outcomes: ['won'],
  timeBasis: 'before',
  aggregate: 'share',
  favourable: 'kept',
  whenEmpty: 'unknown',
  leavesOut: ['without_company'],
  dimensions: ['time'],
  recounted: ['time'],
  better: 'higher',
}

export const churn: MetricDefinition = { ...retention, id: 'churn', favourable: 'gone', better: 'lower' }

/** Of those who bought in the period: who had won deals before, or more than one. */
export const repeatRate: MetricDefinition = { ...retention, id: 'repeat_rate', timeBasis: 'bought', favourable: 'again' }
