import { sql, type RawBuilder } from 'kysely'
import type { FieldGroup } from '@comptoir/shared/access/rights'
import type { BiVendorScope } from '@comptoir/shared/bi-builder/bi-builder.contract'
import type { BiDatasetCode } from '@comptoir/shared/bi-builder/datasets'
import { isOfVisible, systemOnlooker } from '../../platform/access/vendor-gate.postgres.ts'

/** The rows behind each dataset: every column under its code, and `key_…` in the order that pages follow. */

export interface TableOwner { readonly id: number, readonly currency: string, readonly timeZone: string, readonly vendorScope: BiVendorScope }

export interface BiTable {
  readonly keys: readonly string[]
  readonly rows: (portal: TableOwner) => RawBuilder<unknown>
}

const major = (minor: RawBuilder<unknown>, currency: RawBuilder<unknown>): RawBuilder<unknown> =>
  sql`${minor} / power(10::float8, currency_exponent(${currency}))`

/** As the documentation writes moments: in the portal's zone, so that they also sort and compare as text. */
const moment = (at: RawBuilder<unknown>, timeZone: string): RawBuilder<unknown> =>
  sql`to_char(${at} at time zone ${timeZone}, 'YYYY-MM-DD HH24:MI:SS')`

const vendorColumns = sql`v.vendor_id::text as "VENDOR_ID", v.name as "VENDOR_NAME", v.code as "VENDOR_CODE", v.status as "VENDOR_STATUS",
  v.category as "VENDOR_CATEGORY", v.company_id as "COMPANY_ID"`

const ofVendor = (other: RawBuilder<unknown>) => sql`join vendors v on v.portal_id = ${other}.portal_id and v.vendor_id = ${other}.vendor_id`

/** Nobody has this number, so that it holds what is granted to everybody and nothing else. */
const nobody = { userId: 0, isAdmin: false }

const isTold = ({ id, vendorScope }: TableOwner, group: FieldGroup): RawBuilder<boolean> =>
  isOfVisible(vendorScope === 'all' ? systemOnlooker({ id }) : { portal: { id }, viewer: nobody }, sql`v.vendor_id`, { group })

