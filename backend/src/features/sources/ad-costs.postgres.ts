import { sql } from 'kysely'
import type { KeyedAdCost } from '@comptoir/shared/sources/ad-cost'
import type { Replaced } from '@comptoir/shared/sources/ad-columns'
import type { Tx } from '../../platform/storage/database.ts'

const batchSize = 2_000

interface CostPlace { readonly portalId: number, readonly sourceId: string }

/** Writes the rows of a delivery over those of the same key. Rows that say what is known are left alone. */
export async function storeAdCosts(tx: Tx, place: CostPlace, rows: readonly KeyedAdCost[], replaces: Replaced): Promise<{ added: number, changed: number, same: number, removed: number }> {
  const { portalId, sourceId } = place
  let [removed, added, written] = [0, 0, 0]
  for (const batch of replaces === 'days' ? wholeDays(rows) : [])
    removed += await removeUntold(tx, place, batch)
  for (let at = 0; at < rows.length; at += batchSize) {
    const batch = rows.slice(at, at + batchSize)
    const column = <T>(value: (row: KeyedAdCost) => T): T[] => batch.map(value)
    const { rows: outcomes } = await sql<{ is_new: boolean }>`
      insert into ad_costs as c (portal_id, source_id, day, channel_key, campaign_key, channel, campaign, impressions, clicks, cost_minor, currency)
      select ${portalId}, ${sourceId}::uuid, * from unnest(
        ${column(row => row.day)}::date[], ${column(row => row.channelKey)}::text[], ${column(row => row.campaignKey)}::text[], ${column(row => row.channel)}::text[],
        ${column(row => row.campaign)}::text[], ${column(row => row.impressions)}::bigint[], ${column(row => row.clicks)}::bigint[], ${column(row => row.costMinor)}::bigint[],
        ${column(row => row.currency)}::text[])
      on conflict (portal_id, source_id, day, channel_key, campaign_key) do update set channel = excluded.channel, campaign = excluded.campaign,
        impressions = excluded.impressions, clicks = excluded.clicks, cost_minor = excluded.cost_minor, currency = excluded.currency
      where (c.channel, c.campaign, c.impressions, c.clicks, c.cost_minor, c.currency)
        is distinct from (excluded.channel, excluded.campaign, excluded.impressions, excluded.clicks, excluded.cost_minor, excluded.currency)
      returning (xmax = 0) as is_new`.execute(tx)
    written += outcomes.length
    added += outcomes.filter(({ is_new: isNew }) => isNew).length
  }
  return { added, changed: written - added, same: rows.length - written, removed }
}

/** The rows in batches, each with all that was told of its days. */
function* wholeDays(rows: readonly KeyedAdCost[]): Generator<KeyedAdCost[]> {
  let batch: KeyedAdCost[] = []
  for (const day of Map.groupBy(rows, row => row.day).values()) {
    batch = batch.concat(day)
    if (batch.length >= batchSize) {
      yield batch
      batch = []
    }
  }
  yield batch
}

/** What was known of the days and channels of a delivery, and is not in it any more. */
async function removeUntold(tx: Tx, { portalId, sourceId }: CostPlace, rows: readonly KeyedAdCost[]): Promise<number> {
  const { numAffectedRows } = await sql`
    with told as (
      select * from unnest(${rows.map(({ day }) => day)}::date[], ${rows.map(({ channelKey }) => channelKey)}::text[], ${rows.map(({ campaignKey }) => campaignKey)}::text[])
        as t (day, channel_key, campaign_key)
    )
    delete from ad_costs c where c.portal_id = ${portalId} and c.source_id = ${sourceId}::uuid
      and (c.day, c.channel_key) in (select day, channel_key from told)
      and (c.day, c.channel_key, c.campaign_key) not in (select day, channel_key, campaign_key from told)`.execute(tx)
  return Number(numAffectedRows ?? 0)
}
