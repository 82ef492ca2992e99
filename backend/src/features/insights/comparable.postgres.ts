import type { MetricPart, MetricQuery } from '@comptoir/shared/insights/insights.contract'
import type { Dimension } from '@comptoir/shared/insights/metric'
import { metricCatalogue } from '@comptoir/shared/insights/metric-catalogue'
import type { Tally } from '@comptoir/shared/insights/tally'
import type { Viewer } from '@comptoir/shared/portal/portal.contract'
import type { Database } from '../../platform/storage/database.ts'
import { askOf, daysOf, type InsightPortal } from './ask.ts'
import { readFigure, readObstacle, type Figure } from './figure.postgres.ts'
import { labelled } from './labels.postgres.ts'
import { readTallies } from './metric-tally.postgres.ts'

/** A number with the sums it is made of, so that two of them can be taken apart exactly. */
export interface Comparable {
  readonly days: ReturnType<typeof daysOf>
  readonly currency: string
  readonly figure: Figure
  /** By key; empty without a breakdown. */
  readonly parts: ReadonlyMap<string, { readonly tally: Tally, readonly label: Pick<MetricPart, 'label' | 'group'> }>
}

/** @throws AppError request.invalid for a period that is none, segment.not_found */
export async function readComparable(db: Database, { portal, viewer, now }: { portal: InsightPortal, viewer: Viewer, now: Date }, query: MetricQuery & { by?: Exclude<Dimension, 'time'> }): Promise<Comparable> {
  const metric = metricCatalogue[query.metricId]
  const { current } = await askOf(db, portal, viewer, query, now)
  const figure = await readFigure(db, metric, current)
  const tallies = query.by && !await readObstacle(db, metric, current) ? await readTallies(db, metric, current, { kind: query.by }) : new Map<string, Tally>()
  const labels = query.by ? await labelled(db, metric, current, query.by, tallies) : []
  const named = new Map(labels.map(({ key, label, group }) => [key, { label, group }]))
  return {
    days: daysOf(metric.timeBasis === 'now' ? { from: null, to: null } : current.range), currency: portal.currency, figure,
    parts: new Map([...tallies].map(([key, tally]) => [key, { tally, label: named.get(key) ?? { label: null, group: null } }])),
  }
}
