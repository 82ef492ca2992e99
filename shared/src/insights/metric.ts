/**
 * A metric is one definition. Tile, chart, record list, workflow result and API all read it here:
 * which records count, what each of them is worth, when it counts, and what stands where there is nothing.
 */
export interface MetricDefinition {
  readonly id: MetricId
  readonly unit: 'money' | 'count' | 'percent' | 'days'
  readonly subject: 'deal' | 'purchase'
  /** Deals with one of these outcomes count; empty for purchases. */
  readonly outcomes: readonly Outcome[]
  /** The moment that puts a record into a period; an open deal is counted now, whatever the period. */
  readonly timeBasis: 'closed' | 'now' | 'spent'
  /** What one record is worth. Amounts are in the portal's base currency. */
  readonly measure: 'one' | 'amount' | 'cycle_days'
  readonly aggregate: 'sum' | 'share' | 'mean' | 'median'
  /** For a share: the outcome whose part is taken. */
  readonly favourable: Outcome | null
  readonly currencyRule: 'base' | 'none'
  /** What an empty period says: a true zero, or that there is nothing to tell. */
  readonly whenEmpty: 'zero' | 'unknown'
  /** Records of the right outcome that still do not count, each counted and named beside the number. */
  readonly leavesOut: readonly LeftOutReason[]
  readonly dimensions: readonly Dimension[]
  /** Which way is good news; null where neither is. */
  readonly better: 'higher' | 'lower' | null
}

export const metricIds = [
  'revenue_won', 'deals_won', 'deals_lost', 'win_rate', 'win_rate_value', 'average_deal',
  'sales_cycle', 'sales_cycle_mean', 'pipeline_open', 'deals_open', 'spend_total',
] as const
export type MetricId = (typeof metricIds)[number]

export const outcomes = ['won', 'lost', 'open'] as const
export type Outcome = (typeof outcomes)[number]

export const dimensions = ['time', 'stage', 'pipeline', 'responsible', 'vendor'] as const
export type Dimension = (typeof dimensions)[number]

export const leftOutReasons = ['without_amount', 'without_rate', 'undated', 'closed_before_created', 'without_deal'] as const
export type LeftOutReason = (typeof leftOutReasons)[number]

/** Where the texts of a metric stand in the locales: name, formula, included, timing, empty. */
export const metricTextKey = (id: MetricId): `insights.metrics.${MetricId}` => `insights.metrics.${id}`
