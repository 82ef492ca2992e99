import { sql } from 'kysely'
import { dealOnlooker, isVisible } from '../../platform/access/deal-gate.postgres.ts'
import { isOfVisible } from '../../platform/access/vendor-gate.postgres.ts'
import { isSalesInvoice } from '../../platform/records/record-rules.postgres.ts'
import { localDay, nobodyActive, none, responsible, userName } from './deal-flaws.postgres.ts'
import type { Asked, SourcePlan } from './source-plan.ts'

const yearMs = 365 * 86_400_000

export function companyPlan({ reader }: Asked): SourcePlan {
  const { portal, viewer } = reader
  const mayCount = sql<boolean>`c.portal_id = ${portal.id} and not c.is_my_company and ${isVisible(dealOnlooker(portal, viewer), sql`c.assigned_by_id`)}`
  const day = localDay(sql`c.created_at`, portal.timeZone)
  return {
    sourceId: 'companies',
    kind: 'company',
    list: 'companies',
    from: sql`crm_companies c ${responsible('c')} left join vendors v on v.portal_id = c.portal_id and v.company_id = c.company_id`,
    where: mayCount,
    columns: { id: sql`c.company_id`, title: sql`c.title`, amountMinor: none, currency: none, responsible: userName, day },
    flaws: [
      {
        checkId: 'companies_same_name',
        flaw: sql`exists (select from crm_companies o where o.portal_id = c.portal_id and o.name_key = c.name_key and o.name_key <> ''
          and o.company_id <> c.company_id and not o.is_my_company)`,
        on: day,
      },
      {
        checkId: 'companies_same_identifier',
        examined: sql`(v.siren is not null or v.vat_number is not null) and ${isOfVisible(reader, sql`v.vendor_id`)}`,
        flaw: sql`exists (select from vendors o where o.portal_id = v.portal_id and o.vendor_id <> v.vendor_id and o.company_id is not null
          and (o.siren = v.siren or o.vat_number = v.vat_number) and ${isOfVisible(reader, sql`o.vendor_id`)})`,
        on: day,
      },
      { checkId: 'companies_owner', flaw: nobodyActive },
    ],
    all: { from: sql`crm_companies c`, where: mayCount },
  }
}

/** The last year's leads: older ones have told what they had to tell. */
export function leadPlan({ reader: { portal, viewer }, now }: Asked): SourcePlan {
  const mayCount = sql<boolean>`x.portal_id = ${portal.id} and ${isVisible(dealOnlooker(portal, viewer), sql`x.assigned_by_id`)}`
  const day = localDay(sql`x.created_at`, portal.timeZone)
  return {
    sourceId: 'leads',
    kind: 'lead',
    list: 'leads',
    from: sql`crm_leads x ${responsible('x')}`,
    where: sql<boolean>`${mayCount} and x.created_at >= ${new Date(now.getTime() - yearMs)}`,
    columns: { id: sql`x.lead_id`, title: sql`x.title`, amountMinor: sql`x.amount_minor`, currency: sql`x.currency`, responsible: userName, day },
    flaws: [
      { checkId: 'leads_without_source', flaw: sql`x.source_id is null and x.utm_source is null`, on: day },
      { checkId: 'leads_owner', examined: sql`x.semantics = 'P'`, flaw: nobodyActive },
    ],
    all: { from: sql`crm_leads x`, where: mayCount },
  }
}

/** Invoices that clients still have to pay. */
export function invoicePlan({ reader: { portal, viewer } }: Asked): SourcePlan {
  const mayCount = sql<boolean>`i.portal_id = ${portal.id} and ${isSalesInvoice('i')} and ${isVisible(dealOnlooker(portal, viewer), sql`i.assigned_by_id`)}`
  const day = sql<string | null>`coalesce(i.issued_on, ${localDay(sql`i.created_at`, portal.timeZone)})`
  return {
    sourceId: 'invoices',
    kind: 'invoice',
    list: 'invoices',
    from: sql`crm_invoices i ${responsible('i')}`,
    where: sql<boolean>`${mayCount} and i.semantics = 'P'`,
    amount: sql`i.amount_base_minor`,
    columns: {
      id: sql`i.invoice_id`, title: sql`coalesce(nullif(i.number, ''), i.invoice_id::text)`, amountMinor: sql`i.amount_minor`,
      currency: sql`i.currency`, responsible: userName, day,
    },
    flaws: [
      { checkId: 'invoices_without_due', flaw: sql`i.due_on is null`, on: day },
      { checkId: 'invoices_rate', examined: sql`coalesce(i.amount_minor, 0) <> 0`, flaw: sql`i.amount_base_minor is null`, on: day },
    ],
    all: { from: sql`crm_invoices i`, where: mayCount },
  }
}

/** The spend register. It is no list of the portal's, so nothing of it is read late. */
export function purchasePlan({ reader }: Asked): SourcePlan {
  const from = sql`purchases p join vendors v on v.portal_id = p.portal_id and v.vendor_id = p.vendor_id`
  const mayCount = sql<boolean>`p.portal_id = ${reader.portal.id} and ${isOfVisible(reader, sql`p.vendor_id`, { group: 'prices' })}`
  return {
    sourceId: 'purchases',
    kind: 'vendor',
    from,
    where: mayCount,
    columns: { id: sql`v.vendor_id`, title: sql`v.name`, amountMinor: sql`p.amount_minor`, currency: sql`p.currency`, responsible: none, day: sql`p.spent_on` },
    flaws: [{ checkId: 'purchases_unpriced', flaw: sql`p.amount_base_minor is null`, on: sql`p.spent_on` }],
    all: { from, where: mayCount },
  }
}
