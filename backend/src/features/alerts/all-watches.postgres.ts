import { sql } from 'kysely'
import type { OwnedWatches } from '@comptoir/shared/alerts/watch.contract'
import { AppError } from '@comptoir/shared/errors'
import type { HandOver } from '@comptoir/shared/portal/owner.schema'
import { resolveAlert } from '../../platform/notices/outbox.postgres.ts'
import { canOwn, noteHandOver, ownedBy, ownerOf } from '../../platform/portals/owners.postgres.ts'
import type { Database } from '../../platform/storage/database.ts'
import type { Reader } from './months-port.ts'
import { alertKeyOf, withChecks } from './watches.postgres.ts'

/** Of everybody, whoever has left first; administrators alone may ask. */
export async function listAllWatches(db: Database, { portal, viewer }: Reader): Promise<OwnedWatches> {
  const rows = await db.selectFrom('watches as w').selectAll('w').select(ownerOf(portal.id, sql`w.owner_user_id`)).where('w.portal_id', '=', portal.id)
    .orderBy('is_owner_gone', 'desc').orderBy('owner_name').orderBy('w.owner_user_id').orderBy('w.created_at').orderBy('w.watch_id').execute()
  const watches = await withChecks(db, portal.id, rows, 1)
  return { currency: portal.currency, watches: rows.map((row, at) => ({ ...watches[at]!, ...ownedBy(row.owner_user_id, row, viewer) })) }
}

/** @throws AppError watch.not_found */
export async function pauseWatch(db: Database, { portal }: Reader, { watchId, isPaused, now }: { watchId: string, isPaused: boolean, now: Date }): Promise<void> {
  await db.transaction().execute(async (tx) => {
    const { numUpdatedRows } = await tx.updateTable('watches').set({ is_on: !isPaused, checked_at: null, version: sql<number>`version + 1`, updated_at: now })
      .where('portal_id', '=', portal.id).where('watch_id', '=', watchId).executeTakeFirst()
    if (numUpdatedRows === 0n)
      throw new AppError('watch.not_found', { details: { watchId } })
    if (isPaused)
      await resolveAlert(tx, portal.id, alertKeyOf(watchId), 'changed', now)
  })
}

/**
 * What a watch has said came of the rights of its owner, and the next one may have others: it begins anew in theirs.
 * @throws AppError watch.owner_unknown
 */
export async function handOverWatches(db: Database, { portal, viewer }: Reader, { fromId, ownerId }: HandOver, now: Date): Promise<void> {
  if (!await canOwn(db, portal.id, ownerId))
    throw new AppError('watch.owner_unknown', { details: { ownerId } })
  if (fromId === ownerId)
    return
  await db.transaction().execute(async (tx) => {
    const moved = await tx.updateTable('watches').set({ owner_user_id: ownerId, checked_at: null, version: sql<number>`version + 1`, updated_at: now })
      .where('portal_id', '=', portal.id).where('owner_user_id', '=', fromId).returning('watch_id').execute()
    await noteHandOver(tx, 'watch', { portalId: portal.id, byUserId: viewer.userId, items: moved.length, fromId, ownerId })
    for (const { watch_id: watchId } of moved) {
      await tx.deleteFrom('watch_checks').where('portal_id', '=', portal.id).where('watch_id', '=', watchId).execute()
      await resolveAlert(tx, portal.id, alertKeyOf(watchId), 'changed', now)
    }
  })
}
