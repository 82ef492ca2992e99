import { sql } from 'kysely'
import { resolvePeriod, type DayRange } from '@comptoir/shared/insights/period'
import { withoutGroup, type SpendPeriodQuery, type SpendTotal } from '@comptoir/shared/spend-reports/spend-report.contract'
import { visibleVendors } from '../../platform/access/vendor-gate.postgres.ts'
import type { Caller } from '../../platform/http/caller.ts'
import type { Database } from '../../platform/storage/database.ts'

export type Reader = Pick<Caller, 'portal' | 'viewer'>

export const daysOf = (query: SpendPeriodQuery, { portal }: Reader, now: Date): DayRange =>
  resolvePeriod(query, { now, timeZone: portal.timeZone })

/** A purchase's own category, else the group of its vendor. */
export const categoryOf = sql<string>`coalesce(nullif(p.category, ''), vendors.category, ${sql.lit(withoutGroup)})`
export const departmentOf = sql<string>`coalesce(p.department, ${sql.lit(withoutGroup)})`

/** The purchases of a period whose vendors' prices the reader may see: every figure and list of the reports starts here. */
export function chosenPurchases(db: Database, reader: Reader, { vendorId, category, department }: SpendPeriodQuery, { from, to }: DayRange) {
  return visibleVendors(db, reader, { group: 'prices' })
    .innerJoin('purchases as p', join => join.onRef('p.portal_id', '=', 'vendors.portal_id').onRef('p.vendor_id', '=', 'vendors.vendor_id'))
    .$if(from !== null, query => query.where('p.spent_on', '>=', from!))
    .$if(to !== null, query => query.where('p.spent_on', '<', to!))
    .$if(vendorId !== undefined, query => query.where('p.vendor_id', '=', vendorId!))
    .$if(category !== undefined, query => query.where(categoryOf, '=', category!))
    .$if(department !== undefined, query => query.where(departmentOf, '=', department!))
}

export const sums = [
  sql<number | null>`sum(p.amount_base_minor)::bigint`.as('amount'),
  sql<number>`count(*)::int`.as('purchases'),
  sql<number>`(count(*) - count(p.amount_base_minor))::int`.as('unpriced'),
] as const

export const toTotal = (row: { amount: number | null, purchases: number, unpriced: number }): SpendTotal =>
  ({ amountMinor: row.amount, purchases: row.purchases, unpriced: row.unpriced })