export const biTables: Readonly<Record<BiDatasetCode, BiTable>> = {
  vendor_spend_months: {
    keys: ['key_vendor', 'key_month'],
    rows: owner => sql`
      select ${vendorColumns}, m.month as "MONTH", ${owner.currency}::text as "CURRENCY", m.purchase_count as "PURCHASES", m.unpriced_count as "PURCHASES_WITHOUT_RATE",
        case when m.unpriced_count < m.purchase_count then ${major(sql`m.amount_base_minor`, sql`${owner.currency}::text`)} end as "AMOUNT",
        m.vendor_id as key_vendor, m.month as key_month
      from vendor_spend_months m ${ofVendor(sql`m`)} where m.portal_id = ${owner.id} and ${isTold(owner, 'prices')}`,
  },
  purchase_lines: {
    keys: ['key_purchase'],
    rows: owner => sql`
      select p.purchase_id::text as "PURCHASE_ID", ${vendorColumns}, p.spent_on as "SPENT_ON", p.is_period_guess::int as "IS_DATE_ASSUMED",
        ${major(sql`p.amount_minor`, sql`p.currency`)} as "AMOUNT", p.currency as "CURRENCY",
        ${major(sql`p.amount_base_minor`, sql`${owner.currency}::text`)} as "AMOUNT_BASE", ${owner.currency}::text as "BASE_CURRENCY",
        p.category as "CATEGORY", p.department as "DEPARTMENT", p.deal_id as "DEAL_ID", p.reference as "REFERENCE", p.label as "LABEL",
        p.purchase_id as key_purchase
      from purchases p ${ofVendor(sql`p`)} where p.portal_id = ${owner.id} and ${isTold(owner, 'prices')}`,
  },
  vendor_scorecards: {
    keys: ['key_snapshot'],
    rows: owner => sql`
      select ${vendorColumns}, s.month as "MONTH", s.score as "SCORE", s.month_score as "MONTH_SCORE", s.coverage as "COVERAGE", s.standing as "STANDING",
        (select c.adjusted_score from score_comments c where c.portal_id = s.portal_id and c.snapshot_id = s.snapshot_id and c.kind = 'adjustment'
          order by c.created_at desc limit 1) as "ADJUSTED_SCORE",
        s.is_active::int as "IS_ACTIVE", s.formula_version as "FORMULA_VERSION", s.settings_version as "RULES_VERSION", s.snapshot_id as key_snapshot
      from scorecard_snapshots s ${ofVendor(sql`s`)} where s.portal_id = ${owner.id} and ${isTold(owner, 'scores')}`,
  },
  // A forecast rests on what its viewer may see. Administrators see everything, and one of them publishes.
  forecast_months: {
    keys: ['key_snapshot', 'key_month'],
    rows: ({ id, timeZone }) => {
      const shown = (name: string) => sql`case when f.currency is null then (m.value ->> ${name})::float8
        else ${major(sql`(m.value ->> ${name})::float8`, sql`f.currency`)} end`
      return sql`
        select f.snapshot_id::text as "FORECAST_ID", f.metric as "METRIC", f.category_id as "PIPELINE_ID", c.name as "PIPELINE", ${moment(sql`f.made_at`, timeZone)} as "MADE_AT",
          (m.value ->> 'month')::date as "MONTH", ${shown('point')} as "VALUE", ${shown('lower80')} as "LOW_80", ${shown('upper80')} as "HIGH_80",
          ${shown('lower95')} as "LOW_95", ${shown('upper95')} as "HIGH_95", f.currency as "CURRENCY", f.method as "METHOD",
          (f.made_at = max(f.made_at) over (partition by f.metric, f.category_id))::int as "IS_LATEST",
          f.snapshot_id as key_snapshot, (m.value ->> 'month')::date as key_month
        from forecast_snapshots f cross join lateral jsonb_array_elements(f.months) as m
        left join crm_categories c on c.portal_id = f.portal_id and c.entity_type_id = 2 and c.category_id = f.category_id
        where f.portal_id = ${id} and f.user_id = (select b.published_by from bi_publications b where b.portal_id = ${id})`
    },
  },
  deals: {
    keys: ['key_deal'],
    rows: ({ id, currency, timeZone }) => sql`
      select d.deal_id as "DEAL_ID", d.title as "TITLE", c.name as "PIPELINE", coalesce(s.name, d.stage_id) as "STAGE",
        case d.semantics when 'S' then 'won' when 'F' then 'lost' else 'open' end as "OUTCOME",
        ${major(sql`d.amount_minor`, sql`d.currency`)} as "AMOUNT", d.currency as "CURRENCY",
        ${major(sql`d.amount_base_minor`, sql`${currency}::text`)} as "AMOUNT_BASE", ${currency}::text as "BASE_CURRENCY",
        d.company_id as "COMPANY_ID", o.title as "COMPANY", d.assigned_by_id as "RESPONSIBLE_ID", nullif(trim(concat_ws(' ', u.name, u.last_name)), '') as "RESPONSIBLE",
        ${moment(sql`d.created_at`, timeZone)} as "CREATED_AT", d.closes_on as "CLOSES_ON", ${moment(sql`d.closed_at`, timeZone)} as "CLOSED_AT", d.deal_id as key_deal
      from crm_deals d
      left join crm_categories c on c.portal_id = d.portal_id and c.entity_type_id = 2 and c.category_id = d.category_id
      left join crm_stages s on s.portal_id = d.portal_id and s.entity_type_id = 2 and s.stage_id = d.stage_id
      left join crm_companies o on o.portal_id = d.portal_id and o.company_id = d.company_id
      left join crm_users u on u.portal_id = d.portal_id and u.user_id = d.assigned_by_id
      where d.portal_id = ${id}`,
  },
}
