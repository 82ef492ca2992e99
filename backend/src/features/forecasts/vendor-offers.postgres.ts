import { sql } from 'kysely'
import type { ScenarioStart } from '@comptoir/shared/scenarios/scenario.contract'
import { mayDo } from '../../platform/access/vendor-gate.postgres.ts'
import type { Database } from '../../platform/storage/database.ts'
import type { Reader } from './months-port.ts'

const mostVendors = 200

/** Who was bought from in a year, as far as the viewer may see prices; scores only where those stand open too. */
export async function readVendorOffers(db: Database, onlooker: Reader, { from, to }: { from: string, to: string }): Promise<ScenarioStart['vendors']> {
  const { rows } = await sql<ScenarioStart['vendors'][number]>`
    with bought as (
      select m.vendor_id, sum(m.amount_base_minor)::bigint as spend from vendor_spend_months m
      where m.portal_id = ${onlooker.portal.id} and m.month >= ${from} and m.month < ${to} group by 1 having sum(m.amount_base_minor) > 0),
    -- A vendor without a family of its own has that of most of what is bought from it.
    families as (select distinct on (p.vendor_id) p.vendor_id, p.category from purchases p
      where p.portal_id = ${onlooker.portal.id} and p.spent_on >= ${from} and p.spent_on < ${to} and p.category is not null
      group by p.vendor_id, p.category order by p.vendor_id, sum(p.amount_base_minor) desc nulls last, p.category),
    scored as (select distinct on (s.vendor_id) s.vendor_id, s.score from scorecard_snapshots s
      where s.portal_id = ${onlooker.portal.id} and s.score is not null order by s.vendor_id, s.month desc),
    delivered as (
      select o.vendor_id, avg(r.received_on - o.ordered_on)::float8 as days
      from goods_receipt_lines l
        join goods_receipts r on r.portal_id = l.portal_id and r.receipt_id = l.receipt_id
        join purchase_order_lines ol on ol.portal_id = l.portal_id and ol.line_id = l.line_id
        join purchase_orders o on o.portal_id = ol.portal_id and o.order_id = ol.order_id
      where l.portal_id = ${onlooker.portal.id} and r.received_on >= ${from} and r.received_on >= o.ordered_on group by 1)
    select vendors.vendor_id as "vendorId", vendors.name, coalesce(vendors.category, f.category) as group, b.spend as "spendMinor",
      case when ${mayDo(onlooker, { group: 'scores' })} then s.score end as score, d.days as "delayDays"
    from vendors join bought b on b.vendor_id = vendors.vendor_id
      left join families f on f.vendor_id = vendors.vendor_id left join scored s on s.vendor_id = vendors.vendor_id left join delivered d on d.vendor_id = vendors.vendor_id
    where vendors.portal_id = ${onlooker.portal.id} and ${mayDo(onlooker, { group: 'prices' })}
    order by b.spend desc, vendors.vendor_id limit ${mostVendors}`.execute(db)
  return rows
}

/** Of the same items in the same currency, ordered in the year at both: the geometric mean of the prices' ratios. */
export async function readPriceRatios(db: Database, onlooker: Reader, { from, to }: { from: string, to: string }, vendorIds: readonly string[]): Promise<ScenarioStart['priceRatios']> {
  if (vendorIds.length < 2)
    return []
  const { rows } = await sql<ScenarioStart['priceRatios'][number]>`
    with prices as (
      select o.vendor_id, o.currency, l.item_code, avg(l.unit_price)::float8 as price
      from purchase_order_lines l join purchase_orders o on o.portal_id = l.portal_id and o.order_id = l.order_id
      where l.portal_id = ${onlooker.portal.id} and o.vendor_id = any(${[...vendorIds]}::uuid[]) and o.ordered_on >= ${from} and o.ordered_on < ${to}
        and o.status <> 'cancelled' and not l.is_cancelled and l.item_code is not null and l.unit_price > 0
      group by 1, 2, 3)
    select a.vendor_id as of, b.vendor_id as against, exp(avg(ln(a.price / b.price)))::float8 as ratio, count(*)::int as items
    from prices a join prices b on b.item_code = a.item_code and b.currency = a.currency and b.vendor_id <> a.vendor_id
    group by 1, 2 order by 1, 2 limit 2000`.execute(db)
  return rows
}

/** Days that the vendors of the year give to pay, weighed by what was bought. */
export async function readVendorDays(db: Database, onlooker: Reader, { from, to }: { from: string, to: string }): Promise<number | null> {
  const { rows: [row] } = await sql<{ days: number | null }>`
    select (sum(vendors.payment_term_days * m.amount_base_minor) / nullif(sum(m.amount_base_minor), 0))::float8 as days
    from vendor_spend_months m join vendors on vendors.portal_id = m.portal_id and vendors.vendor_id = m.vendor_id
    where m.portal_id = ${onlooker.portal.id} and m.month >= ${from} and m.month < ${to} and vendors.payment_term_days is not null
      and ${mayDo(onlooker, { group: 'prices' })}`.execute(db)
  return row?.days ?? null
}
