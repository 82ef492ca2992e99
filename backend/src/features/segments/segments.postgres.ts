import { sql } from 'kysely'
import { AppError } from '@comptoir/shared/errors'
import type { Share } from '@comptoir/shared/portal/share.schema'
import { faultsOf } from '@comptoir/shared/segments/faults'
import type { SegmentSubject } from '@comptoir/shared/segments/fields'
import { normalForm } from '@comptoir/shared/segments/normal-form'
import type { Group } from '@comptoir/shared/segments/rule'
import type { Segment, SegmentSummary, SegmentVersion } from '@comptoir/shared/segments/segment.contract'
import { shareRows } from '../../platform/access/shares.postgres.ts'
import type { Database, Tx } from '../../platform/storage/database.ts'
import { namesIn, readNames } from './choices.postgres.ts'
import { usesOf } from './uses.postgres.ts'
import { summaryColumns, visibleSegments, type Reader } from './visible-segments.postgres.ts'

/** So many of one person: enough for anyone, and no way to fill the disk. */
const mostSegments = 200

export async function listSegments(db: Database, reader: Reader, { subject, segmentId }: { subject?: SegmentSubject, segmentId?: string } = {}): Promise<SegmentSummary[]> {
  const rows = await visibleSegments(db, reader).select([...summaryColumns(reader)])
    .$if(subject !== undefined, query => query.where('s.subject', '=', subject as SegmentSubject))
    .$if(segmentId !== undefined, query => query.where('s.segment_id', '=', segmentId as string))
    .orderBy(sql`lower(s.name)`).orderBy('s.segment_id').execute()
  const names = await readNames(db, reader, rows.map(row => row.rule as Group))
  return rows.map(row => ({
    segmentId: row.segment_id, subject: row.subject, name: row.name, rule: row.rule as SegmentSummary['rule'], names: namesIn(row.rule as Group, names), version: row.version,
    isMine: row.owner_id === reader.viewer.userId, canEdit: row.can_edit, isShared: row.is_shared, ownerName: row.owner_name, updatedAt: row.updated_at.toISOString(),
  }))
}

/** @throws AppError segment.not_found */
export async function readSegment(db: Database, reader: Reader, segmentId: string): Promise<Segment> {
  const [summary] = await listSegments(db, reader, { segmentId })
  if (!summary)
    throw new AppError('segment.not_found', { details: { segmentId } })
  const [shares, uses] = await Promise.all([
    db.selectFrom('segment_shares').selectAll().where('portal_id', '=', reader.portal.id).where('segment_id', '=', segmentId).orderBy('subject_kind').orderBy('subject_id').execute(),
    usesOf(db, reader, segmentId),
  ])
  return { ...summary, uses, shares: shares.map(share => ({ subjectKind: share.subject_kind, subjectId: share.subject_id, role: share.role })) }
}

/** @throws AppError segment.invalid */
export function insistOnSound(rule: Group, subject: SegmentSubject): void {
  const [fault] = faultsOf(rule, subject)
  if (fault)
    throw new AppError('segment.invalid', { details: { ...fault } })
}

export interface SegmentInput { readonly name: string, readonly rule: Group }

/** @throws AppError segment.invalid, segment.too_many */
export async function createSegment(db: Database, reader: Reader, { subject, name, rule }: SegmentInput & { subject: SegmentSubject }): Promise<Segment> {
  insistOnSound(rule, subject)
  const { portal, viewer } = reader
  const next: NextVersion = { name: name.trim(), rule: normalForm(rule), restoredFrom: null }
  const segmentId = await db.transaction().execute(async (tx) => {
    const { count } = await tx.selectFrom('segments').select(sql<number>`count(*)::int`.as('count'))
      .where('portal_id', '=', portal.id).where('owner_id', '=', viewer.userId).where('deleted_at', 'is', null).executeTakeFirstOrThrow()
    if (count >= mostSegments)
      throw new AppError('segment.too_many', { details: { most: mostSegments } })
    const { segment_id } = await tx.insertInto('segments')
      .values({ portal_id: portal.id, subject, name: next.name, rule: JSON.stringify(next.rule), owner_id: viewer.userId, updated_by: viewer.userId })
      .returning('segment_id').executeTakeFirstOrThrow()
    await keepVersion(tx, reader, segment_id, 1, next)
    return segment_id
  })
  return readSegment(db, reader, segmentId)
}

interface NextVersion extends SegmentInput { readonly restoredFrom: number | null }

async function keepVersion(tx: Tx, { portal, viewer }: Reader, segmentId: string, version: number, { name, rule, restoredFrom }: NextVersion): Promise<void> {
  await tx.insertInto('segment_versions').values({
    portal_id: portal.id, segment_id: segmentId, version, name, rule: JSON.stringify(rule), restored_from: restoredFrom, created_by: viewer.userId,
  }).execute()
}

/** @throws AppError segment.not_found, segment.forbidden, segment.invalid, segment.changed_meanwhile */
export async function saveSegment(db: Database, reader: Reader, segmentId: string, { version, name, rule }: SegmentInput & { version: number }): Promise<Segment> {
  await changeSegment(db, reader, segmentId, {
    version,
    to: (_tx, subject) => {
      insistOnSound(rule, subject)
      return Promise.resolve({ name: name.trim(), rule: normalForm(rule), restoredFrom: null })
    },
  })
  return readSegment(db, reader, segmentId)
}

