import { sql } from 'kysely'
import { addDays } from '@comptoir/shared/insights/calendar'
import type { DayRange } from '@comptoir/shared/insights/period'
import { concentrationOf, paretoOf } from '@comptoir/shared/spend-reports/concentration'
import type { SpendDimension, SpendGroup, SpendQuery, SpendReport } from '@comptoir/shared/spend-reports/spend-report.contract'
import { seesAllVendors } from '../../platform/access/vendor-gate.postgres.ts'
import type { Database } from '../../platform/storage/database.ts'
import { categoryOf, chosenPurchases, daysOf, departmentOf, sums, toTotal, type Reader } from './chosen-purchases.postgres.ts'

const keyOf = {
  vendor: sql<string>`p.vendor_id::text`,
  category: categoryOf,
  department: departmentOf,
  month: sql<string>`to_char(p.spent_on, 'YYYY-MM')`,
} as const

const labelOf = {
  vendor: sql<string>`max(vendors.name)`,
  category: sql<string>`''`,
  department: sql<string>`''`,
  month: sql<string>`''`,
} as const

/** Spend by one dimension. The concentration is over vendors whatever the dimension. */
export async function readSpendReport(db: Database, reader: Reader, query: SpendQuery, now: Date): Promise<SpendReport> {
  const days = daysOf(query, reader, now)
  const [groups, vendors, total, isWhole] = await Promise.all([
    readGroups(db, reader, query, { by: query.by, days }),
    query.by === 'vendor' ? null : readGroups(db, reader, query, { by: 'vendor', days }),
    chosenPurchases(db, reader, query, days).select([...sums]).executeTakeFirstOrThrow(),
    seesAllVendors(db, reader, 'prices'),
  ])
  return {
    from: days.from,
    to: days.to && addDays(days.to, -1),
    currency: reader.portal.currency,
    by: query.by,
    total: toTotal(total),
    groups,
    concentration: concentrationOf((vendors ?? groups).map(({ amountMinor }) => amountMinor ?? 0)),
    isWithinRights: !isWhole,
  }
}

async function readGroups(db: Database, reader: Reader, query: SpendQuery, { by, days }: { by: SpendDimension, days: DayRange }): Promise<SpendGroup[]> {
  const rows = await chosenPurchases(db, reader, query, days)
    .select([keyOf[by].as('key'), labelOf[by].as('label'), ...sums])
    .groupBy(sql`1`)
    .orderBy(by === 'month' ? sql`1` : sql`sum(p.amount_base_minor) desc nulls last, 1`)
    .execute()
  const steps = paretoOf(rows.map(({ amount }) => amount ?? 0))
  return rows.map((row, at) => ({
    key: row.key,
    label: row.label || row.key,
    ...toTotal(row),
    share: steps[at]?.share ?? null,
    // A running sum says something only of what is sorted by amount.
    cumulativeShare: by === 'month' ? null : steps[at]?.cumulativeShare ?? null,
    abc: by === 'month' ? null : steps[at]?.abc ?? null,
  }))
}
