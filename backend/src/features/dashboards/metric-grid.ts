import { AppError } from '@comptoir/shared/errors'
import type { MetricGrid } from '@comptoir/shared/dashboards/board.contract'
import { crossingsFor, type Crossing } from '@comptoir/shared/dashboards/figures'
import type { MetricFilters } from '@comptoir/shared/insights/insights.contract'
import type { Dimension, MetricId } from '@comptoir/shared/insights/metric'
import type { Asking, MetricPort } from './ports.ts'

/** More columns than this nobody reads. */
const mostColumns = 12

export interface GridQuery extends MetricFilters {
  readonly metricId: MetricId
  readonly by: Dimension
  readonly across: Crossing
}

/**
 * The number once for each of the second breakdown, by the same filters that a person sets by hand: a cell is
 * what the page would show for it alone.
 * @throws AppError request.invalid for a breakdown that the metric does not have
 */
export async function metricGrid(metric: MetricPort, asking: Asking, { across, by, ...query }: GridQuery): Promise<MetricGrid> {
  if (!crossingsFor({ metricId: query.metricId, by }).includes(across))
    throw new AppError('request.invalid', { details: { reason: 'dimension', metricId: query.metricId, by, across } })
  const [result, heads] = await Promise.all([metric(asking, { ...query, by }), metric(asking, { ...query, by: across })])
  const known = heads.parts.filter(({ records }) => records > 0)
  const columns = []
  for (const { key, label, records } of known.slice(0, mostColumns)) {
    const { parts } = await metric(asking, { ...query, by, ...across === 'responsible' ? { userIds: [Number(key)] } : { categoryIds: [Number(key)] } })
    columns.push({ key, label, records, cells: parts.map(part => ({ key: part.key, value: part.records > 0 ? part.value : null, records: part.records })) })
  }
  return { result, across, columns, others: Math.max(0, known.length - mostColumns) }
}
