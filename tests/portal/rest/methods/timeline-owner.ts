import type { RestCall } from '../registry.ts'
import { maySee } from '../../crm/access.ts'
import { RestError } from '../registry.ts'

const names: Record<string, number> = { lead: 1, deal: 2, contact: 3, company: 4, quote: 7, smart_invoice: 31 }

/** `company`, `deal`, `dynamic_177`. */
export function entityTypeOf(name: string): number {
  const dynamic = /^dynamic_(\d+)$/.exec(name.toLowerCase())
  return dynamic ? Number(dynamic[1]) : names[name.toLowerCase()] ?? 0
}

export function entityTypeName(entityTypeId: number): string {
  return Object.entries(names).find(([, id]) => id === entityTypeId)?.[0] ?? `dynamic_${entityTypeId}`
}

/** The record whose timeline is spoken of: there, and for the caller's eyes. */
export function ownerOf({ portal, caller }: RestCall, entityTypeId: number, entityId: number): void {
  if (!portal.crm.items(entityTypeId)?.has(entityId))
    throw new RestError(400, 'OWNER_NOT_FOUND', 'Owner was not found')
  if (!maySee(portal, caller.user, entityTypeId, entityId))
    throw new RestError(400, 'ACCESS_DENIED', 'Access denied')
}
