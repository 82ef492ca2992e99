import { sql, type RawBuilder } from 'kysely'
import type { DealFact } from '../../platform/bitrix24/crm-facts.ts'
import type { Tx } from '../../platform/storage/database.ts'

/**
 * One statement for a whole page: rollups hang on statement-level triggers. Meaning comes from the stage directory,
 * the closing time from the stage history; where those are silent, from the deal itself. The base amount follows the
 * rate of the day it was closed, or today's. Answers the deals that were new or different.
 */
export async function saveDeals(tx: Tx, portalId: number, deals: readonly DealFact[]): Promise<number[]> {
  if (deals.length === 0)
    return []
  const { rows } = await sql<{ deal_id: number }>`
    insert into crm_deals as d (portal_id, deal_id, title, category_id, stage_id, semantics, amount_minor, currency, amount_base_minor,
      company_id, assigned_by_id, source_id, lead_id, utm_source, utm_medium, utm_campaign, utm_content, utm_term,
      created_at, begins_on, closes_on, moved_at, closed_at, updated_at)
    select ${portalId}, f.id, f.title, f."categoryId", f."stageId", m.semantics, f."amountMinor", m.currency,
      ${baseAmount(sql`f."amountMinor"`, sql`m.currency`, sql`x.closed_at`)}, f."companyId", f."assignedById", f."sourceId", f."leadId",
      f."utmSource", f."utmMedium", f."utmCampaign", f."utmContent", f."utmTerm", f."createdAt", f."beginsOn", f."closesOn", f."movedAt",
      x.closed_at, f."updatedAt"
    from jsonb_to_recordset(${JSON.stringify(deals)}::jsonb) as f (id int, title text, "categoryId" int, "stageId" text, semantics text,
      "amountMinor" bigint, currency text, "companyId" int, "assignedById" int, "sourceId" text, "leadId" int, "utmSource" text,
      "utmMedium" text, "utmCampaign" text, "utmContent" text, "utmTerm" text, "createdAt" timestamptz,
      "beginsOn" date, "closesOn" date, "closesAt" timestamptz, "movedAt" timestamptz, "updatedAt" timestamptz)
    join portals p on p.portal_id = ${portalId}
    left join crm_stages s on s.portal_id = ${portalId} and s.entity_type_id = 2 and s.stage_id = f."stageId"
    cross join lateral (select coalesce(s.semantics, f.semantics) as semantics, coalesce(f.currency, p.currency) as currency) m
    left join lateral (${closingTime(portalId, sql`f.id`, sql`m.semantics`)}) h on m.semantics <> 'P'
    cross join lateral (select case when m.semantics <> 'P' then coalesce(h.at, f."closesAt", f."movedAt") end as closed_at) x
    order by f.id
    on conflict (portal_id, deal_id) do update set
      title = excluded.title, category_id = excluded.category_id, stage_id = excluded.stage_id, semantics = excluded.semantics,
      amount_minor = excluded.amount_minor, currency = excluded.currency, amount_base_minor = excluded.amount_base_minor,
      company_id = excluded.company_id, assigned_by_id = excluded.assigned_by_id, source_id = excluded.source_id, lead_id = excluded.lead_id,
      utm_source = excluded.utm_source, utm_medium = excluded.utm_medium, utm_campaign = excluded.utm_campaign,
      utm_content = excluded.utm_content, utm_term = excluded.utm_term,
      created_at = excluded.created_at, begins_on = excluded.begins_on, closes_on = excluded.closes_on, moved_at = excluded.moved_at,
      closed_at = excluded.closed_at, updated_at = excluded.updated_at, synced_at = now()
    where (d.title, d.category_id, d.stage_id, d.semantics, d.amount_minor, d.currency, d.amount_base_minor, d.company_id, d.assigned_by_id,
        d.source_id, d.lead_id, d.utm_source, d.utm_medium, d.utm_campaign, d.utm_content, d.utm_term,
        d.created_at, d.begins_on, d.closes_on, d.moved_at, d.closed_at, d.updated_at)
      is distinct from (excluded.title, excluded.category_id, excluded.stage_id, excluded.semantics, excluded.amount_minor, excluded.currency,
        excluded.amount_base_minor, excluded.company_id, excluded.assigned_by_id, excluded.source_id, excluded.lead_id, excluded.utm_source,
        excluded.utm_medium, excluded.utm_campaign, excluded.utm_content, excluded.utm_term, excluded.created_at, excluded.begins_on,
        excluded.closes_on, excluded.moved_at, excluded.closed_at, excluded.updated_at)
    returning d.deal_id
  `.execute(tx)
  return rows.map(row => row.deal_id)
}

