import type { PortalModule } from '../module.ts'
import { emitEvent } from './emit.ts'
import { itemEventNames } from './names.ts'

/** Turns changes of CRM records into events for the apps. */
export function registerEvents({ portal }: PortalModule): void {
  portal.crm.onChange(({ kind, entityTypeId, id, before, after, userId, byAutomation }) => {
    portal.journal.write('crm', { event: kind, entityTypeId, id, userId })
    const fields = entityTypeId === 31 || entityTypeId >= 128 ? { ID: String(id), ENTITY_TYPE_ID: String(entityTypeId) } : { ID: String(id) }
    const cause = { userId, byAutomation }
    for (const name of itemEventNames(entityTypeId, kind))
      emitEvent(portal, name, { FIELDS: fields }, cause)
    if (entityTypeId === 2 && before && after && before.categoryId !== after.categoryId)
      emitEvent(portal, 'ONCRMDEALMOVETOCATEGORY', { FIELDS: { ...fields, CATEGORY_ID: String(after.categoryId), STAGE_ID: String(after.stageId) } }, cause)
  })
}
