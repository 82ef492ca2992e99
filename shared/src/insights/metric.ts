/**
 * A metric is one definition. Tile, chart, record list, workflow result and API all read it here:
 * which records count, what each of them is worth, when it counts, and what stands where there is nothing.
 */
export interface MetricDefinition {
  readonly id: MetricId
  readonly family: Family
  readonly unit: MetricUnit
  readonly subject: Subject
  /** `paid`: only what came through channels whose cost in the period is known; the rest would flatter what is divided by it. */
  readonly channels: 'every' | 'paid'
  /** Deals with one of these outcomes count; empty for everything else. */
  readonly outcomes: readonly Outcome[]
  readonly timeBasis: TimeBasis
  /** What one record is worth. Amounts are in the portal's base currency. */
  readonly measure: Measure
  readonly aggregate: Aggregate
  /** For a share: what makes a record one of the part. */
  readonly favourable: Favourable | null
  readonly currencyRule: 'base' | 'none'
  /** Money ends in whole minor units; shares, days and counts are rounded only where they are shown. */
  readonly rounding: 'minor_unit' | 'none'
  /** What an empty period says: a true zero, or that there is nothing to tell. */
  readonly whenEmpty: 'zero' | 'unknown'
  /** Records of the right outcome that still do not count, each counted and named beside the number. */
  readonly leavesOut: readonly LeftOutReason[]
  readonly dimensions: readonly Dimension[]
  /** Dimensions whose parts are counted anew, each by itself: a vendor that sold in two months is in both. */
  readonly recounted: readonly Dimension[]
  /** A formula has no records of its own: it leads to the numbers that it is made of. */
  readonly drill: 'records' | 'ingredients'
  readonly ingredients: readonly MetricId[]
  /** What else its formula is given; the target, too, of a number that is measured against it. */
  readonly given: readonly ('target' | 'days' | 'opening' | 'history' | 'months_back')[]
  readonly combine: Combine | null
  /** Whether its months make a series that can be told ahead. */
  readonly isForecast: boolean
  /** Which way is good news; null where neither is. */
  readonly better: 'higher' | 'lower' | null
}

export const metricIds = [
  'revenue_won', 'deals_won', 'deals_lost', 'lost_value', 'win_rate', 'win_rate_value', 'cohort_win_rate', 'average_deal', 'median_deal',
  'sales_cycle', 'sales_cycle_mean', 'sales_velocity', 'activity_ratio', 'first_response', 'new_deals', 'new_deals_value',
  'pipeline_open', 'deals_open', 'pipeline_planned', 'pipeline_weighted', 'pipeline_weighted_won', 'coverage', 'time_in_stage', 'stale_share',
  'slipped_deals', 'slipped_value', 'slip_moves',
  'retention', 'churn', 'repeat_rate', 'revenue_per_customer',
  'recurring_start', 'recurring_expansion', 'recurring_contraction', 'recurring_churn', 'nrr', 'grr', 'clv',
  'deal_margin', 'margin_coverage', 'costed_revenue', 'margin_rate', 'discount_value', 'list_value', 'discount_rate',
  'spend_total', 'vendors_active', 'top_vendor_share', 'spend_hhi', 'on_time_delivery',
  'price_variance', 'savings', 'price_overspend', 'reference_cost', 'top_three_share', 'effective_vendors',
  'invoice_accuracy', 'average_score', 'critical_share', 'margin_at_risk',
  'payables_open', 'payables_issued', 'payables_overdue', 'overdue_share', 'dpo',
  'receivables_open', 'receivables_issued', 'receivables_overdue', 'dso', 'dso_count_back',
  'ad_spend', 'paid_leads', 'paid_customers', 'paid_revenue', 'cost_per_lead', 'cac', 'cac_payback', 'roas',
  'forecast_wape', 'forecast_bias', 'forecast_deviation', 'forecast_excess', 'forecast_outcome',
] as const
export type MetricId = (typeof metricIds)[number]

/** Where it stands in the dictionary. */
export const families = ['sales', 'pipeline', 'customers', 'marketing', 'purchasing'] as const
export type Family = (typeof families)[number]

/** `ratio`: so many times over, or so many for each; a number with decimals, as a score is. */
export const metricUnits = ['money', 'count', 'percent', 'ratio', 'hours', 'days', 'months'] as const
export type MetricUnit = (typeof metricUnits)[number]

