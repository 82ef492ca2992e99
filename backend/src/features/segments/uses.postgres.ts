import { sql } from 'kysely'
import type { SegmentUse } from '@comptoir/shared/segments/segment.contract'
import type { Database } from '../../platform/storage/database.ts'
import type { Reader } from './visible-segments.postgres.ts'

/**
 * Everything that rests on a segment: boards, watches, scheduled reports and rules of decision, whoever they belong to. Names are told to
 * their owner and to administrators; others learn that there is something, not what.
 */
export async function usesOf(db: Database, { portal, viewer }: Reader, segmentId: string): Promise<SegmentUse[]> {
  const names = sql`${JSON.stringify(segmentId)}::jsonb`
  const { rows } = await sql<SegmentUse & { owner_id: number }>`
    select 'board' as place, b.board_id::text as id, b.title as name, b.owner_id
    from boards b join board_versions v on v.portal_id = b.portal_id and v.board_id = b.board_id and v.version = b.version
    where b.portal_id = ${portal.id} and b.deleted_at is null and jsonb_path_exists(v.spec, '$.**.segmentId ? (@ == $id)', jsonb_build_object('id', ${names}))
    union all
    select 'watch', w.watch_id::text, null, w.owner_user_id from watches w where w.portal_id = ${portal.id} and w.segment_id = ${segmentId}
    union all
    select 'report', r.schedule_id::text, r.title, r.owner_id from report_schedules r
    where r.portal_id = ${portal.id} and jsonb_path_exists(r.source, '$.**.segmentId ? (@ == $id)', jsonb_build_object('id', ${names}))
    union all
    select 'decision', d.rule_id::text, d.name, d.created_by from decision_rules d
    where d.portal_id = ${portal.id} and jsonb_path_exists(d.condition, '$.**.segmentId ? (@ == $id)', jsonb_build_object('id', ${names}))
    order by 1, 3, 2`.execute(db)
  return rows.map(({ place, id, name, owner_id }) => viewer.isAdmin || owner_id === viewer.userId ? { place, id, name } : { place, id: null, name: null })
}
