import { sql, type RawBuilder } from 'kysely'
import type { FieldGroup } from '@comptoir/shared/access/rights'
import { monthsOf } from '@comptoir/shared/segments/day-range'
import type { VendorFieldId } from '@comptoir/shared/segments/fields'
import type { Condition } from '@comptoir/shared/segments/rule'
import { mayDo, type Onlooker } from '../access/vendor-gate.postgres.ts'
import { moment, scalar, type SegmentContext, type SqlField, type SqlFields } from './sql-condition.postgres.ts'

/** What a rule can ask of a vendor, on the table `vendors`. What the onlooker may not see is absent, for the rule too. */
const fields: Readonly<Record<VendorFieldId, (context: SegmentContext, condition: Condition) => SqlField>> = {
  vendor_status: () => scalar(sql`vendors.status`),
  vendor_category: () => scalar(sql`nullif(vendors.category, '')`),
  vendor_country: () => scalar(sql`nullif(vendors.country, '')`),
  vendor_city: () => scalar(sql`nullif(vendors.city, '')`),
  vendor_name: () => scalar(sql`nullif(vendors.name, '')`),
  vendor_spend: (context, condition) => scalar(within(context, 'prices', sql`(
    select case when count(*) = 0 then 0 when sum(m.purchase_count) > sum(m.unpriced_count) then sum(m.amount_base_minor) end ${spendMonths(context, condition)})`)),
  vendor_purchases: (context, condition) => scalar(within(context, 'prices', sql`(select coalesce(sum(m.purchase_count), 0) ${spendMonths(context, condition)})`)),
  vendor_last_purchase_on: context => scalar(within(context, 'prices', sql`(
    select max(p.spent_on) from purchases p where p.portal_id = vendors.portal_id and p.vendor_id = vendors.vendor_id)`)),
  vendor_created_on: () => moment(sql`vendors.created_at`),
  vendor_payment_term: () => scalar(sql`vendors.payment_term_days`),
  vendor_standing: context => scalar(within(context, 'scores', sql`(
    select nullif(s.standing, 'N/A') from scorecard_snapshots s
    where s.portal_id = vendors.portal_id and s.vendor_id = vendors.vendor_id order by s.month desc limit 1)`)),
  vendor_linked: () => scalar(sql`(vendors.company_id is not null)`),
  vendor_tag: () => among(sql`vendors.tags`),
  vendor_supply: () => among(sql`vendors.supplies`),
  vendor_attribute: context => ({ has: probe => sql`exists (select from (${attributeValues(onlookerOf(context))}) a where ${probe(sql`a.value`)})` }),
}

export const vendorFields: SqlFields = (condition, context) => fields[condition.field as VendorFieldId](context, condition)

const onlookerOf = ({ onlooker }: SegmentContext): Onlooker => ({ portal: { id: onlooker.portalId }, viewer: onlooker.viewer })

const within = (context: SegmentContext, group: FieldGroup, value: RawBuilder<unknown>): RawBuilder<unknown> =>
  context.onlooker.viewer.isAdmin ? value : sql`(case when ${mayDo(onlookerOf(context), { group })} then ${value} end)`

const among = (words: RawBuilder<unknown>): SqlField => ({ has: probe => sql`exists (select from unnest(${words}) own(word) where ${probe(sql`own.word`)})` })

/** Longer ones are told apart by nobody who chooses from a list. */
const longestValue = 160

/** The portal's own attributes of the vendor at hand, as `<attribute>=<value>`, those whose group the onlooker may see. */
export function attributeValues(onlooker: Onlooker): RawBuilder<unknown> {
  const groups = (['identity', 'prices', 'bank'] as const).map(group => sql`when ${group} then ${mayDo(onlooker, { group })}`)
  return sql`
    select own.attribute_id || '=' || each.text as value, own.label, own.kind, each.text
    from vendor_attributes own cross join lateral jsonb_array_elements_text(
      case jsonb_typeof(vendors.attributes->own.attribute_id::text) when 'array' then vendors.attributes->own.attribute_id::text else jsonb_build_array(vendors.attributes->own.attribute_id::text) end) each(text)
    where own.portal_id = vendors.portal_id and not own.is_archived and length(each.text) between 1 and ${longestValue} and case own.field_group ${sql.join(groups, sql` `)} end`
}

function spendMonths({ today }: SegmentContext, { period }: Condition): RawBuilder<unknown> {
  const { from, to } = monthsOf(period, today)
  return sql`from vendor_spend_months m where m.portal_id = vendors.portal_id and m.vendor_id = vendors.vendor_id
    and ${from === null ? sql`true` : sql`m.month >= ${from}::date`} and ${to === null ? sql`true` : sql`m.month < ${to}::date`}`
}
