import { sql } from 'kysely'
import type { BoardPlace, BoardSummary } from '@comptoir/shared/dashboards/board.contract'
import { speaksOf } from '../../platform/access/shares.postgres.ts'
import type { Caller } from '../../platform/http/caller.ts'
import type { Database } from '../../platform/storage/database.ts'

export type Reader = Pick<Caller, 'portal' | 'viewer'>

/** Boards that the reader may see: their own, those shared with them, and for an administrator all. */
export const visibleBoards = (db: Database, reader: Reader) => db.selectFrom('boards as b')
  .where('b.portal_id', '=', reader.portal.id).where('b.deleted_at', 'is', null)
  .where(eb => eb.or([
    sql<boolean>`${reader.viewer.isAdmin}::boolean`,
    eb('b.owner_id', '=', reader.viewer.userId),
    eb.exists(eb.selectFrom('board_shares as s').select('s.role').whereRef('s.portal_id', '=', 'b.portal_id').whereRef('s.board_id', '=', 'b.board_id').where(speaksOf(reader, 's'))),
  ]))

export const canEdit = (reader: Reader) => sql<boolean>`(${reader.viewer.isAdmin}::boolean or b.owner_id = ${reader.viewer.userId}
  or exists (select from board_shares s where s.portal_id = b.portal_id and s.board_id = b.board_id and s.role = 'editor' and ${speaksOf(reader, 's')}))`

export const summaryColumns = (reader: Reader) => [
  'b.board_id', 'b.title', 'b.version', 'b.owner_id', 'b.updated_at', 'b.pins',
  canEdit(reader).as('can_edit'),
  sql<string | null>`(select trim(u.name || ' ' || u.last_name) from crm_users u where u.portal_id = b.portal_id and u.user_id = b.owner_id)`.as('owner_name'),
] as const

interface SummaryRow {
  readonly board_id: string
  readonly title: string
  readonly version: number
  readonly owner_id: number
  readonly updated_at: Date
  readonly pins: readonly BoardPlace[]
  readonly can_edit: boolean
  readonly owner_name: string | null
}

export const toSummary = (row: SummaryRow, { viewer }: Reader): BoardSummary => ({
  boardId: row.board_id, title: row.title, version: row.version, isMine: row.owner_id === viewer.userId,
  canEdit: row.can_edit, ownerName: row.owner_name, pins: [...row.pins], updatedAt: row.updated_at.toISOString(),
})
