import { sql } from 'kysely'
import { AppError } from '@comptoir/shared/errors'
import { faultsOf, type BoardSpec } from '@comptoir/shared/dashboards/board'
import type { Board, BoardSummary, BoardVersion } from '@comptoir/shared/dashboards/board.contract'
import { settled } from '@comptoir/shared/dashboards/layout'
import type { Share } from '@comptoir/shared/portal/share.schema'
import { shareRows } from '../../platform/access/shares.postgres.ts'
import { segmentName } from '../../platform/segments/segment-condition.postgres.ts'
import type { Database, Tx } from '../../platform/storage/database.ts'
import { canEdit, summaryColumns, toSummary, visibleBoards, type Reader } from './visible-boards.postgres.ts'

/** So many of one person: enough for anyone, and no way to fill the disk. */
const mostBoards = 100

export async function listBoards(db: Database, reader: Reader): Promise<BoardSummary[]> {
  const rows = await visibleBoards(db, reader).select([...summaryColumns(reader)]).orderBy(sql`lower(b.title)`).orderBy('b.board_id').execute()
  return rows.map(row => toSummary(row, reader))
}

/** @throws AppError board.not_found */
export async function readBoard(db: Database, reader: Reader, boardId: string): Promise<Board> {
  const row = await visibleBoards(db, reader).where('b.board_id', '=', boardId)
    .innerJoin('board_versions as v', join => join.onRef('v.portal_id', '=', 'b.portal_id').onRef('v.board_id', '=', 'b.board_id').onRef('v.version', '=', 'b.version'))
    .select([...summaryColumns(reader), 'v.spec']).executeTakeFirst()
  if (!row)
    throw new AppError('board.not_found', { details: { boardId } })
  const shares = await db.selectFrom('board_shares').selectAll().where('portal_id', '=', reader.portal.id).where('board_id', '=', boardId)
    .orderBy('subject_kind').orderBy('subject_id').execute()
  return {
    ...toSummary(row, reader),
    spec: row.spec as BoardSpec,
    shares: shares.map(share => ({ subjectKind: share.subject_kind, subjectId: share.subject_id, role: share.role })),
  }
}

/** @throws AppError board.invalid, board.too_many, segment.not_found */
export async function createBoard(db: Database, reader: Reader, { title, spec: given }: { title: string, spec: BoardSpec }): Promise<Board> {
  const spec = soundOf(given)
  const { portal, viewer } = reader
  const boardId = await db.transaction().execute(async (tx) => {
    const { count } = await tx.selectFrom('boards').select(sql<number>`count(*)::int`.as('count'))
      .where('portal_id', '=', portal.id).where('owner_id', '=', viewer.userId).where('deleted_at', 'is', null).executeTakeFirstOrThrow()
    if (count >= mostBoards)
      throw new AppError('board.too_many', { details: { most: mostBoards } })
    await insistOnSegment(tx, portal.id, spec)
    const { board_id } = await tx.insertInto('boards').values({ portal_id: portal.id, title: title.trim(), owner_id: viewer.userId, updated_by: viewer.userId })
      .returning('board_id').executeTakeFirstOrThrow()
    await keepVersion(tx, reader, { boardId: board_id, version: 1, title: title.trim(), spec, restoredFrom: null })
    return board_id
  })
  return readBoard(db, reader, boardId)
}

/** Tiles that stand on each other make room. @throws AppError board.invalid */
function soundOf(spec: BoardSpec): BoardSpec {
  const [fault] = faultsOf(spec)
  if (fault)
    throw new AppError('board.invalid', { details: { ...fault } })
  return { ...spec, tiles: settled(spec.tiles) }
}

/** A segment that was there when the board was last saved may be gone since: that refuses no other change. */
async function insistOnSegment(tx: Tx, portalId: number, { segmentId }: BoardSpec, before?: BoardSpec): Promise<void> {
  if (segmentId !== undefined && segmentId !== before?.segmentId && await segmentName(tx, portalId, segmentId) === null)
    throw new AppError('segment.not_found', { details: { segmentId } })
}

interface NewVersion { readonly boardId: string, readonly version: number, readonly title: string, readonly spec: BoardSpec, readonly restoredFrom: number | null }

async function keepVersion(tx: Tx, { portal, viewer }: Reader, { boardId, version, title, spec, restoredFrom }: NewVersion): Promise<void> {
  await tx.insertInto('board_versions').values({
    portal_id: portal.id, board_id: boardId, version, title, spec: JSON.stringify(spec), restored_from: restoredFrom, created_by: viewer.userId,
  }).execute()
}

/** @throws AppError board.not_found, board.forbidden, board.invalid, board.changed_meanwhile, segment.not_found */
export async function saveBoard(db: Database, reader: Reader, boardId: string, { version, title, spec: given }: { version: number, title: string, spec: BoardSpec }): Promise<Board> {
  const spec = soundOf(given)
  await changeBoard(db, reader, boardId, {
    version,
    to: async (tx) => {
      await insistOnSegment(tx, reader.portal.id, spec, (await readVersion(tx, reader, boardId, version))?.spec)
      return { title: title.trim(), spec, restoredFrom: null }
    },
  })
  return readBoard(db, reader, boardId)
}

