import { sql } from 'kysely'
import { speaksOf } from '../../platform/access/shares.postgres.ts'
import type { Caller } from '../../platform/http/caller.ts'
import type { Database } from '../../platform/storage/database.ts'

export type Reader = Pick<Caller, 'portal' | 'viewer'>

/** Segments that the reader may choose: their own, those shared with them, and for an administrator all. */
export const visibleSegments = (db: Database, reader: Reader, { isDeleted = false } = {}) => db.selectFrom('segments as s')
  .where('s.portal_id', '=', reader.portal.id).where('s.deleted_at', isDeleted ? 'is not' : 'is', null)
  .where(eb => eb.or([
    sql<boolean>`${reader.viewer.isAdmin}::boolean`,
    eb('s.owner_id', '=', reader.viewer.userId),
    eb.exists(eb.selectFrom('segment_shares as h').select('h.role').whereRef('h.portal_id', '=', 's.portal_id').whereRef('h.segment_id', '=', 's.segment_id').where(speaksOf(reader, 'h'))),
  ]))

const canEdit = (reader: Reader) => sql<boolean>`(${reader.viewer.isAdmin}::boolean or s.owner_id = ${reader.viewer.userId}
  or exists (select from segment_shares h where h.portal_id = s.portal_id and h.segment_id = s.segment_id and h.role = 'editor' and ${speaksOf(reader, 'h')}))`

export const summaryColumns = (reader: Reader) => [
  's.segment_id', 's.subject', 's.name', 's.rule', 's.version', 's.owner_id', 's.updated_at',
  canEdit(reader).as('can_edit'),
  sql<boolean>`exists (select from segment_shares h where h.portal_id = s.portal_id and h.segment_id = s.segment_id)`.as('is_shared'),
  sql<string | null>`(select trim(u.name || ' ' || u.last_name) from crm_users u where u.portal_id = s.portal_id and u.user_id = s.owner_id)`.as('owner_name'),
] as const
