import { sql, type RawBuilder } from 'kysely'
import type { DayRange } from '@comptoir/shared/insights/period'
import type { Origin } from '@comptoir/shared/sources/channels'
import { isVisible, type DealOnlooker } from '../../platform/access/deal-gate.postgres.ts'
import { adCostRows, adCostWorth, isFirstDeal, isWithoutLead } from '../../platform/records/channels.postgres.ts'
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

/** Costs by channel and campaign, each row at the rate of its day. */
export async function readCosts(db: Database, portalId: number, range: DayRange): Promise<CostRow[]> {
  const { rows } = await sql<CostRow>`
    select c.channel_key as "channelKey", min(c.campaign) as campaign, sum(w.cost)::bigint as "costMinor", sum(c.impressions)::bigint as impressions,
      sum(c.clicks)::bigint as clicks, (count(*) - count(w.cost))::int as "withoutRate"
    from ${adCostRows} cross join lateral (select ${adCostWorth} as cost) w
    where c.portal_id = ${portalId} and ${within(sql`c.day`, range)}
    group by c.channel_key, c.campaign_key`.execute(db)
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
        and ${isWithoutLead}
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
      (count(*) filter (where ${isFirstDeal}))::int as "newCustomers"
    from crm_deals d left join crm_leads l on l.portal_id = d.portal_id and l.lead_id = d.lead_id
    where d.portal_id = ${onlooker.portalId} and d.semantics = 'S' and d.closed_at is not null and ${within(sql`d.closed_at`, instants)} and ${isVisible(onlooker, sql`d.assigned_by_id`)}
    group by 1, 2, 3`.execute(db)
  return rows
}
