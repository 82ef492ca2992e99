import { sql, type RawBuilder, type SelectQueryBuilder } from 'kysely'
import { satisfies } from '@comptoir/shared/access/rights'
import { dayAt } from '@comptoir/shared/insights/calendar'
import { splitMonths, type DayRange } from '@comptoir/shared/insights/period'
import { shareOf } from '@comptoir/shared/vendors/deal-margin'
import { daysOfPeriod, monthsBetween, spendPeriod, type SpendPeriod, type SpendPeriodName } from '@comptoir/shared/vendors/spend-period'
import type { Vendor } from '@comptoir/shared/vendors/vendor-fields'
import type { SpendFigure, SpendMonth, VendorSpend } from '@comptoir/shared/vendors/vendor-spend.contract'
import { seesAllVendors } from '../../platform/access/vendor-gate.postgres.ts'
import type { Database } from '../../platform/storage/database.ts'
import type { Schema } from '../../platform/storage/schema.ts'
import { visibleVendors, type Onlooker } from './visible-vendors.postgres.ts'
import { moneyOf } from './vendor-row.postgres.ts'

/** Spend in the portal's currency; null when no purchase could be priced. */
export interface Spend {
  readonly amountMinor: number | null
  readonly purchaseCount: number
  readonly unpricedCount: number
}

/** The months of a period, as rows of spend: the one definition behind tab, list, drill-down and workflow result. */
export function spendMonths(db: Database, portalId: number, { from, to }: SpendPeriod) {
  return db.selectFrom('vendor_spend_months as s')
    .where('s.portal_id', '=', portalId)
    .$if(from !== null, query => query.where('s.month', '>=', `${from}-01`))
    .$if(to !== null, query => query.where('s.month', '<=', `${to}-01`))
}

const sums = {
  amount: sql<number | null>`case when sum(s.purchase_count) > sum(s.unpriced_count) then sum(s.amount_base_minor)::bigint end`,
  purchases: sql<number>`coalesce(sum(s.purchase_count), 0)::int`,
  unpriced: sql<number>`coalesce(sum(s.unpriced_count), 0)::int`,
}

/** Sums of whichever rows are chosen. No data is null, never zero; an unpriced purchase is counted, never summed. */
export const summed = <DB extends Pick<Schema, 'vendor_spend_months'> & { s: Schema['vendor_spend_months'] }, O>(
  query: SelectQueryBuilder<DB, 's', O>,
) => query.select([sums.amount.as('amount'), sums.purchases.as('purchases'), sums.unpriced.as('unpriced')])

interface SummedRow { readonly amount: number | null, readonly purchases: number, readonly unpriced: number }

const toSpend = (row: SummedRow): Spend => ({ amountMinor: row.amount, purchaseCount: row.purchases, unpricedCount: row.unpriced })

export const toFigure = (row: SummedRow, currency: string): SpendFigure =>
  ({ amount: moneyOf(row.amount, currency), purchaseCount: row.purchases, unpricedCount: row.unpriced })

/** What a portal spent with the chosen vendors on any calendar days: whole months as they were added up, the days around them one by one. */
export async function spendOfDays(db: Database, portalId: number, range: DayRange, isChosen: RawBuilder<boolean>): Promise<Spend> {
  const { months, edges } = splitMonths(range)
  const isIn = ({ from, to }: DayRange, day: RawBuilder<unknown>) =>
    sql`portal_id = ${portalId} and ${from === null ? sql`true` : sql`${day} >= ${from}::date`} and ${to === null ? sql`true` : sql`${day} < ${to}::date`} and ${isChosen}`
  const sources = [
    ...months ? [sql`select amount_base_minor, purchase_count, unpriced_count from vendor_spend_months where ${isIn(months, sql`month`)}`] : [],
    ...edges.map(edge => sql`select coalesce(amount_base_minor, 0) as amount_base_minor, 1 as purchase_count, (amount_base_minor is null)::int as unpriced_count from purchases where ${isIn(edge, sql`spent_on`)}`),
  ]
  if (sources.length === 0)
    return { amountMinor: null, purchaseCount: 0, unpricedCount: 0 }
  const { rows: [row] } = await sql<SummedRow>`
    select ${sums.amount} as amount, ${sums.purchases} as purchases, ${sums.unpriced} as unpriced from (${sql.join(sources, sql` union all `)}) s`.execute(db)
  return toSpend(row!)
}

