import type { AnalyticsScope, Days, MetricFilters } from '@comptoir/shared/insights/insights.contract'
import { addDays } from '@comptoir/shared/insights/calendar'
import { previousPeriod, resolvePeriod, type DayRange } from '@comptoir/shared/insights/period'
import type { Viewer } from '@comptoir/shared/portal/portal.contract'
import { scopeOf } from '../../platform/access/deal-gate.postgres.ts'

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
  readonly range: DayRange
}

export interface AskedPeriods {
  readonly current: Ask
  readonly previous: Ask | null
}

/** @throws AppError request.invalid for a period that is none. */
export function toAsk(portal: InsightPortal, viewer: Viewer, filters: MetricFilters, now: Date): AskedPeriods {
  const clock = { now, timeZone: portal.timeZone }
  const current: Ask = {
    portalId: portal.id,
    timeZone: portal.timeZone,
    currency: portal.currency,
    scope: scopeOf(viewer, portal.settings.analyticsScope),
    viewer,
    userIds: listed(filters.userIds),
    categoryIds: listed(filters.categoryIds),
    range: resolvePeriod(filters, clock),
  }
  const before = previousPeriod(filters, clock)
  return { current, previous: before && { ...current, range: before } }
}

const listed = (ids: readonly number[] | undefined): readonly number[] | null => ids?.length ? ids : null

/** True when a number is about everybody and everything, so that the rows added up for all will do. */
export const isUnfiltered = ({ scope, userIds, categoryIds }: Ask): boolean =>
  scope === 'all' && userIds === null && categoryIds === null

export const daysOf = ({ from, to }: DayRange): Days => ({ from, to: to && addDays(to, -1) })
