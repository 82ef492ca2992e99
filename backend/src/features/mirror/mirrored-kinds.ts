import type { SmartEntity } from '@comptoir/shared/mirror/mirror.contract'

/** Records that are followed one by one: read again when an event names them, compared by count at night. */
export type MirroredKind = 'companies' | 'deals' | 'leads' | 'contacts' | 'invoices' | 'activities' | SmartEntity

const kinds: Readonly<Record<string, MirroredKind>> = { DEAL: 'deals', COMPANY: 'companies', LEAD: 'leads', CONTACT: 'contacts' }
const invoiceType = 31

/**
 * `ONCRMDEALUPDATE` and its kin, in any case; items of smart processes name their type beside them. Null for what is
 * not mirrored. Activities are not listened to: a portal writes them by the thousand, and their time of change tells.
 */
export function kindOfEvent(event: string, entityTypeId: number): MirroredKind | null {
  const [, entity = '', suffix] = /^ONCRM(DEAL|COMPANY|LEAD|CONTACT|DYNAMICITEM)(?:ADD|UPDATE|DELETE|MOVETOCATEGORY)(?:_(\d+))?$/.exec(event.toUpperCase()) ?? []
  if (entity !== 'DYNAMICITEM')
    return kinds[entity] ?? null
  const type = suffix === undefined ? entityTypeId : Number(suffix)
  return type === invoiceType ? 'invoices' : smartEntity(type)
}

export const smartEntity = (entityTypeId: number): SmartEntity => `smart_${entityTypeId}`

/** The type of a smart process; null for every other kind. */
export function smartTypeOf(entity: string): number | null {
  const [, type] = /^smart_(\d+)$/.exec(entity) ?? []
  return type === undefined ? null : Number(type)
}
