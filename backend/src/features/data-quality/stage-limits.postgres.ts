import { sql } from 'kysely'
import type { Database } from '../../platform/storage/database.ts'

const dayMs = 86_400_000
/** Recent habits say more than old ones, and so many of them are enough. */
const mostDeals = 50_000
/** Fewer stays than this make no habit: such a stage is not judged. */
const fewestStays = 20

/** How long won deals stayed in each stage but for the slowest tenth; worked out anew once a day. */
export async function keepStageLimits(db: Database, portalId: number, now: Date): Promise<void> {
  const known = await db.selectFrom('quality_stage_limits').select('worked_out_at').where('portal_id', '=', portalId)
    .where('worked_out_at', '>', new Date(now.getTime() - dayMs)).limit(1).executeTakeFirst()
  if (known)
    return
  await db.transaction().execute(async (tx) => {
    await sql`
      with won as (
        select deal_id from crm_deals where portal_id = ${portalId} and semantics = 'S' order by closed_at desc limit ${mostDeals}
      ), stays as (
        select c.stage_id, c.semantics, extract(epoch from lead(c.at) over (partition by c.deal_id order by c.at, c.stage_change_id) - c.at) as seconds
        from crm_stage_changes c join won using (deal_id) where c.portal_id = ${portalId}
      )
      insert into quality_stage_limits (portal_id, stage_id, limit_seconds, worked_out_at)
      select ${portalId}, stage_id, percentile_cont(0.9) within group (order by seconds)::bigint, ${now}
      from stays where seconds is not null and semantics = 'P' group by stage_id having count(*) >= ${fewestStays}
      on conflict (portal_id, stage_id) do update set limit_seconds = excluded.limit_seconds, worked_out_at = excluded.worked_out_at
    `.execute(tx)
    await tx.deleteFrom('quality_stage_limits').where('portal_id', '=', portalId).where('worked_out_at', '<', now).execute()
  })
}
