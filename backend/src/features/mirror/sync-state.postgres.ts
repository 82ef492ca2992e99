import { sql, type Selectable, type Updateable } from 'kysely'
import { mirrorEntities, type MirrorEntity } from '@comptoir/shared/mirror/mirror.contract'
import type { Database, Tx } from '../../platform/storage/database.ts'
import type { Schema } from '../../platform/storage/schema.ts'
import { smartEntity } from './mirrored-kinds.ts'
import { readSmartTypes } from './smart-types.postgres.ts'

export type EntityState = Selectable<Schema['sync_states']>
export type EntityChange = Updateable<Schema['sync_states']>
export type PortalRun = Selectable<Schema['sync_portals']>

export type EntityStates = Readonly<Record<MirrorEntity, EntityState>>

/** Rows for every entity, made on first sight. */
export async function readStates(db: Database | Tx, portalId: number): Promise<EntityStates> {
  await db.insertInto('sync_portals').values({ portal_id: portalId }).onConflict(conflict => conflict.doNothing()).execute()
  const smart = (await readSmartTypes(db, portalId)).map(({ entityTypeId }) => smartEntity(entityTypeId))
  await db.insertInto('sync_states')
    .values([...mirrorEntities, ...smart].map(entity => ({ portal_id: portalId, entity })))
    .onConflict(conflict => conflict.doNothing())
    .execute()
  const rows = await db.selectFrom('sync_states').selectAll().where('portal_id', '=', portalId).execute()
  return Object.fromEntries(rows.map(row => [row.entity, row])) as EntityStates
}

export async function saveState(db: Database | Tx, portalId: number, entity: MirrorEntity, change: EntityChange): Promise<void> {
  await db.updateTable('sync_states').set(change).where('portal_id', '=', portalId).where('entity', '=', entity).execute()
}

export async function readRun(db: Database | Tx, portalId: number): Promise<PortalRun | null> {
  return await db.selectFrom('sync_portals').selectAll().where('portal_id', '=', portalId).executeTakeFirst() ?? null
}

export async function saveRun(db: Database | Tx, portalId: number, change: Updateable<Schema['sync_portals']>): Promise<void> {
  await db.insertInto('sync_portals').values({ portal_id: portalId, ...change })
    .onConflict(conflict => conflict.column('portal_id').doUpdateSet(change))
    .execute()
}

/** Everything is read again from the first record; the rows stay until the reading has passed them. */
export async function startOver(db: Database, portalId: number): Promise<void> {
  await db.transaction().execute(async (tx) => {
    await tx.updateTable('sync_states')
      .set({ mode: 'full', status: 'idle', cursor: 0, watermark: null, rows_read: 0, rows_expected: null, started_at: null, finished_at: null, error_code: null })
      .where('portal_id', '=', portalId)
      .execute()
    await saveRun(tx, portalId, { rebuild_requested_at: null })
  })
}

/** What a killed run left as "running" is not running any more. */
export async function settleStates(db: Database, portalId: number): Promise<void> {
  await db.updateTable('sync_states').set({ status: 'idle' }).where('portal_id', '=', portalId).where('status', '=', 'running').execute()
}

export async function countMirror(db: Database | Tx, portalId: number, table: 'crm_users' | 'crm_departments' | 'crm_stage_changes'): Promise<number> {
  const row = await db.selectFrom(table).select(sql<number>`count(*)::int`.as('count')).where('portal_id', '=', portalId).executeTakeFirstOrThrow()
  return row.count
}

export interface InstalledPortal {
  readonly portalId: number
  readonly timeZone: string
}

export async function installedPortals(db: Database): Promise<InstalledPortal[]> {
  const rows = await db.selectFrom('portals').select(['portal_id', 'time_zone']).where('status', '=', 'installed').execute()
  return rows.map(row => ({ portalId: row.portal_id, timeZone: row.time_zone }))
}
