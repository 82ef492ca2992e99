import { sql } from 'kysely'
import { adCostRows, adCostWorth } from '../../platform/records/channels.postgres.ts'
import { localDay, none, responsible, userName } from './deal-flaws.postgres.ts'
import type { Asked, SourcePlan } from './source-plan.ts'

/** A reading that is under way is not late yet. */
const graceMs = 60 * 60_000

const hasCosts = sql<boolean>`exists (select from ad_costs k where k.portal_id = s.portal_id and k.source_id = s.source_id)`

/** Another source tells the cost of the same day, channel and campaign: both are counted. */
const toldTwice = (portalId: number) => sql<boolean>`s.source_id in (
  select k.source_id from ad_costs k join ad_costs o using (portal_id, day, channel_key, campaign_key) join data_sources x on x.portal_id = o.portal_id and x.source_id = o.source_id
  where k.portal_id = ${portalId} and o.source_id <> k.source_id and x.removed_at is null)`

/**
 * The external sources: files, doors and addresses. Late is what has no good reading since it was last due, or whose time
 * has passed without any reading. Their page is the administrators', and so is what is said of them here.
 */
export function outsidePlan({ reader: { portal, viewer }, now }: Asked): SourcePlan {
  const isSeen = sql<boolean>`s.portal_id = ${portal.id} and s.removed_at is null and ${viewer.isAdmin}::boolean`
  const due = new Date(now.getTime() - graceMs)
  const runs = sql`source_runs r where r.portal_id = s.portal_id and r.source_id = s.source_id`
  return {
    sourceId: 'outside',
    kind: 'source',
    from: sql`(select s.*, coalesce(s.updated_by, s.created_by) as assigned_by_id,
        (select max(r.finished_at) from ${runs} and r.state = 'done') as read_at,
        (select max(r.due_at) from ${runs} and r.state = 'done') as good_at,
        (select max(r.due_at) from ${runs} and (r.state = 'failed' or r.due_at <= ${due})) as due_at
      from data_sources s) s ${responsible('s')}`,
    where: isSeen,
    columns: {
      id: sql`s.source_id`, title: sql`s.name`, amountMinor: none, currency: sql<string | null>`null::text`, responsible: userName,
      day: localDay(sql`r.finished_at`, portal.timeZone),
    },
    flaws: [
      {
        checkId: 'outside_late',
        // Nothing is expected of a source that rests, nor of one that waits for its first file.
        examined: sql`not s.is_paused and (s.next_run_at is not null or s.due_at is not null or s.good_at is not null)`,
        flaw: sql`(coalesce(s.next_run_at <= ${due}, false) or coalesce(s.due_at > coalesce(s.good_at, '-infinity'), false))`,
        on: localDay(sql`s.read_at`, portal.timeZone),
      },
      { checkId: 'outside_twice', examined: hasCosts, flaw: toldTwice(portal.id), on: localDay(sql`s.read_at`, portal.timeZone) },
      {
        checkId: 'outside_rate',
        examined: hasCosts,
        flaw: sql`s.source_id in (select c.source_id from ${adCostRows} where c.portal_id = ${portal.id} and ${adCostWorth} is null)`,
        on: localDay(sql`s.read_at`, portal.timeZone),
      },
    ],
    all: {
      from: sql`data_sources s join source_runs r on r.portal_id = s.portal_id and r.source_id = s.source_id and r.state = 'done'`,
      where: isSeen,
    },
  }
}
