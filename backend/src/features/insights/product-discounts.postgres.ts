import { sql, type RawBuilder } from 'kysely'
import type { Ask } from './ask.ts'
import { isClosedIn } from './closed-deals.postgres.ts'

/**
 * What the products of the deal `d` would have cost by their list prices, and what was taken off, in the base currency of the
 * day it closed. Nobody knows the list price of a product that was given away, nor that of a deal without products.
 */
export const productDiscounts = (ask: Ask): RawBuilder<unknown> => sql`crm_deals d cross join lateral (${priced(ask, sql`
  select ${sums} from crm_product_rows r where r.portal_id = d.portal_id and r.deal_id = d.deal_id`)}) p`

/** The same of won deals of the period whose list prices are known. They may be few, and the reading begins with them. */
export const listedDeals = (ask: Ask): RawBuilder<unknown> => sql`(
  select * from (select r.deal_id, ${sums} from crm_product_rows r
    where r.portal_id = ${ask.portalId} and r.deal_id in (select deal_id from crm_deals where portal_id = ${ask.portalId} and semantics = 'S' and ${isClosedIn(ask.range, ask.timeZone)}) group by r.deal_id) t where t.listed is not null) t
  cross join lateral (select * from crm_deals where portal_id = ${ask.portalId} and deal_id = t.deal_id limit 1) d cross join lateral (${priced(ask, sql`select t.listed, t.sold`)}) p`

const sums = sql`case when bool_and(r.discount_rate < 100) then round(sum(r.price_minor * r.quantity / nullif(1 - r.discount_rate / 100, 0)))::bigint end as listed,
  round(sum(r.price_minor * r.quantity))::bigint as sold`

function priced({ portalId, currency, timeZone }: Ask, products: RawBuilder<unknown>): RawBuilder<unknown> {
  const inBase = (amount: RawBuilder<unknown>): RawBuilder<number> => sql`case when d.currency = ${currency} then ${amount}
    else crm_base_amount(${portalId}, ${amount}, d.currency, (d.closed_at at time zone ${timeZone})::date) end`
  return sql`select listed, ${inBase(sql`listed`)} as list_value, ${inBase(sql`listed - sold`)} as discount from (${products}) products`
}
