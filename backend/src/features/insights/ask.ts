import type { RawBuilder } from 'kysely'
import type { AnalyticsScope, Days, MetricFilters, RecordFilters } from '@comptoir/shared/insights/insights.contract'
import { addDays, dayAt, type Day } from '@comptoir/shared/insights/calendar'
import { previousPeriod, resolvePeriod, type DayRange } from '@comptoir/shared/insights/period'
import type { Viewer } from '@comptoir/shared/portal/portal.contract'
import { scopeOf } from '../../platform/access/deal-gate.postgres.ts'
import { segmentCondition } from '../../platform/segments/segment-condition.postgres.ts'
import type { Database } from '../../platform/storage/database.ts'
import type { Lock } from './lock.postgres.ts'

/** What the portal is to a number; any record of it will do. */
export interface InsightPortal {
  readonly id: number
  readonly timeZone: string
  readonly currency: string
  readonly settings: { readonly analyticsScope?: AnalyticsScope }
}

/** A question with everything resolved: whose rows, seen by whom, of which days. SQL is built from this alone. */
export interface Ask {
  readonly portalId: number
  readonly timeZone: string
  readonly currency: string
  readonly scope: AnalyticsScope
  readonly viewer: Viewer
  /** null: everybody in scope. */
  readonly userIds: readonly number[] | null
  /** null: every pipeline. */
  readonly categoryIds: readonly number[] | null
  /** Of the numbers of marketing: one channel or campaign alone, by its key; null: all. */
  readonly channel: string | null
  readonly campaign: string | null
  /** The record that a page is about, which no filter widens; null: every record. */
  readonly lock: Lock | null
  /** The segment that was asked for, beside what the record adds to it. */
  readonly freeSegment: RawBuilder<boolean> | null
  /** A condition on a deal `d`; null: of every segment. */
  readonly segment: RawBuilder<boolean> | null
  readonly range: DayRange
  readonly now: Date
  /** The portal's day now. */
  readonly today: Day
}

type AskedFilters = MetricFilters & Pick<RecordFilters, 'channel' | 'campaign'>

export interface AskedPeriods {
  readonly current: Ask
  readonly previous: Ask | null
}

/**
 * The same with the segment that the filters name.
 * @throws AppError request.invalid for a period that is none, segment.not_found
 */
export async function askOf(db: Database, portal: InsightPortal, viewer: Viewer, filters: AskedFilters, now: Date): Promise<AskedPeriods> {
  const { current, previous } = toAsk(portal, viewer, filters, now)
  const segment = await segmentCondition(db, { portal, viewer, now }, filters.segmentId)
  return { current: { ...current, segment }, previous: previous && { ...previous, segment } }
}

/** @throws AppError request.invalid for a period that is none. */
export function toAsk(portal: InsightPortal, viewer: Viewer, filters: AskedFilters, now: Date): AskedPeriods {
  const clock = { now, timeZone: portal.timeZone }
  const current: Ask = {
    portalId: portal.id,
    timeZone: portal.timeZone,
    currency: portal.currency,
    scope: scopeOf(viewer, portal.settings.analyticsScope),
    viewer,
    userIds: listed(filters.userIds),
    categoryIds: listed(filters.categoryIds),
    channel: filters.channel ?? null,
    campaign: filters.campaign ?? null,
    lock: null,
    freeSegment: null,
    segment: null,
    range: resolvePeriod(filters, clock),
    now,
    today: dayAt(now, portal.timeZone),
  }
  const before = previousPeriod(filters, clock)
  return { current, previous: before && { ...current, range: before } }
}

const listed = (ids: readonly number[] | undefined): readonly number[] | null => ids?.length ? ids : null

/** True when a number is about everybody and everything, so that the rows added up for all will do. */
export const isUnfiltered = ({ scope, userIds, categoryIds, segment, lock }: Ask): boolean =>
  scope === 'all' && userIds === null && categoryIds === null && segment === null && lock === null

export const daysOf = ({ from, to }: DayRange): Days => ({ from, to: to && addDays(to, -1) })
