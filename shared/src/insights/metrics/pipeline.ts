import type { MetricDefinition } from '../metric.ts'
import { counted, formula, money } from './manner.ts'

/** What is open now. A period does not apply: an open deal has no day on which it counts. */
export const pipelineOpen: MetricDefinition = {
  ...counted,
  ...money,
  id: 'pipeline_open',
  family: 'pipeline',
  subject: 'deal',
  outcomes: ['open'],
  timeBasis: 'now',
  aggregate: 'sum',
  whenEmpty: 'zero',
  leavesOut: ['without_amount', 'without_rate'],
  dimensions: ['stage', 'pipeline', 'responsible', 'customer', 'source'],
  better: 'higher',
}

export const dealsOpen: MetricDefinition = {
  ...pipelineOpen,
  id: 'deals_open',
  unit: 'count',
  measure: 'one',
  currencyRule: 'none',
  rounding: 'none',
  leavesOut: [],
  better: null,
}

/**
 * Each open amount times the share of deals that were won after passing its stage, in whole thousandths. A stage that too
 * few deals have passed says nothing: its deals are left out, not weighed by a guess.
 */
export const pipelineWeighted: MetricDefinition = {
  ...pipelineOpen,
  id: 'pipeline_weighted',
  measure: 'weighted',
  leavesOut: ['without_amount', 'without_rate', 'stage_unknown'],
}

/** As some count it: what is already won in the period belongs to it. */
export const pipelineWeightedWon: MetricDefinition = {
  ...formula,
  ...money,
  id: 'pipeline_weighted_won',
  family: 'pipeline',
  ingredients: ['pipeline_weighted', 'revenue_won'],
  combine: ({ value }) => value('pipeline_weighted') + value('revenue_won'),
  better: 'higher',
}

export const pipelinePlanned: MetricDefinition = {
  ...pipelineOpen,
  id: 'pipeline_planned',
  timeBasis: 'planned',
  leavesOut: ['without_amount', 'without_rate', 'unplanned'],
  dimensions: ['time', 'pipeline', 'responsible', 'customer', 'source'],
}

/** How many times over the open pipeline of the period covers what is still to be won of the target. */
export const coverage: MetricDefinition = {
  ...formula,
  id: 'coverage',
  family: 'pipeline',
  unit: 'ratio',
  ingredients: ['pipeline_planned', 'revenue_won'],
  given: ['target'],
  combine({ value, target }) {
    if (typeof target !== 'number')
      return target
    const left = target - value('revenue_won')
    return left > 0 ? value('pipeline_planned') / left : 'target_reached'
  },
  better: 'higher',
}

/** Money a day: open deals × win rate × average deal ÷ days of a sale. */
export const salesVelocity: MetricDefinition = {
  ...formula,
  ...money,
  id: 'sales_velocity',
  family: 'pipeline',
  ingredients: ['deals_open', 'win_rate', 'average_deal', 'sales_cycle'],
  combine({ value }) {
    const days = value('sales_cycle')
    return days > 0 ? value('deals_open') * value('win_rate') * value('average_deal') / days : 'nothing_to_divide'
  },
  better: 'higher',
}

/** Days that open deals have stood in their present stage so far; how long a deal stays in the end, the analysis of stages estimates. */
export const timeInStage: MetricDefinition = {
  ...dealsOpen,
  id: 'time_in_stage',
  unit: 'days',
  measure: 'stage_days',
  aggregate: 'median',
  whenEmpty: 'unknown',
  better: 'lower',
}

/** Open deals that have stood in their stage for longer than nine in ten won deals did. */
export const staleShare: MetricDefinition = {
  ...dealsOpen,
  id: 'stale_share',
  unit: 'percent',
  aggregate: 'share',
  favourable: 'stale',
  whenEmpty: 'unknown',
  leavesOut: ['stage_unknown'],
  better: 'lower',
}

/** Deals whose closing was planned in the period and, while they were still open, was moved beyond it. */
export const slippedDeals: MetricDefinition = {
  ...dealsOpen,
  id: 'slipped_deals',
  outcomes: ['won', 'lost', 'open'],
  timeBasis: 'postponed',
  dimensions: ['time', 'pipeline', 'responsible', 'customer', 'source'],
  recounted: ['time'],
  better: 'lower',
}

export const slippedValue: MetricDefinition = {
  ...slippedDeals,
  ...money,
  id: 'slipped_value',
  leavesOut: ['without_amount', 'without_rate'],
}

/** How often their date was put off, all moves counted. */
export const slipMoves: MetricDefinition = { ...slippedDeals, id: 'slip_moves', measure: 'moves' }

/** What open deals leave on the products whose likely vendor delivers late or is rated low, as far as purchase prices are known. */
export const marginAtRisk: MetricDefinition = {
  ...pipelineOpen,
  id: 'margin_at_risk',
  measure: 'margin_at_risk',
  whenEmpty: 'unknown',
  leavesOut: ['without_rate', 'without_cost'],
  better: 'lower',
}
