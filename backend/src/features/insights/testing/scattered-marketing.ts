import { sql } from 'kysely'
import type { Database } from '../../../platform/storage/database.ts'
import type { InsightPortal } from '../ask.ts'

type Next = (below: number) => number

const origins = [null, '', 'WEB', 'TRADE_SHOW'] as const
const tags = [null, '', 'google', 'Facebook', 'newsletter'] as const
const campaigns = [null, '', 'Été 2025', 'rentree', 'Noël'] as const

/** A year of advertising in two sources, one of them taken away, and where leads and deals came from. */
export async function scatteredMarketing(db: Database, portal: InsightPortal, next: Next): Promise<void> {
  const pick = <T>(choices: readonly T[]): T => choices[next(choices.length)]!
  await db.insertInto('crm_statuses').values([['WEB', 'Site Internet'], ['TRADE_SHOW', 'Salon']].map(([status_id, name]) => ({ portal_id: portal.id, directory: 'SOURCE', status_id: status_id!, name: name! }))).execute()
  const sources = await db.insertInto('data_sources')
    .values([null, new Date('2026-01-01T00:00:00Z')].map(removed_at => ({ portal_id: portal.id, dataset: 'ad_costs' as const, kind: 'file' as const, name: 'Régies', settings: '{}', created_by: 1, address: null, headers_sealed: null, key_hash: null, key_hint: null, removed_at })))
    .returning('source_id').execute()
  const costs = Array.from({ length: 160 }, (_, at) => {
    const channel = pick(['Google Ads', 'Meta Ads', 'Salon', 'Radio'])
    return {
      portal_id: portal.id, source_id: sources[at % 8 === 0 ? 1 : 0]!.source_id, day: new Date(Date.UTC(2025, 1, 1 + next(380))).toISOString().slice(0, 10),
      channel, channel_key: channel.toLowerCase(), ...pick([{ campaign: 'Été 2025', campaign_key: 'ete 2025' }, { campaign: 'Rentrée', campaign_key: 'rentree' }, { campaign: '', campaign_key: '' }]), impressions: null, clicks: null, cost_minor: next(40_000), currency: channel === 'Radio' ? 'XTS' : pick(['EUR', 'EUR', 'JPY']),
    }
  })
  await db.insertInto('ad_costs').values(costs).onConflict(conflict => conflict.doNothing()).execute()
  await db.insertInto('crm_leads').values(Array.from({ length: 200 }, (_, at) => ({
    portal_id: portal.id, lead_id: at + 1, title: `Prospect ${at + 1}`, stage_id: 'NEW', currency: 'EUR', assigned_by_id: next(8) === 0 ? null : 1 + next(5),
    source_id: pick(origins), utm_source: pick(tags), utm_campaign: pick(campaigns), created_at: new Date(Date.UTC(2025, 1, 1 + next(380), next(24))),
  }))).execute()
  const { rows: deals } = await sql<{ deal_id: number }>`select deal_id from crm_deals where portal_id = ${portal.id} order by 1`.execute(db)
  const where = deals.map(({ deal_id: id }) => ({ id, lead: next(4) === 0 ? 1 + next(230) : null, source: pick(origins), tag: pick(tags), campaign: pick(campaigns) }))
  await sql`update crm_deals d set lead_id = f.lead, source_id = f.source, utm_source = f.tag, utm_campaign = f.campaign
    from jsonb_to_recordset(${JSON.stringify(where)}::jsonb) as f (id int, lead int, source text, tag text, campaign text) where d.portal_id = ${portal.id} and d.deal_id = f.id`.execute(db)
}
