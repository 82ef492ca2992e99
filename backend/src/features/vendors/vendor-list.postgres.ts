import { sql, type RawBuilder } from 'kysely'
import { nameKey } from '@comptoir/shared/vendors/name-key'
import { dayAt } from '@comptoir/shared/insights/calendar'
import { spendPeriod, type SpendPeriod } from '@comptoir/shared/vendors/spend-period'
import { vendorStatuses, type VendorStatus } from '@comptoir/shared/vendors/vendor-status'
import type { VendorFilter, VendorPage, VendorRow, VendorSort } from '@comptoir/shared/vendors/vendor.contract'
import { mayDo, seesAllVendors } from '../../platform/access/vendor-gate.postgres.ts'
import type { Database } from '../../platform/storage/database.ts'
import { readCursor, writeCursor, type Cursor } from './vendor-cursor.ts'
import { moneyOf } from './vendor-row.postgres.ts'
import { findNearest, passes } from './vendor-search.postgres.ts'
import { spendMonths, summed } from './vendor-spend.postgres.ts'
import { visibleVendors, type Onlooker } from './visible-vendors.postgres.ts'

const defaultLimit = 50
const defaultOrder: Record<VendorSort, 'asc' | 'desc'> = { 'name': 'asc', 'spend': 'desc', 'last-purchase': 'desc', 'status': 'asc' }

export async function listVendors(db: Database, onlooker: Onlooker, filter: VendorFilter, now: Date): Promise<VendorPage> {
  const period = spendPeriod(filter.period ?? '12-months', dayAt(now, onlooker.portal.timeZone))
  const [found, isReading] = await Promise.all([readCounted(db, onlooker, filter, period), isFirstReading(db, onlooker.portal.id)])
  const key = nameKey(filter.search ?? '')
  return key.length < 3 || sumOf(found.statusCounts) > 0
    ? { ...found, isReading, isApproximate: false }
    : { ...await readNearest(db, onlooker, filter, key, period), isReading, isApproximate: true }
}

/** Companies become vendors at the end of a run: until the first has ended, an empty directory is not the last word. */
async function isFirstReading(db: Database, portalId: number): Promise<boolean> {
  const run = await db.selectFrom('sync_portals').select(['last_run_at', 'is_paused']).where('portal_id', '=', portalId).executeTakeFirst()
  return run !== undefined && run.last_run_at === null && !run.is_paused
}

type Counted = Omit<VendorPage, 'isApproximate' | 'isReading'>

async function readCounted(db: Database, onlooker: Onlooker, filter: VendorFilter, period: SpendPeriod): Promise<Counted> {
  const chosen = visibleVendors(db, onlooker).where(eb => passes(eb, filter))
  const counting = countByStatus(chosen)
  const total = async (): Promise<number> => totalOf(await counting, filter)
  const sort = await sortOf(db, onlooker, filter, period, total)
  const [statusCounts, page] = await Promise.all([counting, readPage(db, onlooker, wherePicked(chosen, filter), sort, filter, period)])
  return { ...page, statusCounts, total: totalOf(statusCounts, filter) }
}

type Chosen = ReturnType<typeof visibleVendors>

const wherePicked = (chosen: Chosen, { status }: VendorFilter): Chosen =>
  status?.length ? chosen.where('vendors.status', 'in', status) : chosen

type StatusCounts = VendorPage['statusCounts']

async function countByStatus(chosen: Chosen): Promise<StatusCounts> {
  const rows = await chosen.select(['vendors.status', sql<number>`count(*)::int`.as('vendors')]).groupBy('vendors.status').execute()
  const counts = new Map(rows.map(row => [row.status, row.vendors]))
  return Object.fromEntries(vendorStatuses.map(status => [status, counts.get(status) ?? 0])) as unknown as StatusCounts
}

const sumOf = (counts: StatusCounts): number => vendorStatuses.reduce((sum, status) => sum + counts[status], 0)

const totalOf = (counts: StatusCounts, { status }: VendorFilter): number =>
  status?.length ? [...new Set(status)].reduce((sum, name) => sum + counts[name], 0) : sumOf(counts)

interface PageRow {
  vendor_id: string
  company_id: number | null
  name: string
  status: VendorStatus
  code: string | null
  siren: string | null
  category: string | null
  city: string | null
  amount: number | null
  unpriced: number | null
  last_purchase_on: string | null
  has_prices: boolean
  sort_value: string | number | null
}

interface Sort {
  readonly value: RawBuilder<unknown>
  readonly join: RawBuilder<unknown>
  readonly kind: 'string' | 'number'
  readonly order: 'asc' | 'desc'
}

const lastPurchase = sql`left join vendor_last_purchases l on l.portal_id = v.portal_id and l.vendor_id = v.vendor_id`

/** Up to here it is cheaper to look each vendor's months up than to add up everybody's. */
const fewVendors = 2_000

/** Sorting by what may not be read would tell it; where all may be read, an index on the value serves. */
const seenPrice = (isWhole: boolean, value: RawBuilder<unknown>): RawBuilder<unknown> =>
  isWhole ? value : sql`case when v.has_prices then ${value} end`

