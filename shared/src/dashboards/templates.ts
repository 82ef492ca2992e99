import type { Dimension, MetricId } from '../insights/metric.ts'
import type { BoardSpec, Tile } from './board.ts'
import { sizeOf, type Figure } from './figures.ts'
import { added } from './layout.ts'

export const boardTemplates = ['empty', 'sales', 'purchasing', 'management'] as const
export type BoardTemplate = (typeof boardTemplates)[number]

type Wish = readonly [metricId: MetricId, by?: Dimension, figure?: Figure]

const wishes: Readonly<Record<BoardTemplate, readonly Wish[]>> = {
  empty: [],
  sales: [
    ['revenue_won'], ['win_rate'], ['average_deal'], ['sales_cycle'],
    ['revenue_won', 'time', 'bar'], ['pipeline_open', 'stage', 'bar-across'], ['revenue_won', 'responsible', 'bar-across'], ['win_rate', 'responsible', 'bar-across'],
  ],
  purchasing: [['spend_total'], ['spend_total', 'time', 'bar'], ['spend_total', 'vendor', 'bar-across'], ['spend_total', 'vendor', 'table']],
  management: [
    ['revenue_won'], ['pipeline_open'], ['win_rate_value'], ['spend_total'],
    ['revenue_won', 'time', 'area'], ['spend_total', 'time', 'area'], ['pipeline_open', 'pipeline', 'doughnut'], ['revenue_won', 'pipeline', 'doughnut'],
  ],
}

/** A board to begin with. */
export function boardFrom(template: BoardTemplate, newId: () => string): BoardSpec {
  return {
    tiles: wishes[template].reduce<Tile[]>((tiles, [metricId, by = null, figure = 'number']) =>
      added(tiles, { tileId: newId(), title: '', metricId, by, figure, period: null, ...sizeOf(figure) }), []),
  }
}
