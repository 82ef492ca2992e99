import { sql, type RawBuilder } from 'kysely'
import type { ChannelNames } from '@comptoir/shared/sources/channels'
import type { Database } from '../storage/database.ts'

/** What channels are called and which of them are one: the report and the figures of marketing read the same. */
export async function readChannelNames(db: Database, portalId: number): Promise<ChannelNames> {
  const [adChannels, crmSources, links] = await Promise.all([readAdChannels(db, portalId), readCrmSources(db, portalId), readLinks(db, portalId)])
  return { adChannels, crmSources, links }
}

/** What an `ad_costs c` of a portal `p` cost in its currency, at the rate of its day. Null without a rate. */
export const adCostWorth = sql<number>`(case when c.currency = p.currency then c.cost_minor else crm_base_amount(c.portal_id, c.cost_minor, c.currency, c.day) end)`

/** Rows of cost, without those of a source that was taken away. */
export const adCostRows = sql`ad_costs c join data_sources s on s.portal_id = c.portal_id and s.source_id = c.source_id and s.removed_at is null join portals p on p.portal_id = c.portal_id`

/** Whether a won deal `d` is its company's first; one without company is a customer of its own. */
export const isFirstDeal: RawBuilder<boolean> = sql`(coalesce(d.company_id, 0) = 0 or not exists (
  select from crm_deals e where e.portal_id = d.portal_id and e.company_id = d.company_id and e.semantics = 'S' and (e.closed_at, e.deal_id) < (d.closed_at, d.deal_id)))`

/** Whether a deal `d` was made without a lead that is known here. */
export const isWithoutLead: RawBuilder<boolean> = sql`(d.lead_id is null or not exists (select from crm_leads l where l.portal_id = d.portal_id and l.lead_id = d.lead_id))`

async function readCrmSources(db: Database, portalId: number): Promise<Map<string, string>> {
  const rows = await db.selectFrom('crm_statuses').select(['status_id', 'name']).where('portal_id', '=', portalId).where('directory', '=', 'SOURCE').orderBy('sort').orderBy('status_id').execute()
  return new Map(rows.map(({ status_id: id, name }) => [id, name]))
}

async function readLinks(db: Database, portalId: number): Promise<Map<string, string>> {
  const rows = await db.selectFrom('ad_channel_links').select(['channel_key', 'crm_source_id']).where('portal_id', '=', portalId).execute()
  return new Map(rows.map(({ channel_key: key, crm_source_id: id }) => [key, id]))
}

async function readAdChannels(db: Database, portalId: number): Promise<Map<string, string>> {
  const { rows } = await sql<{ channel_key: string, channel: string }>`
    select c.channel_key, min(c.channel) as channel from ad_costs c join data_sources s using (portal_id, source_id)
    where c.portal_id = ${portalId} and s.removed_at is null group by c.channel_key order by c.channel_key`.execute(db)
  return new Map(rows.map(({ channel_key: key, channel }) => [key, channel]))
}
