import { sql } from 'kysely'
import type { Rates } from '@comptoir/shared/vendors/deal-margin'
import { dealSupply, type SoldProduct, type VendorRisk } from '@comptoir/shared/vendors/deal-supply'
import type { DealOrder, DealSupply, PriceSource } from '@comptoir/shared/vendors/deal-supply.contract'
import type { DealFacts } from '@comptoir/shared/vendors/deal-vendor.contract'
import { dayAt } from '@comptoir/shared/insights/calendar'
import { isOfVisible, mayDo } from '../../platform/access/vendor-gate.postgres.ts'
import type { Database } from '../../platform/storage/database.ts'
import { moneyOf } from './vendor-row.postgres.ts'
import type { Onlooker } from './visible-vendors.postgres.ts'

interface SupplyRead {
  readonly onlooker: Onlooker & { readonly portal: { readonly timeZone: string } }
  readonly deal: DealFacts
  readonly rates: Rates
  readonly now: Date
}

/** Products of a deal with what they cost on its day, and the orders it still waits for. Prices of hidden vendors count as unknown. */
export async function readSupply(db: Database, { onlooker, deal, rates, now }: SupplyRead): Promise<DealSupply> {
  const today = dayAt(now, onlooker.portal.timeZone)
  const [products, orders] = await Promise.all([readProducts(db, onlooker, deal.dealId, today), readDealOrders(db, onlooker, deal.dealId, today)])
  const riskOf = await readRisks(db, onlooker, products.flatMap(({ price }) => price?.vendorId ?? []), today)
  return { ...dealSupply({ products, riskOf, currency: deal.currency, rates }), orders }
}

interface ProductRow {
  readonly row_id: number
  readonly name: string
  readonly quantity: string
  readonly price_minor: number
  readonly vendor_id: string | null
  readonly vendor_name: string
  readonly source: PriceSource
  readonly document: string | null
  readonly unit_price: string
  readonly currency: string
  readonly priced_on: string | null
}

/** Prices by nearness: an order of this deal, then an agreed price, then the last order; vendors of the deal before others. */
async function readProducts(db: Database, onlooker: SupplyRead['onlooker'], dealId: number, today: string): Promise<SoldProduct[]> {
  const { portal } = onlooker
  const isOpen = isOfVisible(onlooker, sql`c.vendor_id`, { group: 'prices' })
  const { rows } = await sql<ProductRow>`
    with deal as (
      select case when semantics = 'P' then ${today}::date else least(${today}::date, coalesce((closed_at at time zone ${portal.timeZone}::text)::date, closes_on, ${today}::date)) end as day
      from crm_deals where portal_id = ${portal.id} and deal_id = ${dealId}
    ), sold as (
      select product_row_id, product_name, price_minor, quantity, 'B24-' || product_id as code, lower(product_name) as name_key
      from crm_product_rows where portal_id = ${portal.id} and deal_id = ${dealId}
    ), lines as (
      select s.product_row_id, l.line_id from sold s join purchase_order_lines l on l.portal_id = ${portal.id} and l.item_code = s.code
      union select s.product_row_id, l.line_id from sold s join purchase_order_lines l on l.portal_id = ${portal.id} and lower(l.item_name) = s.name_key
    ), agreed as (
      select s.product_row_id, p.price_id from sold s join contract_prices p on p.portal_id = ${portal.id} and p.item_code = s.code
      union select s.product_row_id, p.price_id from sold s join contract_prices p on p.portal_id = ${portal.id} and lower(p.item_name) = s.name_key
    ), candidates as (
      select x.product_row_id, l.vendor_id, case when o.deal_id = ${dealId} then 'deal_order' else 'last_order' end as source, o.number as document,
        l.unit_price, o.currency, o.ordered_on as priced_on
      from deal cross join lines x join purchase_order_lines l on l.portal_id = ${portal.id} and l.line_id = x.line_id
        join purchase_orders o on o.portal_id = l.portal_id and o.order_id = l.order_id
      where l.unit_price is not null and not l.is_cancelled and o.status in ('confirmed', 'closed') and (o.deal_id = ${dealId} or o.ordered_on <= deal.day)
      union all
      select x.product_row_id, p.vendor_id, 'contract', null, p.price, p.currency, p.valid_from
      from deal cross join agreed x join contract_prices p on p.portal_id = ${portal.id} and p.price_id = x.price_id
      where coalesce(p.valid_from <= deal.day, true) and coalesce(p.valid_to >= deal.day, true)
    ), best as (
      select distinct on (c.product_row_id) c.* from candidates c
        left join deal_vendors d on d.portal_id = ${portal.id} and d.deal_id = ${dealId} and d.vendor_id = c.vendor_id
      where ${isOpen}
      order by c.product_row_id, (c.source = 'deal_order') desc, (d.vendor_id is not null) desc, (c.source = 'contract') desc, c.priced_on desc nulls last, c.unit_price, c.vendor_id
    )
    select s.product_row_id as row_id, s.product_name as name, s.quantity, s.price_minor, v.vendor_id, v.name as vendor_name,
      b.source, b.document, b.unit_price, b.currency, b.priced_on
    from sold s left join best b using (product_row_id) left join vendors v on v.portal_id = ${portal.id} and v.vendor_id = b.vendor_id
    order by s.product_row_id`.execute(db)
  return rows.map(row => ({
    rowId: row.row_id,
    name: row.name,
    quantity: Number(row.quantity),
    priceMinor: row.price_minor,
    price: row.vendor_id === null
      ? null
      : { vendorId: row.vendor_id, vendorName: row.vendor_name, source: row.source, document: row.document, unitPrice: Number(row.unit_price), currency: row.currency, pricedOn: row.priced_on },
  }))
}