/** @throws AppError board.not_found also for a version that never was */
export async function restoreBoard(db: Database, reader: Reader, boardId: string, { version, restored }: { version: number, restored: number }): Promise<Board> {
  await changeBoard(db, reader, boardId, {
    version,
    to: async (tx) => {
      const old = await readVersion(tx, reader, boardId, restored)
      if (!old)
        throw new AppError('board.not_found', { details: { boardId, version: restored } })
      return { ...old, restoredFrom: restored }
    },
  })
  return readBoard(db, reader, boardId)
}

async function readVersion(tx: Tx, { portal }: Reader, boardId: string, version: number): Promise<{ title: string, spec: BoardSpec } | null> {
  const row = await tx.selectFrom('board_versions').select(['title', 'spec'])
    .where('portal_id', '=', portal.id).where('board_id', '=', boardId).where('version', '=', version).executeTakeFirst()
  return row ? { title: row.title, spec: row.spec as BoardSpec } : null
}

type NextVersion = Pick<NewVersion, 'title' | 'spec' | 'restoredFrom'>

async function changeBoard(db: Database, reader: Reader, boardId: string, { version, to }: { version: number, to: (tx: Tx) => Promise<NextVersion> }): Promise<void> {
  const { portal, viewer } = reader
  await db.transaction().execute(async (tx) => {
    const row = await lockEditable(tx, reader, boardId)
    if (row.version !== version)
      throw new AppError('board.changed_meanwhile', { details: { version: row.version } })
    const next = await to(tx)
    await keepVersion(tx, reader, { boardId, version: version + 1, ...next })
    await tx.updateTable('boards').set({ title: next.title, version: version + 1, updated_at: sql<Date>`now()`, updated_by: viewer.userId })
      .where('portal_id', '=', portal.id).where('board_id', '=', boardId).execute()
  })
}

/** Locks the board until the end of the transaction. @throws AppError board.not_found, board.forbidden */
export async function lockEditable(tx: Tx, reader: Reader, boardId: string): Promise<{ version: number }> {
  const row = await visibleBoards(tx, reader).where('b.board_id', '=', boardId).select(['b.version', canEdit(reader).as('can_edit')]).forUpdate('b').executeTakeFirst()
  if (!row)
    throw new AppError('board.not_found', { details: { boardId } })
  if (!row.can_edit)
    throw new AppError('board.forbidden', { details: { boardId } })
  return row
}

/** @throws AppError board.not_found, board.forbidden */
export async function readVersions(db: Database, reader: Reader, boardId: string): Promise<BoardVersion[]> {
  await readBoard(db, reader, boardId)
  const rows = await db.selectFrom('board_versions as v').where('v.portal_id', '=', reader.portal.id).where('v.board_id', '=', boardId)
    .leftJoin('crm_users as u', join => join.onRef('u.portal_id', '=', 'v.portal_id').onRef('u.user_id', '=', 'v.created_by'))
    .select(['v.version', 'v.title', 'v.spec', 'v.restored_from', 'v.created_at', sql<string | null>`trim(u.name || ' ' || u.last_name)`.as('author')])
    .orderBy('v.version', 'desc').limit(100).execute()
  return rows.map(row => ({
    version: row.version, title: row.title, spec: row.spec as BoardSpec, restoredFrom: row.restored_from, createdAt: row.created_at.toISOString(), createdBy: row.author,
  }))
}

/** Only its owner or an administrator decides who sees a board. */
export async function shareBoard(db: Database, reader: Reader, boardId: string, shares: readonly Share[]): Promise<Board> {
  await db.transaction().execute(async (tx) => {
    await lockOwned(tx, reader, boardId)
    await tx.deleteFrom('board_shares').where('portal_id', '=', reader.portal.id).where('board_id', '=', boardId).execute()
    if (shares.length > 0)
      await tx.insertInto('board_shares').values(shareRows(shares).map(share => ({ portal_id: reader.portal.id, board_id: boardId, ...share }))).execute()
  })
  return readBoard(db, reader, boardId)
}

async function lockOwned(tx: Tx, reader: Reader, boardId: string, { isDeleted = false } = {}): Promise<void> {
  const row = await (isDeleted ? tx.selectFrom('boards as b').where('b.portal_id', '=', reader.portal.id).where('b.deleted_at', 'is not', null) : visibleBoards(tx, reader))
    .where('b.board_id', '=', boardId).select('b.owner_id').forUpdate('b').executeTakeFirst()
  if (!row)
    throw new AppError('board.not_found', { details: { boardId } })
  if (!reader.viewer.isAdmin && row.owner_id !== reader.viewer.userId)
    throw new AppError('board.forbidden', { details: { boardId } })
}

export const removeBoard = (db: Database, reader: Reader, boardId: string): Promise<{ boardId: string }> => db.transaction().execute(async (tx) => {
  await lockOwned(tx, reader, boardId)
  await tx.updateTable('boards').set({ deleted_at: sql<Date>`now()` }).where('portal_id', '=', reader.portal.id).where('board_id', '=', boardId).execute()
  return { boardId }
})

export async function undoRemoval(db: Database, reader: Reader, boardId: string): Promise<Board> {
  await db.transaction().execute(async (tx) => {
    await lockOwned(tx, reader, boardId, { isDeleted: true })
    await tx.updateTable('boards').set({ deleted_at: null }).where('portal_id', '=', reader.portal.id).where('board_id', '=', boardId).execute()
  })
  return readBoard(db, reader, boardId)
}
