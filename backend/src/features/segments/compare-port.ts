import type { Days, MetricFilters } from '@comptoir/shared/insights/insights.contract'
import type { Dimension, MetricId } from '@comptoir/shared/insights/metric'
import type { Tally } from '@comptoir/shared/insights/tally'

/** One number of one side, with the sums behind it. */
export interface ComparedFigure {
  readonly days: Days
  /** What the segment is called; null without one. */
  readonly segment: string | null
  readonly currency: string
  readonly value: number | null
  readonly records: number
  readonly tally: Tally
  readonly ingredients: readonly { readonly metricId: MetricId, readonly value: number | null }[]
  readonly target: number | null
  readonly parts: ReadonlyMap<string, { readonly tally: Tally, readonly label: string | null, readonly group: string | null }>
}

/** What a comparison asks of the analytics, in the rights of whoever looks. */
export interface ComparePort {
  readonly figure: (query: MetricFilters & { readonly metricId: MetricId, readonly by?: Exclude<Dimension, 'time'> }) => Promise<ComparedFigure>
}