export const subjects = ['deal', 'purchase', 'vendor', 'customer', 'payable', 'receivable', 'order_line', 'ad_cost', 'lead', 'priced_item', 'vendor_invoice', 'scored_vendor', 'forecast', 'formula'] as const
export type Subject = (typeof subjects)[number]

/**
 * The moment that puts a record into a period. `now`: whatever the period. `cohort`: created in it, and long enough ago to be judged.
 * `planned`: its closing is planned in it. `postponed`: was planned in it and is no longer. `before`: bought in the period before it.
 * `bought`: bought in it. `owed`: not paid on its last day. `overdue`: due before it, too. `scored`: as it was scored last by its last day.
 * `formula`: what its ingredients say.
 */
export const timeBases = [
  'closed', 'created', 'cohort', 'now', 'planned', 'postponed', 'spent', 'before', 'bought', 'issued', 'owed', 'overdue', 'promised', 'scored', 'forecast', 'formula',
] as const
export type TimeBasis = (typeof timeBases)[number]

/** `revenue_…`: of a customer, in the time before the period, and what the period brought more, less or no longer. */
export const measures = [
  'one', 'amount', 'cycle_days', 'weighted', 'moves', 'margin', 'margin_at_risk', 'costed', 'first_deal',
  'activities', 'stage_days', 'response_hours', 'discount', 'list_value',
  'revenue_before', 'revenue_more', 'revenue_less', 'revenue_lost',
  'saving', 'overspend', 'reference_cost', 'score', 'forecast_outcome', 'forecast_deviation', 'forecast_excess',
] as const
export type Measure = (typeof measures)[number]

export const aggregates = ['sum', 'share', 'mean', 'median', 'largest_share', 'three_largest_share', 'concentration', 'formula'] as const
export type Aggregate = (typeof aggregates)[number]

export const favourables = ['won', 'lost', 'open', 'won_early', 'stale', 'with_cost', 'kept', 'gone', 'again', 'overdue', 'in_full', 'accurate', 'critical'] as const
export type Favourable = (typeof favourables)[number]

export const outcomes = ['won', 'lost', 'open'] as const
export type Outcome = (typeof outcomes)[number]

export const dimensions = ['time', 'stage', 'pipeline', 'responsible', 'customer', 'source', 'vendor', 'age', 'channel', 'campaign'] as const
export type Dimension = (typeof dimensions)[number]

export const leftOutReasons = [
  'without_amount', 'without_rate', 'undated', 'closed_before_created', 'without_deal',
  'too_young', 'unplanned', 'stage_unknown', 'without_cost', 'without_company', 'not_positive', 'not_promised', 'given_up',
  'without_item', 'without_reference', 'not_comparable', 'not_scored', 'without_due_date', 'without_list_price', 'unanswered',
] as const
export type LeftOutReason = (typeof leftOutReasons)[number]

/** Why there is no number. Absence is said, never shown as zero. */
export const missingReasons = [
  'no_records', 'all_left_out', 'not_priced', 'nothing_to_divide', 'no_target', 'target_for_all', 'target_reached', 'no_history', 'no_bounds', 'no_rights', 'company_wide', 'forecast_filters',
  'short_history', 'no_activities', 'no_margin', 'beyond_history',
] as const
export type MissingReason = (typeof missingReasons)[number]

/** What a formula is given: its ingredients, as they stood before the period too; the calendar days of the period, and the target of its months. */
export interface Given {
  readonly value: (id: MetricId) => number
  readonly opening: (id: MetricId) => number
  readonly days: number | null
  readonly target: number | MissingReason
  /** Whole months of data at the end of the period. */
  readonly history: number
  /** The flow that is counted back, month by month from the end of the period; the last may have been cut short by it. */
  readonly monthsBack: readonly Flow[]
}
export interface Flow { readonly days: number, readonly value: number }
/** For a formula that needs nothing beside its ingredients. */
export const nothingGiven = { opening: () => 0, days: null, target: 'no_target', history: 0, monthsBack: [] } as const satisfies Omit<Given, 'value'>
export type Combine = (given: Given) => number | MissingReason

/** A deal has this many days to be won before its cohort is judged. */
export const cohortDays = 90
/** A customer's value is not told from less than this many months, and for no longer than so many years ahead. */
export const clvNeedsMonths = 24
export const clvYearsAtMost = 5
/** Closed deals that must have passed a stage before it says anything about the next one. */
export const stageNeeds = 20

/** Where the texts of a metric stand in the locales: name, formula, included, timing, empty. */
export const metricTextKey = (id: MetricId): `insights.metrics.${MetricId}` => `insights.metrics.${id}`
