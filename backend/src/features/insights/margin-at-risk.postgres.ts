import { sql, type RawBuilder } from 'kysely'
import { isOfVisible, mayDo } from '../../platform/access/vendor-gate.postgres.ts'
import type { Ask } from './ask.ts'
import { isAboutDealsOf, isInPipelines } from './rights.postgres.ts'

const lowStandings = ['Critique', 'À surveiller']

/**
 * What open deals leave on products whose vendor is late or rated low, as the deal's own page tells it: the price of each
 * product is the deal's own order, else that of the deal's vendors before others, agreed before last paid. A deal of whose
 * products no price is known is not among them.
 */
export const marginsAtRisk = (ask: Ask): RawBuilder<unknown> => sql`
  with ${soldProducts(ask)}, ${prices(ask)}, best as (
    select distinct on (c.deal_id, c.product_row_id) c.* from (
      select s.*, p.vendor_id, p.unit_price, p.currency, p.priced_on, true as is_own, false as is_agreed
      from sold s join ordered p on p.code = s.code and p.name_key = s.name_key and p.deal_id = s.deal_id
      union all
      select s.*, p.vendor_id, p.unit_price, p.currency, p.priced_on, false, p.is_agreed
      from sold s join offers p on p.code = s.code and p.name_key = s.name_key) c
    left join deal_vendors v on v.portal_id = ${ask.portalId} and v.deal_id = c.deal_id and v.vendor_id = c.vendor_id
    order by c.deal_id, c.product_row_id, c.is_own desc, (v.vendor_id is not null) desc, c.is_agreed desc, c.priced_on desc nulls last, c.unit_price, c.vendor_id
  ), margins as (
    select b.deal_id, b.deal_currency, b.vendor_id, round(b.price_minor * b.quantity) - ${costInDealCurrency(ask)} as margin from best b
  ), risky as (${riskyVendors(ask)})
  select m.deal_id, case when m.deal_currency = ${ask.currency} then m.at_risk else crm_base_amount(${ask.portalId}, m.at_risk, m.deal_currency, null) end as worth
  from (
    select deal_id, deal_currency, coalesce(sum(margin) filter (where vendor_id in (select vendor_id from risky)), 0)::bigint as at_risk
    from margins where margin is not null group by 1, 2) m`

const soldProducts = (ask: Ask): RawBuilder<unknown> => sql`sold as (
    select r.deal_id, r.product_row_id, r.price_minor, r.quantity, coalesce('B24-' || r.product_id, '') as code, lower(r.product_name) as name_key, d.currency as deal_currency
    from crm_product_rows r join crm_deals d using (portal_id, deal_id)
    where r.portal_id = ${ask.portalId} and d.semantics = 'P' and ${isAboutDealsOf(ask)} and ${isInPipelines(ask, sql`d.category_id`)}
  ), products as (select distinct code, name_key from sold)`

/** What was ordered of these products, and of each vendor the nearest price that is not tied to a deal. */
function prices({ portalId, viewer, today }: Ask): RawBuilder<unknown> {
  const isOpen = (vendor: RawBuilder<unknown>): RawBuilder<boolean> => isOfVisible({ portal: { id: portalId }, viewer }, vendor, { group: 'prices' })
  const ofProducts = (table: RawBuilder<unknown>, id: RawBuilder<unknown>): RawBuilder<unknown> => sql`
    select p.code, p.name_key, ${id} as id from products p join ${table} x on x.portal_id = ${portalId} and x.item_code = nullif(p.code, '')
    union select p.code, p.name_key, ${id} from products p join ${table} x on x.portal_id = ${portalId} and lower(x.item_name) = p.name_key`
  return sql`ordered as (
    select x.code, x.name_key, o.deal_id, l.vendor_id, l.unit_price, o.currency, o.ordered_on as priced_on
    from (${ofProducts(sql`purchase_order_lines`, sql`x.line_id`)}) x
      join purchase_order_lines l on l.portal_id = ${portalId} and l.line_id = x.id
      join purchase_orders o on o.portal_id = l.portal_id and o.order_id = l.order_id
    where l.unit_price is not null and not l.is_cancelled and o.status in ('confirmed', 'closed') and ${isOpen(sql`l.vendor_id`)}
  ), offers as (
    select distinct on (a.code, a.name_key, a.vendor_id) a.* from (
      select x.code, x.name_key, p.vendor_id, p.price as unit_price, p.currency, p.valid_from as priced_on, true as is_agreed
      from (${ofProducts(sql`contract_prices`, sql`x.price_id`)}) x join contract_prices p on p.portal_id = ${portalId} and p.price_id = x.id
      where coalesce(p.valid_from <= ${today}::date, true) and coalesce(p.valid_to >= ${today}::date, true) and ${isOpen(sql`p.vendor_id`)}
      union all
      select code, name_key, vendor_id, unit_price, currency, priced_on, false from ordered where priced_on <= ${today}::date) a
    order by a.code, a.name_key, a.vendor_id, a.is_agreed desc, a.priced_on desc nulls last, a.unit_price)`
}

/** At today's rates, in the minor units of the deal; null without a rate. */
function costInDealCurrency({ portalId, currency }: Ask): RawBuilder<number> {
  const rate = (of: RawBuilder<unknown>): RawBuilder<number> =>
    sql`(select case when ${of} = ${currency} then 1 else (select c.rate from crm_currencies c where c.portal_id = ${portalId} and c.currency = ${of}) end)`
  const spent = sql`round(b.unit_price * b.quantity * power(10::numeric, currency_exponent(b.currency)))`
  return sql`case when b.currency = b.deal_currency then ${spent}
    else round(${spent} * power(10::numeric, currency_exponent(b.deal_currency) - currency_exponent(b.currency)) * ${rate(sql`b.currency`)} / ${rate(sql`b.deal_currency`)}) end`
}

/** A standing is a reason only for who may see scores. */
const riskyVendors = ({ portalId, viewer, today }: Ask): RawBuilder<unknown> => sql`
  select vendors.vendor_id from vendors left join vendor_standings s using (portal_id, vendor_id)
  where vendors.portal_id = ${portalId} and vendors.vendor_id in (select vendor_id from best)
    and (coalesce(${mayDo({ portal: { id: portalId }, viewer }, { group: 'scores' })} and s.standing = any(${lowStandings}), false)
      or exists (select from purchase_orders o join purchase_order_lines l using (portal_id, order_id)
        cross join lateral order_line_state(l.portal_id, l.line_id, l.quantity, l.is_cancelled) g
        where o.portal_id = vendors.portal_id and o.vendor_id = vendors.vendor_id and o.status = 'confirmed' and l.promised_on < ${today}::date and g.open_quantity > 0))`
