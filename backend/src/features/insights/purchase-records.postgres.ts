import { sql } from 'kysely'
import type { MetricRecord, RecordFilters } from '@comptoir/shared/insights/insights.contract'
import type { Database } from '../../platform/storage/database.ts'
import { isUnfiltered, type Ask } from './ask.ts'
import { isDayIn, keyOf } from './closed-deals.postgres.ts'
import { pageOf, type Narrowed, type RecordSource } from './record-page.postgres.ts'
import { isDealless, isSpendOf } from './spend.postgres.ts'

/** The purchases behind a number, read one by one under the metric's own rule. */
export function purchaseSource(ask: Ask, { vendorId, leftOut }: Narrowed): RecordSource {
  // Purchases of nobody's deal are left out by a filter alone, and told only to those who may see everything.
  const whose = leftOut === 'without_deal' ? (!isUnfiltered(ask) && ask.scope === 'all' && ask.lock === null ? isDealless(ask) : sql`false`) : isSpendOf(ask)
  return {
    entity: 'purchase',
    rank: { order: sql`p.spent_on`, value: sql`(p.spent_on - date '1900-01-01')`, from: rank => sql`(date '1900-01-01' + ${rank}::integer)` },
    id: sql`p.purchase_id`,
    idType: 'uuid',
    worth: sql`p.amount_base_minor`,
    isFavourable: sql`false`,
    key: split => keyOf(split, sql`p.spent_on`),
    from: sql`purchases p`,
    where: sql`p.portal_id = ${ask.portalId} and ${isDayIn(ask.range, sql`p.spent_on`)} and ${whose}
      and ${vendorId === undefined ? sql`true` : sql`p.vendor_id = ${vendorId}::uuid`}
      and ${leftOut === undefined ? sql`p.amount_base_minor is not null` : leftOut === 'without_rate' ? sql`p.amount_base_minor is null` : sql`true`}`,
  }
}

interface PurchaseRow {
  rank: number
  id: string
  worth: number | null
  spent_on: string
  amount_minor: number
  currency: string
  label: string | null
  reference: string | null
  deal_id: number | null
  vendor: string
  company_id: number | null
}

export async function readPurchases(db: Database, ask: Ask, source: RecordSource, filters: RecordFilters): Promise<(MetricRecord & { rank: number })[]> {
  const { rows } = await sql<PurchaseRow>`
    with page as materialized (${pageOf(source, filters)})
    select page.rank, page.id, page.worth, p.spent_on, p.amount_minor, p.currency, p.label, p.reference, p.deal_id, v.name as vendor, v.company_id
    from page
      join purchases p on p.portal_id = ${ask.portalId} and p.purchase_id = page.id
      join vendors v on v.portal_id = p.portal_id and v.vendor_id = p.vendor_id
    order by page.rank desc, page.id desc`.execute(db)
  return rows.map(row => ({
    rank: row.rank,
    entity: 'purchase',
    id: row.id,
    dealId: row.deal_id,
    title: row.label ?? row.reference ?? '',
    company: { companyId: row.company_id, name: row.vendor },
    responsible: null,
    stage: null,
    outcome: null,
    createdAt: null,
    at: row.spent_on,
    amountMinor: row.amount_minor,
    currency: row.currency,
    worth: filters.leftOut === undefined ? row.worth : null,
    isFavourable: false,
  }))
}
