import { bucketOf } from '@comptoir/shared/insights/bucket'
import { addMonths, dayAt, startOfMonth, type Day } from '@comptoir/shared/insights/calendar'
import type { MetricId, MetricUnit } from '@comptoir/shared/insights/metric'
import { metricCatalogue } from '@comptoir/shared/insights/metric-catalogue'
import type { Viewer } from '@comptoir/shared/portal/portal.contract'
import type { Database } from '../../platform/storage/database.ts'
import { askOf, type InsightPortal } from './ask.ts'
import { readDataDays } from './metric-tally.postgres.ts'
import { readTimeParts } from './time-parts.postgres.ts'

export interface MonthlyValues {
  readonly unit: MetricUnit
  readonly currency: string | null
  /** Whole months, oldest first; a month without records is nothing or unknown, as the metric says. */
  readonly months: readonly { readonly month: Day, readonly value: number | null }[]
  /** The month that is still running. */
  readonly running: { readonly month: Day, readonly value: number | null }
}

/** A first month that begins later than this is not whole. */
const latestFirstDay = 7

/** A metric month by month as one viewer may see it, at most `atMost` whole months back. */
export async function readMonthlyValues(db: Database, portal: InsightPortal, viewer: Viewer, { metricId, categoryId, segmentId = null, atMost }: { metricId: MetricId, categoryId: number | null, segmentId?: string | null, atMost: number }, now: Date): Promise<MonthlyValues> {
  const metric = metricCatalogue[metricId]
  const running = startOfMonth(dayAt(now, portal.timeZone))
  const { current } = await askOf(db, portal, viewer, { period: 'all', ...categoryId !== null && { categoryIds: [categoryId] }, ...segmentId && { segmentId } }, now)
  const data = await readDataDays(db, metric, current)
  const earliest = addMonths(running, -atMost)
  const first = data.from === null ? running : wholeFrom(data.from)
  const range = { from: first < earliest ? earliest : first > running ? running : first, to: addMonths(running, 1) }
  const parts = (await readTimeParts(db, metric, { ...current, range }, 'month')).map(({ key, value }) => ({ month: key, value }))
  return {
    unit: metric.unit,
    currency: metric.unit === 'money' ? portal.currency : null,
    months: parts.filter(({ month }) => month < running),
    running: parts.find(({ month }) => month === running) ?? { month: running, value: null },
  }
}

const wholeFrom = (day: Day): Day => Number(day.slice(8)) <= latestFirstDay ? startOfMonth(day) : addMonths(bucketOf(day, 'month'), 1)
