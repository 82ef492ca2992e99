import type { Database, Tx } from '../../platform/storage/database.ts'
import { smartEntity, smartTypeOf, type MirroredKind } from './mirrored-kinds.ts'
import type { SmartType } from './smart-processes.ts'

/** Smart processes that an administrator chose to have in the figures. */
export async function readSmartTypes(db: Database | Tx, portalId: number): Promise<SmartType[]> {
  const rows = await db.selectFrom('crm_smart_types').select(['entity_type_id', 'title']).where('portal_id', '=', portalId).orderBy('entity_type_id').execute()
  return rows.map(row => ({ entityTypeId: row.entity_type_id, title: row.title }))
}

/** What is no longer chosen goes at once, rows, place and hints; what is new is read from its first record. */
export async function chooseSmartTypes(db: Database, portalId: number, types: readonly SmartType[], userId: number): Promise<void> {
  await db.transaction().execute(async (tx) => {
    const before = await readSmartTypes(tx, portalId)
    const dropped = before.filter(({ entityTypeId }) => !types.some(type => type.entityTypeId === entityTypeId))
    for (const { entityTypeId } of dropped) {
      await tx.deleteFrom('crm_smart_types').where('portal_id', '=', portalId).where('entity_type_id', '=', entityTypeId).execute()
      for (const table of ['sync_states', 'sync_hints'] as const)
        await tx.deleteFrom(table).where('portal_id', '=', portalId).where('entity', '=', smartEntity(entityTypeId)).execute()
    }
    if (types.length > 0) {
      await tx.insertInto('crm_smart_types')
        .values(types.map(({ entityTypeId, title }) => ({ portal_id: portalId, entity_type_id: entityTypeId, title, chosen_by_user_id: userId })))
        .onConflict(conflict => conflict.columns(['portal_id', 'entity_type_id']).doUpdateSet(eb => ({ title: eb.ref('excluded.title') })))
        .execute()
    }
  })
}

/** A hint about something that is not mirrored would wait for ever. */
export async function isMirrored(db: Database, portalId: number, kind: MirroredKind): Promise<boolean> {
  const type = smartTypeOf(kind)
  return type === null || (await readSmartTypes(db, portalId)).some(({ entityTypeId }) => entityTypeId === type)
}
