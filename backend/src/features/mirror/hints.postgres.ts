import { sql } from 'kysely'
import type { Database, Tx } from '../../platform/storage/database.ts'
import type { MirroredKind } from './mirrored-kinds.ts'

/** Records to read again. `product_rows` names deals whose rows may have changed. */
export type HintedEntity = MirroredKind | 'product_rows'

export interface Hint {
  readonly entityId: number
  readonly at: Date
}

export async function addHints(db: Database | Tx, portalId: number, entity: HintedEntity, entityIds: readonly number[]): Promise<void> {
  if (entityIds.length === 0)
    return
  await sql`
    insert into sync_hints (portal_id, entity, entity_id)
    select ${portalId}, ${entity}, id from unnest(${[...new Set(entityIds)]}::int[]) id
    on conflict (portal_id, entity, entity_id) do update set at = clock_timestamp()
  `.execute(db)
}

export async function readHints(db: Database, portalId: number, entity: HintedEntity, limit: number): Promise<Hint[]> {
  const rows = await db.selectFrom('sync_hints').select(['entity_id', 'at'])
    .where('portal_id', '=', portalId).where('entity', '=', entity)
    .orderBy('entity_id').limit(limit).execute()
  return rows.map(row => ({ entityId: row.entity_id, at: row.at }))
}

/** Forgets hints that were followed, but not those that came again meanwhile. */
export async function dropHints(tx: Tx, portalId: number, entity: HintedEntity, hints: readonly Hint[]): Promise<void> {
  if (hints.length === 0)
    return
  // A Date keeps milliseconds, the column microseconds: a hint renewed within the same millisecond is read twice, never lost.
  await sql`
    delete from sync_hints h
    using unnest(${hints.map(({ entityId }) => entityId)}::int[], ${hints.map(({ at }) => at.toISOString())}::timestamptz[]) as f (id, at)
    where h.portal_id = ${portalId} and h.entity = ${entity} and h.entity_id = f.id and date_trunc('milliseconds', h.at) = f.at
  `.execute(tx)
}

export async function hasHints(db: Database, portalId: number): Promise<boolean> {
  const row = await db.selectFrom('sync_hints').select('entity').where('portal_id', '=', portalId).limit(1).executeTakeFirst()
  return row !== undefined
}
