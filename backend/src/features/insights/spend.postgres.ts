import { sql, type RawBuilder } from 'kysely'
import { splitMonths, type BoundRange, type DayRange } from '@comptoir/shared/insights/period'
import { isOfVisible, seesAllVendors } from '../../platform/access/vendor-gate.postgres.ts'
import type { Database } from '../../platform/storage/database.ts'
import { isUnfiltered, type Ask } from './ask.ts'
import type { Cell } from './cells.ts'
import { isDayIn, keyOf, type Split } from './closed-deals.postgres.ts'
import { isOfLockedVendor, unlocked } from './lock.postgres.ts'
import { isAboutDealsOf, isInPipelines } from './rights.postgres.ts'

/** Purchases of a range. Without filters whole months come added up; with people or pipelines, from their deals' purchases. */
export async function spendCells(db: Database, ask: Ask, split: Split, { atMost }: { atMost?: number } = {}): Promise<Cell[]> {
  const { rows } = await sql<Pick<Cell, 'key' | 'records' | 'amount' | 'withoutRate'>>`
    select ${keyOf(split, sql`day`)} as key, sum(records)::int as records, sum(amount)::bigint as amount, sum(unpriced)::int as "withoutRate"
    from (${sql.join(sourcesOf(ask, split), sql` union all `)}) spent
    group by 1
    having sum(records) <> 0
    order by ${split.kind === 'vendor' ? sql`3 desc, 1` : sql`1`}
    ${atMost === undefined ? sql`` : sql`limit ${atMost}`}`.execute(db)
  return rows.map(row => ({ ...row, outcome: null, withoutAmount: 0, isUndated: false }))
}

function sourcesOf(ask: Ask, split: Split): RawBuilder<unknown>[] {
  const isFine = split.kind === 'time' && (split.bucket === 'day' || split.bucket === 'week')
  if (!isUnfiltered(ask) || isFine)
    return [purchasesOf(ask, ask.range)]
  const { months, edges } = splitMonths(ask.range)
  return [...months ? [monthsOf(ask, months)] : [], ...edges.map((edge: BoundRange) => purchasesOf(ask, edge))]
}

/** What was spent with each vendor: its records, those without rate, and the sum of the others. */
export const spendByVendor = (ask: Ask): RawBuilder<unknown> => sql`
  select vendor_id, sum(records)::int as records, sum(unpriced)::int as unpriced, sum(amount)::bigint as amount
  from (${sql.join(sourcesOf(ask, { kind: 'none' }), sql` union all `)}) spent group by vendor_id having sum(records) <> 0`

const monthsOf = (ask: Ask, months: DayRange): RawBuilder<unknown> => sql`
  select vendor_id, month as day, amount_base_minor as amount, purchase_count as records, unpriced_count as unpriced
  from vendor_spend_months where portal_id = ${ask.portalId} and ${isDayIn(months, sql`month`)} and ${isSeen(ask, sql`vendor_id`)}`

const purchasesOf = (ask: Ask, range: DayRange): RawBuilder<unknown> => sql`
  select p.vendor_id, p.spent_on as day, coalesce(p.amount_base_minor, 0) as amount, 1 as records,
    (p.amount_base_minor is null)::int as unpriced
  from purchases p
  where p.portal_id = ${ask.portalId} and ${isDayIn(range, sql`p.spent_on`)} and ${isSpendOf(ask)}`

/**
 * A purchase belongs to people and pipelines through its deal alone. A scalar look-up by key, not a join:
 * on tables that have just been filled and not yet been analysed, joins get plans that take minutes.
 */
export function isSpendOf(ask: Ask): RawBuilder<boolean> {
  const { lock } = ask
  if (lock?.kind === 'company')
    return sql`${isOfLockedVendor(lock, sql`p.vendor_id`)} and ${isSpendOf(unlocked(ask))}`
  return isUnfiltered(ask) ? isSeen(ask, sql`p.vendor_id`) : isSpendOfDeals(ask)
}

const isSpendOfDeals = (ask: Ask): RawBuilder<boolean> =>
  sql`${isSeen(ask, sql`p.vendor_id`)} and coalesce((select true from crm_deals d where d.portal_id = ${ask.portalId} and d.deal_id = p.deal_id
      and ${isAboutDealsOf(ask)} and ${isInPipelines(ask, sql`d.category_id`)}), false)`

export const isDealless = (ask: Ask): RawBuilder<boolean> =>
  sql`${isSeen(ask, sql`p.vendor_id`)} and (select true from crm_deals d where d.portal_id = ${ask.portalId} and d.deal_id = p.deal_id) is null`

/** Of a vendor whose prices the viewer may see: totals, parts and records are all drawn within this. */
const isSeen = ({ portalId, viewer }: Ask, vendor: RawBuilder<unknown>): RawBuilder<boolean> =>
  isOfVisible({ portal: { id: portalId }, viewer }, vendor, { group: 'prices' })

/** Of a filtered range, the purchases that no deal ties to anyone. Told only to those who may see everything. */
export async function purchasesWithoutDeal(db: Database, ask: Ask): Promise<number> {
  if (isUnfiltered(ask) || ask.scope !== 'all' || ask.lock !== null)
    return 0
  const { rows: [row] } = await sql<{ records: number }>`
    select count(*)::int as records from purchases p
    where p.portal_id = ${ask.portalId} and ${isDayIn(ask.range, sql`p.spent_on`)}
      and ${isDealless(ask)}`.execute(db)
  return row?.records ?? 0
}

/** First day and last day of any purchase of the question. */
export async function spendDays(db: Database, ask: Ask): Promise<DayRange> {
  const { rows: [row] } = await sql<{ from: string | null, to: string | null }>`
    select min(spent_on) as from, max(spent_on) + 1 as to from purchases p
    where p.portal_id = ${ask.portalId} and ${isSpendOf(ask)}`.execute(db)
  return row ?? { from: null, to: null }
}

/** Whether spend is told of all vendors or only within the viewer's rights, which the page then says. */
export const isWithinRights = async (db: Database, { portalId, viewer }: Pick<Ask, 'portalId' | 'viewer'>): Promise<boolean> =>
  !await seesAllVendors(db, { portal: { id: portalId }, viewer }, 'prices')
