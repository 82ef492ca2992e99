import { sql, type RawBuilder } from 'kysely'
import type { MetricRecord, RecordFilters } from '@comptoir/shared/insights/insights.contract'
import type { Database } from '../../platform/storage/database.ts'
import type { Ask } from './ask.ts'
import { adCostId } from './marketing-sources.postgres.ts'
import { pricedItems } from './priced-items.postgres.ts'
import { scoredMonth } from './scorecard-sources.postgres.ts'
import { pageOf, type RecordSource } from './record-page.postgres.ts'

interface Row {
  rank: number
  id: string | number
  worth: number | null
  is_favourable: boolean
  title: string
  name: string | null
  company_id: number | null
  deal_id: number | null
  at: string | Date | null
  amount_minor: number | null
  currency: string | null
}

type Entity = 'vendor' | 'customer' | 'payable' | 'receivable' | 'order_line' | 'ad_cost' | 'lead' | 'priced_item' | 'vendor_invoice' | 'scored_vendor' | 'forecast'

/** What each kind of record is called, whose it is, when it counts and what stands on it. */
const details: Record<Entity, (ask: Ask) => { columns: RawBuilder<unknown>, joins: RawBuilder<unknown> }> = {
  vendor: ask => ({
    columns: sql`v.name as title, null::text as name, v.company_id, null::integer as deal_id, null::date as at, page.rank as amount_minor, ${ask.currency}::text as currency`,
    joins: sql`join vendors v on v.portal_id = ${ask.portalId} and v.vendor_id = page.id`,
  }),
  customer: ask => ({
    columns: sql`coalesce(c.title, '') as title, c.title as name, page.id as company_id, null::integer as deal_id,
      timestamptz 'epoch' + page.rank * interval '1 microsecond' as at, null::bigint as amount_minor, ${ask.currency}::text as currency`,
    joins: sql`left join crm_companies c on c.portal_id = ${ask.portalId} and c.company_id = page.id`,
  }),
  payable: ask => ({
    columns: sql`p.reference as title, v.name, v.company_id, null::integer as deal_id, p.due_on as at, p.amount_minor, p.currency`,
    joins: sql`join payables p on p.portal_id = ${ask.portalId} and p.payable_id = page.id
      join vendors v on v.portal_id = p.portal_id and v.vendor_id = p.vendor_id`,
  }),
  receivable: ask => ({
    columns: sql`i.number as title, c.title as name, i.company_id, i.deal_id, i.due_on as at, i.amount_minor, i.currency`,
    joins: sql`join crm_invoices i on i.portal_id = ${ask.portalId} and i.invoice_id = page.id
      left join crm_companies c on c.portal_id = i.portal_id and c.company_id = i.company_id`,
  }),
  order_line: ask => ({
    columns: sql`l.item_name || ' · ' || o.number as title, v.name, v.company_id, o.deal_id, coalesce(l.promised_on, o.ordered_on) as at, null::bigint as amount_minor, o.currency`,
    joins: sql`join purchase_order_lines l on l.portal_id = ${ask.portalId} and l.line_id = page.id
      join purchase_orders o on o.portal_id = l.portal_id and o.order_id = l.order_id
      join vendors v on v.portal_id = l.portal_id and v.vendor_id = l.vendor_id`,
  }),
  priced_item: ask => ({
    columns: sql`k.item_name as title, v.name, v.company_id, null::integer as deal_id, null::date as at, k.amount as amount_minor, ${ask.currency}::text as currency`,
    joins: sql`join (${pricedItems(ask)}) k on k.item_id = page.id
      join vendors v on v.portal_id = ${ask.portalId} and v.vendor_id = k.vendor_id`,
  }),
  vendor_invoice: ask => ({
    columns: sql`i.number as title, v.name, v.company_id, i.deal_id, i.issued_on as at, i.net_minor as amount_minor, i.currency`,
    joins: sql`join vendor_invoices i on i.portal_id = ${ask.portalId} and i.invoice_id = page.id
      join vendors v on v.portal_id = i.portal_id and v.vendor_id = i.vendor_id`,
  }),
  scored_vendor: ask => ({
    columns: sql`v.name as title, null::text as name, v.company_id, null::integer as deal_id, (${scoredMonth(ask)} + interval '1 month' - interval '1 day')::date as at,
      null::bigint as amount_minor, ${ask.currency}::text as currency`,
    joins: sql`join vendors v on v.portal_id = ${ask.portalId} and v.vendor_id = page.id`,
  }),
  forecast: ask => ({
    columns: sql`to_char(f.from_month, 'YYYY-MM') as title, null::text as name, null::integer as company_id, null::integer as deal_id, f.from_month as at,
      round((f.months -> 0 ->> 'point')::numeric)::bigint as amount_minor, f.currency`,
    joins: sql`join forecast_snapshots f on f.portal_id = ${ask.portalId} and f.snapshot_id = page.id`,
  }),
  ad_cost: ask => ({
    columns: sql`concat_ws(' · ', c.channel, nullif(c.campaign, '')) as title, null::text as name, null::integer as company_id, null::integer as deal_id, c.day as at, c.cost_minor as amount_minor, c.currency`,
    joins: sql`join ad_costs c on c.portal_id = ${ask.portalId} and ${adCostId} = page.id`,
  }),
  lead: ask => ({
    columns: sql`coalesce(l.title, d.title) as title, k.title as name, k.company_id, d.deal_id, timestamptz 'epoch' + page.rank * interval '1 microsecond' as at,
      coalesce(l.amount_minor, d.amount_minor) as amount_minor, coalesce(l.currency, d.currency) as currency`,
    joins: sql`left join crm_leads l on l.portal_id = ${ask.portalId} and l.lead_id = page.id
      left join crm_deals d on d.portal_id = ${ask.portalId} and d.deal_id = -page.id
      left join crm_companies k on k.portal_id = ${ask.portalId} and k.company_id = coalesce(l.company_id, d.company_id)`,
  }),
}

export async function readPurchasing(db: Database, ask: Ask, source: RecordSource, filters: RecordFilters): Promise<(MetricRecord & { rank: number })[]> {
  const { columns, joins } = details[source.entity as Entity](ask)
  const { rows } = await sql<Row>`
    with page as materialized (${pageOf(source, filters)})
    select page.rank, page.id, page.worth, page.is_favourable, ${columns} from page ${joins}
    order by page.rank desc, page.id desc`.execute(db)
  return rows.map(row => ({
    rank: row.rank,
    entity: source.entity,
    id: String(row.id),
    dealId: row.deal_id,
    title: row.title,
    company: row.name === null && row.company_id === null ? null : { companyId: row.company_id, name: row.name ?? row.title },
    responsible: null,
    stage: null,
    outcome: null,
    createdAt: null,
    at: row.at instanceof Date ? row.at.toISOString() : row.at,
    amountMinor: row.amount_minor,
    currency: row.currency ?? ask.currency,
    worth: filters.leftOut === undefined ? row.worth : null,
    isFavourable: row.is_favourable,
  }))
}