/** Of a portal `p`. Most amounts are in its own currency and need no rate. */
const baseAmount = (amount: RawBuilder<unknown>, currency: RawBuilder<unknown>, closedAt: RawBuilder<unknown>): RawBuilder<number | null> => sql`
  case when ${currency} = p.currency then ${amount} else crm_base_amount(p.portal_id, ${amount}, ${currency}, (${closedAt} at time zone p.time_zone)::date) end`

/** When a deal entered the final stage it is in now: the first change after the last one of another meaning. */
function closingTime(portalId: number, dealId: RawBuilder<unknown>, semantics: RawBuilder<unknown>): RawBuilder<unknown> {
  return sql`
    select min(x.at) as at from crm_stage_changes x
    where x.portal_id = ${portalId} and x.deal_id = ${dealId} and x.semantics = ${semantics}
      and x.at > coalesce((select max(o.at) from crm_stage_changes o
        where o.portal_id = ${portalId} and o.deal_id = ${dealId} and o.semantics <> ${semantics}), '-infinity')`
}

/** After their history arrived. */
export async function refreshClosingTimes(tx: Tx, portalId: number, dealIds: readonly number[]): Promise<void> {
  if (dealIds.length === 0)
    return
  await sql`
    update crm_deals d set closed_at = h.at, amount_base_minor = ${baseAmount(sql`d.amount_minor`, sql`d.currency`, sql`h.at`)}
    from crm_deals f
    join portals p using (portal_id)
    cross join lateral (${closingTime(portalId, sql`f.deal_id`, sql`f.semantics`)}) h
    where f.portal_id = ${portalId} and f.deal_id = any(${[...new Set(dealIds)]}::int[]) and f.semantics <> 'P'
      and d.portal_id = f.portal_id and d.deal_id = f.deal_id
      and h.at is not null and d.closed_at is distinct from h.at
  `.execute(tx)
}

/** After a stage changed its meaning. A deal that is open again has no closing time. */
export async function refreshMeanings(tx: Tx, portalId: number): Promise<void> {
  const { rows } = await sql<{ deal_id: number }>`
    update crm_deals d set semantics = f.semantics, closed_at = f.closed_at, amount_base_minor = ${baseAmount(sql`d.amount_minor`, sql`d.currency`, sql`f.closed_at`)}
    from (
      select x.deal_id, s.semantics, case when s.semantics <> 'P' then coalesce(x.closed_at, x.closes_on::timestamptz, x.moved_at) end as closed_at
      from crm_deals x join crm_stages s on s.portal_id = x.portal_id and s.entity_type_id = 2 and s.stage_id = x.stage_id
      where x.portal_id = ${portalId} and s.semantics <> x.semantics
    ) f, portals p
    where d.portal_id = ${portalId} and d.deal_id = f.deal_id and p.portal_id = d.portal_id
    returning d.deal_id
  `.execute(tx)
  await refreshClosingTimes(tx, portalId, rows.map(row => row.deal_id))
}

/** After the CRM changed a rate: what is open. The history of rates sees to what is closed. */
export async function refreshOpenAmounts(tx: Tx, portalId: number): Promise<void> {
  await sql`
    update crm_deals d set amount_base_minor = f.amount
    from (
      select x.deal_id, ${baseAmount(sql`x.amount_minor`, sql`x.currency`, sql`x.closed_at`)} as amount
      from crm_deals x join portals p using (portal_id)
      where x.portal_id = ${portalId} and x.closed_at is null
    ) f
    where d.portal_id = ${portalId} and d.deal_id = f.deal_id and d.amount_base_minor is distinct from f.amount
  `.execute(tx)
}

export async function deleteDeals(tx: Tx, portalId: number, dealIds: readonly number[]): Promise<void> {
  if (dealIds.length === 0)
    return
  // Deals first, as everywhere: who waits for a deal while holding the lock of the rollups waits for somebody who waits for that lock.
  for (const table of ['crm_deals', 'crm_product_rows', 'crm_stage_changes'] as const)
    await tx.deleteFrom(table).where('portal_id', '=', portalId).where('deal_id', 'in', dealIds).execute()
}