const lowStandings = ['Critique', 'À surveiller']

/** A standing is a reason only for who may see scores; a late order for who may see prices, as these prices are. */
async function readRisks(db: Database, onlooker: Onlooker, vendorIds: readonly string[], today: string): Promise<Map<string, VendorRisk>> {
  if (vendorIds.length === 0)
    return new Map()
  const { rows } = await sql<{ vendor_id: string, standing: string | null, is_late: boolean }>`
    select vendors.vendor_id, case when ${mayDo(onlooker, { group: 'scores' })} and s.standing = any(${lowStandings}) then s.standing end as standing,
      exists (select from purchase_orders o join purchase_order_lines l using (portal_id, order_id)
        cross join lateral order_line_state(l.portal_id, l.line_id, l.quantity, l.is_cancelled) g
        where o.portal_id = vendors.portal_id and o.vendor_id = vendors.vendor_id and o.status = 'confirmed' and l.promised_on < ${today}::date and g.open_quantity > 0) as is_late
    from vendors left join vendor_standings s using (portal_id, vendor_id)
    where vendors.portal_id = ${onlooker.portal.id} and vendors.vendor_id = any(${[...new Set(vendorIds)]}::uuid[])`.execute(db)
  return new Map(rows.map(({ vendor_id, standing, is_late }) =>
    [vendor_id, { risks: [...standing === null ? [] : ['standing' as const], ...is_late ? ['late' as const] : []], standing }]))
}

interface OrderRow {
  readonly order_id: string
  readonly number: string
  readonly vendor_id: string
  readonly vendor_name: string
  readonly email: string | null
  readonly ordered_on: string
  readonly currency: string
  readonly open_amount: number | null
  readonly open_lines: number
  readonly late_lines: number
  readonly late_promise: string | null
  readonly next_promise: string | null
  readonly days_late: number | null
}

async function readDealOrders(db: Database, onlooker: Onlooker, dealId: number, today: string): Promise<DealOrder[]> {
  const { rows } = await sql<OrderRow>`
    select o.order_id, o.number, o.vendor_id, v.name as vendor_name, v.email, o.ordered_on, o.currency,
      round(sum(g.open_quantity * l.unit_price) * power(10::numeric, currency_exponent(o.currency)))::bigint as open_amount,
      count(*)::int as open_lines, count(*) filter (where l.promised_on < ${today}::date)::int as late_lines,
      min(l.promised_on) filter (where l.promised_on < ${today}::date) as late_promise, min(coalesce(last.promised_on, l.promised_on)) as next_promise,
      max(${today}::date - l.promised_on) filter (where l.promised_on < ${today}::date) as days_late
    from purchase_orders o join vendors v using (portal_id, vendor_id)
      join purchase_order_lines l using (portal_id, order_id) cross join lateral order_line_state(l.portal_id, l.line_id, l.quantity, l.is_cancelled) g
      left join lateral (select p.promised_on from order_line_promises p where p.portal_id = l.portal_id and p.line_id = l.line_id order by p.stated_at desc limit 1) last on true
    where o.portal_id = ${onlooker.portal.id} and o.deal_id = ${dealId} and o.status = 'confirmed' and g.open_quantity > 0
      and ${isOfVisible(onlooker, sql`o.vendor_id`, { group: 'prices' })}
    group by o.portal_id, o.order_id, v.name, v.email order by late_lines desc, next_promise nulls last, o.number`.execute(db)
  return rows.map(row => ({
    orderId: row.order_id,
    number: row.number,
    vendorId: row.vendor_id,
    vendorName: row.vendor_name,
    vendorEmail: row.email,
    orderedOn: row.ordered_on,
    openAmount: moneyOf(row.open_amount, row.currency),
    openLineCount: row.open_lines,
    lateLineCount: row.late_lines,
    latePromiseOn: row.late_promise,
    nextPromiseOn: row.next_promise,
    daysLate: row.days_late,
  }))
}
