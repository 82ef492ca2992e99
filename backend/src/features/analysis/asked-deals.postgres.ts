import { sql, type RawBuilder } from 'kysely'
import { instantsOf, resolvePeriod, type DayRange, type PeriodChoice } from '@comptoir/shared/insights/period'
import { dealOnlooker, isVisible } from '../../platform/access/deal-gate.postgres.ts'
import type { Caller } from '../../platform/http/caller.ts'

export type Reader = Pick<Caller, 'portal' | 'viewer'>

interface People {
  readonly userIds?: readonly number[]
  readonly categoryIds?: readonly number[]
}

/** Deals `d` that the reader may count, of the chosen people, pipelines and segment. */
export const askedDeals = ({ portal, viewer }: Reader, { userIds, categoryIds }: People, segment: RawBuilder<boolean> | null = null): RawBuilder<boolean> => sql`(
  d.portal_id = ${portal.id} and ${isVisible(dealOnlooker(portal, viewer), sql`d.assigned_by_id`)}
  and ${userIds?.length ? sql`coalesce(d.assigned_by_id, 0) = any(${[...userIds]}::integer[])` : sql`true`}
  and ${categoryIds?.length ? sql`d.category_id = any(${[...categoryIds]}::integer[])` : sql`true`}
  and ${segment ?? sql`true`})`

/** The calendar day of a moment where the portal is. */
export const dayOf = (column: RawBuilder<unknown>, { portal }: Reader): RawBuilder<string> =>
  sql`(${column} at time zone ${portal.timeZone})::date`

export interface AskedPeriod {
  readonly range: DayRange
  readonly from: Date | null
  readonly to: Date | null
}

export function askedPeriod(choice: PeriodChoice, { portal }: Reader, now: Date): AskedPeriod {
  const range = resolvePeriod(choice, { now, timeZone: portal.timeZone })
  return { range, ...instantsOf(range, portal.timeZone) }
}

export const isWithin = (column: RawBuilder<unknown>, { from, to }: Pick<AskedPeriod, 'from' | 'to'>): RawBuilder<boolean> => sql`(
  ${from === null ? sql`true` : sql`${column} >= ${from}`} and ${to === null ? sql`true` : sql`${column} < ${to}`})`