/** @throws AppError segment.not_found also for a version that never was */
export async function restoreSegment(db: Database, reader: Reader, segmentId: string, { version, restored }: { version: number, restored: number }): Promise<Segment> {
  await changeSegment(db, reader, segmentId, {
    version,
    to: async (tx) => {
      const row = await tx.selectFrom('segment_versions').select(['name', 'rule'])
        .where('portal_id', '=', reader.portal.id).where('segment_id', '=', segmentId).where('version', '=', restored).executeTakeFirst()
      if (!row)
        throw new AppError('segment.not_found', { details: { segmentId, version: restored } })
      return { name: row.name, rule: row.rule as Group, restoredFrom: restored }
    },
  })
  return readSegment(db, reader, segmentId)
}

async function changeSegment(db: Database, reader: Reader, segmentId: string, { version, to }: { version: number, to: (tx: Tx, subject: SegmentSubject) => Promise<NextVersion> }): Promise<void> {
  const { portal, viewer } = reader
  await db.transaction().execute(async (tx) => {
    const row = await lockSegment(tx, reader, segmentId)
    if (!row.can_edit)
      throw new AppError('segment.forbidden', { details: { segmentId } })
    if (row.version !== version)
      throw new AppError('segment.changed_meanwhile', { details: { version: row.version } })
    const next = await to(tx, row.subject)
    await keepVersion(tx, reader, segmentId, version + 1, next)
    await tx.updateTable('segments').set({ name: next.name, rule: JSON.stringify(next.rule), version: version + 1, updated_at: sql<Date>`now()`, updated_by: viewer.userId })
      .where('portal_id', '=', portal.id).where('segment_id', '=', segmentId).execute()
  })
}

async function lockSegment(tx: Tx, reader: Reader, segmentId: string, options: { isDeleted?: boolean } = {}) {
  const row = await visibleSegments(tx, reader, options).where('s.segment_id', '=', segmentId).select([...summaryColumns(reader)]).forUpdate('s').executeTakeFirst()
  if (!row)
    throw new AppError('segment.not_found', { details: { segmentId } })
  return row
}

/** Only its owner or an administrator decides who sees a segment, and whether it goes. */
async function lockOwned(tx: Tx, reader: Reader, segmentId: string, options: { isDeleted?: boolean } = {}): Promise<void> {
  const row = await lockSegment(tx, reader, segmentId, options)
  if (!reader.viewer.isAdmin && row.owner_id !== reader.viewer.userId)
    throw new AppError('segment.forbidden', { details: { segmentId } })
}

/** @throws AppError segment.not_found */
export async function readVersions(db: Database, reader: Reader, segmentId: string): Promise<SegmentVersion[]> {
  await readSegment(db, reader, segmentId)
  const rows = await db.selectFrom('segment_versions as v').where('v.portal_id', '=', reader.portal.id).where('v.segment_id', '=', segmentId)
    .leftJoin('crm_users as u', join => join.onRef('u.portal_id', '=', 'v.portal_id').onRef('u.user_id', '=', 'v.created_by'))
    .select(['v.version', 'v.name', 'v.rule', 'v.restored_from', 'v.created_at', sql<string | null>`trim(u.name || ' ' || u.last_name)`.as('author')])
    .orderBy('v.version', 'desc').limit(100).execute()
  return rows.map(row => ({
    version: row.version, name: row.name, rule: row.rule as SegmentVersion['rule'], restoredFrom: row.restored_from, createdAt: row.created_at.toISOString(), createdBy: row.author,
  }))
}

export async function shareSegment(db: Database, reader: Reader, segmentId: string, shares: readonly Share[]): Promise<Segment> {
  const portalId = reader.portal.id
  await db.transaction().execute(async (tx) => {
    await lockOwned(tx, reader, segmentId)
    await tx.deleteFrom('segment_shares').where('portal_id', '=', portalId).where('segment_id', '=', segmentId).execute()
    if (shares.length > 0)
      await tx.insertInto('segment_shares').values(shareRows(shares).map(share => ({ portal_id: portalId, segment_id: segmentId, ...share }))).execute()
  })
  return readSegment(db, reader, segmentId)
}

/** @throws AppError segment.used, with what uses it */
export const removeSegment = (db: Database, reader: Reader, segmentId: string): Promise<{ segmentId: string }> => db.transaction().execute(async (tx) => {
  await lockOwned(tx, reader, segmentId)
  const uses = await usesOf(tx, reader, segmentId)
  if (uses.length > 0)
    throw new AppError('segment.used', { details: { uses } })
  await tx.updateTable('segments').set({ deleted_at: sql<Date>`now()` }).where('portal_id', '=', reader.portal.id).where('segment_id', '=', segmentId).execute()
  return { segmentId }
})

export async function undoRemoval(db: Database, reader: Reader, segmentId: string): Promise<Segment> {
  await db.transaction().execute(async (tx) => {
    await lockOwned(tx, reader, segmentId, { isDeleted: true })
    await tx.updateTable('segments').set({ deleted_at: null }).where('portal_id', '=', reader.portal.id).where('segment_id', '=', segmentId).execute()
  })
  return readSegment(db, reader, segmentId)
}