const totalSpend = (db: Database, portalId: number, vendorId: string, period: SpendPeriod): Promise<Spend> =>
  spendOfDays(db, portalId, daysOfPeriod(period), sql<boolean>`vendor_id = ${vendorId}`)

/** A vendor's spend by month with the whole it is a share of. The vendor has been found visible before. */
export async function readSpend(db: Database, onlooker: Onlooker, { vendorId, rights }: Pick<Vendor, 'vendorId' | 'rights'>, name: SpendPeriodName, now: Date): Promise<VendorSpend> {
  const { portal } = onlooker
  const asked = spendPeriod(name, dayAt(now, portal.timeZone))
  if (!satisfies(rights, { group: 'prices' }))
    return { ...asked, ...hiddenSpend, period: name }
  const reading = readMonths(db, portal.id, vendorId, asked)
  // Without ends of its own the period is the vendor's first to last month.
  const period = asked.from === null ? endsOf(await reading) : asked
  const [months, total, portalTotal, lastPurchaseOn, isWhole] = await Promise.all([
    reading,
    totalSpend(db, portal.id, vendorId, period),
    readPortalSpend(db, onlooker, period),
    findLastPurchase(db, portal.id, vendorId),
    seesAllVendors(db, onlooker, 'prices'),
  ])
  return {
    period: name,
    ...period,
    total: { amount: moneyOf(total.amountMinor, portal.currency), purchaseCount: total.purchaseCount, unpricedCount: total.unpricedCount },
    portalTotal: toFigure(portalTotal, portal.currency),
    share: shareOf(total.amountMinor, portalTotal.amount),
    months: fillMonths(months, period, portal.currency),
    lastPurchaseOn,
    isHidden: false,
    isWithinRights: !isWhole,
  }
}

const nothing: SpendFigure = { amount: null, purchaseCount: 0, unpricedCount: 0 }
const hiddenSpend = { total: nothing, portalTotal: nothing, share: null, months: [], lastPurchaseOn: null, isHidden: true, isWithinRights: true }

interface MonthRow extends SummedRow { readonly month: string }

const readMonths = (db: Database, portalId: number, vendorId: string, period: SpendPeriod): Promise<MonthRow[]> =>
  summed(spendMonths(db, portalId, period)).select('s.month').where('s.vendor_id', '=', vendorId).groupBy('s.month').orderBy('s.month').execute()

const readPortalSpend = (db: Database, onlooker: Onlooker, period: SpendPeriod): Promise<SummedRow> =>
  summed(spendMonths(db, onlooker.portal.id, period))
    .where('s.vendor_id', 'in', visibleVendors(db, onlooker, { group: 'prices' }).select('vendors.vendor_id'))
    .executeTakeFirstOrThrow()

const endsOf = (months: readonly MonthRow[]): SpendPeriod =>
  ({ from: months[0]?.month.slice(0, 7) ?? null, to: months.at(-1)?.month.slice(0, 7) ?? null })

function fillMonths(rows: readonly MonthRow[], { from, to }: SpendPeriod, currency: string): SpendMonth[] {
  if (!from || !to)
    return []
  const known = new Map(rows.map(row => [row.month.slice(0, 7), toFigure(row, currency)]))
  return monthsBetween(from, to).map(month => ({ month, ...known.get(month) ?? { amount: null, purchaseCount: 0, unpricedCount: 0 } }))
}

async function findLastPurchase(db: Database, portalId: number, vendorId: string): Promise<string | null> {
  const row = await db.selectFrom('vendor_last_purchases').select('spent_on')
    .where('portal_id', '=', portalId).where('vendor_id', '=', vendorId).executeTakeFirst()
  return row?.spent_on ?? null
}
