import { sql, type RawBuilder } from 'kysely'
import type { FieldGroup } from '@comptoir/shared/access/rights'
import { monthsOf } from '@comptoir/shared/segments/day-range'
import type { VendorFieldId } from '@comptoir/shared/segments/fields'
import type { Condition } from '@comptoir/shared/segments/rule'
import { mayDo } from '../access/vendor-gate.postgres.ts'
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
}

export const vendorFields: SqlFields = (condition, context) => fields[condition.field as VendorFieldId](context, condition)

const within = ({ onlooker }: SegmentContext, group: FieldGroup, value: RawBuilder<unknown>): RawBuilder<unknown> =>
  onlooker.viewer.isAdmin ? value : sql`(case when ${mayDo({ portal: { id: onlooker.portalId }, viewer: onlooker.viewer }, { group })} then ${value} end)`

function spendMonths({ today }: SegmentContext, { period }: Condition): RawBuilder<unknown> {
  const { from, to } = monthsOf(period, today)
  return sql`from vendor_spend_months m where m.portal_id = vendors.portal_id and m.vendor_id = vendors.vendor_id
    and ${from === null ? sql`true` : sql`m.month >= ${from}::date`} and ${to === null ? sql`true` : sql`m.month < ${to}::date`}`
}
