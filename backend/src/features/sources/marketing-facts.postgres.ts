import { sql, type RawBuilder } from 'kysely'
import type { DayRange } from '@comptoir/shared/insights/period'
import type { Origin } from '@comptoir/shared/sources/channels'
import { isVisible, type DealOnlooker } from '../../platform/access/deal-gate.postgres.ts'
import type { Database } from '../../platform/storage/database.ts'

export interface CostRow {
  readonly channelKey: string
  readonly campaign: string
  /** In the base currency; null where all of it lacks a rate. */
  readonly costMinor: number | null
  readonly impressions: number | null
  readonly clicks: number | null
  readonly withoutRate: number
}

/** Costs by channel and campaign, each day at its own rate: of that day, else the portal's of now. */
export async function readCosts(db: Database, portalId: number, { from, to }: DayRange): Promise<CostRow[]> {
  const { rows } = await sql<CostRow>`
    with days as (
      select c.channel_key, c.campaign_key, min(c.campaign) as campaign, c.currency, c.day, sum(c.cost_minor) as cost, sum(c.impressions) as impressions, sum(c.clicks) as clicks, count(*) as count
      from ad_costs c join data_sources s using (portal_id, source_id)
      where c.portal_id = ${portalId} and s.removed_at is null and ${within(sql`c.day`, { from, to })}
      group by c.channel_key, c.campaign_key, c.currency, c.day
    ), rates as (
      select currency, day, coalesce(exchange_rate_on(${portalId}, currency, day), (select r.rate from crm_currencies r where r.portal_id = ${portalId} and r.currency = d.currency))
        * power(10::numeric, currency_exponent(p.currency_base) - currency_exponent(currency)) as factor
      from (select distinct currency, day from days) d cross join (select currency as currency_base from portals where portal_id = ${portalId}) p
    )
    select d.channel_key as "channelKey", min(d.campaign) as campaign, round(sum(d.cost * r.factor))::bigint as "costMinor", sum(d.impressions)::bigint as impressions,
      sum(d.clicks)::bigint as clicks, coalesce(sum(d.count) filter (where r.factor is null), 0)::int as "withoutRate"
    from days d join rates r using (currency, day)
    group by d.channel_key, d.campaign_key`.execute(db)
  return rows
}

const within = (column: RawBuilder<unknown>, { from, to }: { readonly from: string | Date | null, readonly to: string | Date | null }): RawBuilder<boolean> =>
  sql`(${from === null ? sql`true` : sql`${column} >= ${from}`} and ${to === null ? sql`true` : sql`${column} < ${to}`})`

export interface OriginRow extends Origin {
  readonly utmCampaign: string | null
}

interface Instants { readonly from: Date | null, readonly to: Date | null }

/** Leads that were created, and deals that were created without one; and which of them have been won since. */
export async function readProspects(db: Database, onlooker: DealOnlooker, instants: Instants): Promise<(OriginRow & { leads: number, converted: number })[]> {
  const { rows } = await sql<OriginRow & { leads: number, converted: number }>`
    with prospects as (
      select l.source_id, l.utm_source, l.utm_campaign,
        exists (select from crm_deals d where d.portal_id = l.portal_id and d.lead_id = l.lead_id and d.semantics = 'S') as is_won
      from crm_leads l
      where l.portal_id = ${onlooker.portalId} and ${within(sql`l.created_at`, instants)} and ${isVisible(onlooker, sql`l.assigned_by_id`)}
      union all
      select d.source_id, d.utm_source, d.utm_campaign, d.semantics = 'S'
      from crm_deals d
      where d.portal_id = ${onlooker.portalId} and ${within(sql`d.created_at`, instants)} and ${isVisible(onlooker, sql`d.assigned_by_id`)}
        and (d.lead_id is null or not exists (select from crm_leads l where l.portal_id = d.portal_id and l.lead_id = d.lead_id))
    )
    select source_id as "sourceId", utm_source as "utmSource", utm_campaign as "utmCampaign", count(*)::int as leads, (count(*) filter (where is_won))::int as converted
    from prospects group by source_id, utm_source, utm_campaign`.execute(db)
  return rows
}

export interface WinRow extends OriginRow {
  readonly won: number
  readonly revenueMinor: number
  readonly newCustomers: number
  readonly withoutAmount: number
}

/** Deals won, by where they or their lead came from. A company's first won deal makes it a customer; a deal without company is one. */
export async function readWins(db: Database, onlooker: DealOnlooker, instants: Instants): Promise<WinRow[]> {
  const { rows } = await sql<WinRow>`
    select coalesce(nullif(d.source_id, ''), l.source_id) as "sourceId", coalesce(nullif(d.utm_source, ''), l.utm_source) as "utmSource",
      coalesce(nullif(d.utm_campaign, ''), l.utm_campaign) as "utmCampaign", count(*)::int as won, coalesce(sum(d.amount_base_minor), 0)::bigint as "revenueMinor",
      (count(*) filter (where d.amount_base_minor is null))::int as "withoutAmount",
      (count(*) filter (where coalesce(d.company_id, 0) = 0 or not exists (
        select from crm_deals e where e.portal_id = d.portal_id and e.company_id = d.company_id and e.semantics = 'S' and (e.closed_at, e.deal_id) < (d.closed_at, d.deal_id))))::int as "newCustomers"
    from crm_deals d left join crm_leads l on l.portal_id = d.portal_id and l.lead_id = d.lead_id
    where d.portal_id = ${onlooker.portalId} and d.semantics = 'S' and d.closed_at is not null and ${within(sql`d.closed_at`, instants)} and ${isVisible(onlooker, sql`d.assigned_by_id`)}
    group by 1, 2, 3`.execute(db)
  return rows
}
