import type { Dimension, MetricId } from '../insights/metric.ts'
import { metricCatalogue } from '../insights/metric-catalogue.ts'
import type { BoardSpec, Tile } from './board.ts'
import { misfitOf, sizeOf, type Crossing, type Figure } from './figures.ts'
import { added } from './layout.ts'

export const boardTemplates = ['empty', 'sales', 'purchasing', 'marketing', 'finance', 'management'] as const
export type BoardTemplate = (typeof boardTemplates)[number]

interface Wish {
  readonly metricId: MetricId
  readonly by?: Dimension
  readonly figure?: Figure
  readonly across?: Crossing
  readonly against?: MetricId
}

const wishes: Readonly<Record<BoardTemplate, readonly Wish[]>> = {
  empty: [],
  sales: [
    { metricId: 'revenue_won', by: 'time', figure: 'kpi' }, { metricId: 'deals_won', by: 'time', figure: 'kpi' },
    { metricId: 'win_rate', by: 'time', figure: 'kpi' }, { metricId: 'sales_cycle', by: 'time', figure: 'kpi' },
    { metricId: 'pipeline_open', by: 'stage', figure: 'funnel' }, { metricId: 'revenue_won', by: 'time', across: 'pipeline', figure: 'stacked-bar' },
    { metricId: 'revenue_won', by: 'responsible', figure: 'pareto' }, { metricId: 'win_rate', by: 'responsible', against: 'average_deal', figure: 'scatter' },
    { metricId: 'revenue_won', by: 'customer', figure: 'bar-across' }, { metricId: 'win_rate', by: 'source', figure: 'bar-across' },
    { metricId: 'revenue_won', by: 'responsible', across: 'pipeline', figure: 'heat-map' },
  ],
  purchasing: [
    { metricId: 'spend_total', by: 'time', figure: 'kpi' }, { metricId: 'vendors_active', by: 'time', figure: 'kpi' },
    { metricId: 'top_vendor_share', by: 'time', figure: 'kpi' }, { metricId: 'on_time_delivery', by: 'time', figure: 'kpi' },
    { metricId: 'price_variance', by: 'time', figure: 'kpi' }, { metricId: 'savings', by: 'time', figure: 'kpi' },
    { metricId: 'invoice_accuracy', by: 'time', figure: 'kpi' }, { metricId: 'average_score', by: 'time', figure: 'kpi' },
    { metricId: 'spend_total', by: 'vendor', figure: 'pareto' }, { metricId: 'spend_total', by: 'time', figure: 'bar' },
    { metricId: 'spend_total', by: 'time', figure: 'waterfall' }, { metricId: 'spend_total', by: 'vendor', figure: 'table' },
  ],
  marketing: [
    { metricId: 'ad_spend', by: 'time', figure: 'kpi' }, { metricId: 'cost_per_lead', by: 'time', figure: 'kpi' },
    { metricId: 'cac', by: 'time', figure: 'kpi' }, { metricId: 'roas', by: 'time', figure: 'kpi' },
    { metricId: 'ad_spend', by: 'channel', figure: 'doughnut' }, { metricId: 'cost_per_lead', by: 'channel', figure: 'bar-across' },
    { metricId: 'roas', by: 'channel', figure: 'bar-across' }, { metricId: 'ad_spend', by: 'campaign', figure: 'pareto' },
    { metricId: 'ad_spend', by: 'time', figure: 'bar' }, { metricId: 'paid_revenue', by: 'time', against: 'ad_spend', figure: 'scatter' },
    { metricId: 'new_deals', by: 'time', figure: 'kpi' }, { metricId: 'new_deals_value', by: 'time', figure: 'kpi' },
    { metricId: 'cohort_win_rate', by: 'time', figure: 'kpi' }, { metricId: 'sales_cycle', by: 'time', figure: 'kpi' },
    { metricId: 'new_deals', by: 'time', across: 'pipeline', figure: 'stacked-bar' }, { metricId: 'pipeline_open', by: 'stage', figure: 'funnel' },
    { metricId: 'paid_leads', by: 'time', figure: 'bar' }, { metricId: 'win_rate', by: 'time', figure: 'line' },
    { metricId: 'deals_won', by: 'time', across: 'pipeline', figure: 'heat-map' },
  ],
  finance: [
    { metricId: 'revenue_won', figure: 'gauge' }, { metricId: 'spend_total', figure: 'gauge' }, { metricId: 'deal_margin' }, { metricId: 'payables_open' },
    { metricId: 'overdue_share' }, { metricId: 'dpo' }, { metricId: 'receivables_open' }, { metricId: 'dso' },
    { metricId: 'revenue_won', by: 'time', figure: 'waterfall' }, { metricId: 'spend_total', by: 'time', figure: 'waterfall' },
    { metricId: 'revenue_won', by: 'time', against: 'spend_total', figure: 'scatter' }, { metricId: 'spend_total', by: 'vendor', figure: 'pareto' },
  ],
  management: [
    { metricId: 'revenue_won', figure: 'gauge' }, { metricId: 'win_rate_value', by: 'time', figure: 'kpi' },
    { metricId: 'average_deal', by: 'time', figure: 'kpi' }, { metricId: 'spend_total', by: 'time', figure: 'kpi' },
    { metricId: 'revenue_won', by: 'time', figure: 'area' }, { metricId: 'spend_total', by: 'time', figure: 'area' },
    { metricId: 'pipeline_open', by: 'stage', figure: 'funnel' }, { metricId: 'revenue_won', by: 'pipeline', figure: 'doughnut' },
    { metricId: 'revenue_won', by: 'responsible', across: 'pipeline', figure: 'pivot' },
  ],
}

/** A board to begin with. */
export function boardFrom(template: BoardTemplate, newId: () => string): BoardSpec {
  return {
    tiles: wishes[template].filter(canBe).reduce<Tile[]>((tiles, { metricId, by, figure = 'number', across, against }) =>
      added(tiles, { tileId: newId(), title: '', metricId, by: by ?? null, across: across ?? null, against: against ?? null, goal: null, figure, period: null, ...sizeOf(figure) }), []),
  }
}

const canBe = ({ metricId, by, figure = 'number', across, against }: Wish): boolean =>
  metricId in metricCatalogue && misfitOf(figure, { metricId, by: by ?? null, across: across ?? null, against: against ?? null }) === null