async function sortOf(
  db: Database, onlooker: Onlooker, { sort = 'name', order = defaultOrder[sort] }: VendorFilter, period: SpendPeriod, total: () => Promise<number>,
): Promise<Sort> {
  const spend = summed(spendMonths(db, onlooker.portal.id, period))
  const isWhole = sort === 'name' || sort === 'status' || await seesAllVendors(db, onlooker, 'prices')
  switch (sort) {
    case 'name': return { value: sql`v.name_key`, join: sql``, kind: 'string', order }
    case 'status': return { value: sql`array_position(${sql.lit(`{${vendorStatuses.join()}}`)}::text[], v.status)`, join: sql``, kind: 'number', order }
    case 'last-purchase': return { value: seenPrice(isWhole, sql`l.spent_on`), join: lastPurchase, kind: 'string', order }
    case 'spend': return {
      value: seenPrice(isWhole, sql`t.amount`),
      join: await total() <= fewVendors
        ? sql`left join lateral ${spend.where(sql<boolean>`s.vendor_id = v.vendor_id`)} t on true`
        : sql`left join ${spend.select('s.vendor_id').groupBy('s.vendor_id')} t on t.vendor_id = v.vendor_id`,
      kind: 'number',
      order,
    }
  }
}

/** Rows without a value come last in both directions; the id settles ties, so that pages never overlap. */
function behind(cursor: Cursor | null, { value, order }: Sort): RawBuilder<unknown> {
  const than = sql.raw(order === 'asc' ? '>' : '<')
  if (!cursor)
    return sql`true`
  if (cursor.value === null)
    return sql`${value} is null and v.vendor_id ${than} ${cursor.id}`
  return sql`(${value} ${than} ${cursor.value} or ${value} is null or (${value} = ${cursor.value} and v.vendor_id ${than} ${cursor.id}))`
}

type Page = Pick<VendorPage, 'vendors' | 'nextCursor'>

async function readPage(db: Database, onlooker: Onlooker, chosen: Chosen, sort: Sort, filter: VendorFilter, period: SpendPeriod): Promise<Page> {
  const { portal } = onlooker
  const limit = filter.limit ?? defaultLimit
  const direction = sql.raw(sort.order)
  const cursor = filter.cursor ? readCursor(filter.cursor, sort.kind) : null
  const { rows } = await sql<PageRow>`
    with page as (
      select v.*, ${sort.value} as sort_value from ${chosen.selectAll('vendors').select(mayDo(onlooker, { group: 'prices' }).as('has_prices'))} v ${sort.join}
      where ${behind(cursor, sort)}
      order by sort_value ${direction} nulls last, v.vendor_id ${direction} limit ${limit + 1}
    )
    select v.vendor_id, v.company_id, v.name, v.status, v.code, v.siren, v.category, v.city,
      f.amount, f.unpriced, l.spent_on as last_purchase_on, v.has_prices, v.sort_value
    from page v
    left join lateral ${summed(spendMonths(db, portal.id, period)).where(sql<boolean>`s.vendor_id = v.vendor_id`)} f on true
    ${lastPurchase}
    order by v.sort_value ${direction} nulls last, v.vendor_id ${direction}`.execute(db)
  const last = rows.length > limit ? rows[limit - 1] : undefined
  return {
    vendors: rows.slice(0, limit).map(row => toRow(row, portal.currency)),
    nextCursor: last ? writeCursor({ value: last.sort_value, id: last.vendor_id }) : null,
  }
}

const toRow = (row: PageRow, currency: string): VendorRow => ({
  vendorId: row.vendor_id,
  companyId: row.company_id,
  name: row.name,
  status: row.status,
  code: row.code,
  siren: row.siren,
  category: row.category,
  city: row.city,
  spend: row.has_prices ? moneyOf(row.amount, currency) : null,
  unpricedCount: row.has_prices ? row.unpriced ?? 0 : 0,
  isSpendHidden: !row.has_prices,
  lastPurchaseOn: row.has_prices ? row.last_purchase_on : null,
})

/** One page of the closest spellings, nearest first, for a name that nobody has. */
async function readNearest(db: Database, onlooker: Onlooker, filter: VendorFilter, key: string, period: SpendPeriod): Promise<Counted> {
  const vendorIds = await findNearest(db, onlooker, filter, key)
  const near = visibleVendors(db, onlooker).where('vendors.vendor_id', '=', sql<string>`any(${vendorIds})`)
  const nearness: Sort = { value: sql`word_similarity(${key}, v.name_key)`, join: sql``, kind: 'number', order: 'desc' }
  const [statusCounts, { vendors }] = await Promise.all([
    countByStatus(near),
    readPage(db, onlooker, wherePicked(near, filter), nearness, {}, period),
  ])
  return { vendors, statusCounts, total: vendors.length, nextCursor: null }
}

export async function listCategories(db: Database, onlooker: Onlooker): Promise<{ category: string, vendorCount: number }[]> {
  const rows = await visibleVendors(db, onlooker).select(['vendors.category', sql<number>`count(*)::int`.as('vendors')])
    .where('vendors.category', 'is not', null).groupBy('vendors.category').orderBy('vendors.category').execute()
  return rows.map(row => ({ category: row.category ?? '', vendorCount: row.vendors }))
}
