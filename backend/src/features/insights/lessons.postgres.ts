import { sql } from 'kysely'
import { stageNeeds, type MetricDefinition } from '@comptoir/shared/insights/metric'
import type { Database } from '../../platform/storage/database.ts'
import type { Ask } from './ask.ts'

/** Up to so many closed deals everything is learned anew for who asks; beyond, once a day. */
const small = 20_000
const minute = 60_000
const day = 24 * 60 * minute

export const usesLessons = ({ measure, favourable }: MetricDefinition): boolean => measure === 'weighted' || favourable === 'stale'

/** Sees to it that what closed deals teach of their stages is known, and not older than it should be. */
export async function keepLessons(db: Database, { portalId, now }: Pick<Ask, 'portalId' | 'now'>): Promise<void> {
  const { rows: [row] } = await sql<{ learned_at: Date | null, closed: number }>`
    select (select learned_at from insight_lessons where portal_id = ${portalId}) as learned_at,
      (select coalesce(sum(deal_count), 0)::int from insight_deal_days
        where portal_id = ${portalId} and assigned_by_id = -1 and category_id = -1 and outcome in ('won', 'lost')) as closed`.execute(db)
  const age = row?.learned_at ? now.getTime() - row.learned_at.getTime() : Infinity
  if (age > (row && row.closed > small ? day : minute) || age < 0)
    await learnStages(db, portalId, now)
}

/** Of the deals that closed within two years: how many passed a stage, how many of those were won, and how long nine in ten of these stayed. */
export async function learnStages(db: Database, portalId: number, now: Date): Promise<void> {
  await db.transaction().execute(async (tx) => {
    // Two at once would write the same rows.
    await sql`select pg_advisory_xact_lock(4310021, ${portalId})`.execute(tx)
    await tx.deleteFrom('insight_stage_lessons').where('portal_id', '=', portalId).execute()
    await sql`
      insert into insight_stage_lessons (portal_id, stage_id, passed, won, chance, stay_days)
      select ${portalId}, stage_id, count(distinct deal_id), count(distinct deal_id) filter (where is_won),
        round(1000.0 * count(distinct deal_id) filter (where is_won) / count(distinct deal_id)),
        percentile_cont(0.9) within group (order by days) filter (where is_won)
      from (
        select c.stage_id, c.deal_id, d.semantics = 'S' as is_won, c.semantics,
          greatest(0, extract(epoch from coalesce(lead(c.at) over (partition by c.deal_id order by c.at, c.stage_change_id), d.closed_at) - c.at) / 86400.0)::float8 as days
        from crm_stage_changes c join crm_deals d on d.portal_id = c.portal_id and d.deal_id = c.deal_id
        where c.portal_id = ${portalId} and d.semantics <> 'P' and d.closed_at > ${now}::timestamptz - interval '2 years' and d.closed_at <= ${now}
      ) stays where semantics = 'P'
      group by stage_id having count(distinct deal_id) >= ${stageNeeds}`.execute(tx)
    await tx.insertInto('insight_lessons').values({ portal_id: portalId, learned_at: now })
      .onConflict(conflict => conflict.column('portal_id').doUpdateSet({ learned_at: now })).execute()
  })
}
