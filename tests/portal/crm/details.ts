import type { Portal } from '../state.ts'
import type { Collection, Item } from './collection.ts'
import { toPortalTime } from '../core/zoned-time.ts'

interface Owner { readonly entityTypeId: number, readonly id: number }

const requisite = 8

const firstOf = (items: Collection, { entityTypeId, id }: Owner): Item | undefined =>
  [...items.kept()].find(item => Number(item.ENTITY_TYPE_ID) === entityTypeId && Number(item.ENTITY_ID) === id)

export interface RecordDetails {
  readonly company: Item | undefined
  readonly bank: Item | undefined
}

/** The details that a card shows: the first ones, and the first account of those. */
export function detailsOf({ crm }: Portal, owner: Owner): RecordDetails {
  const company = firstOf(crm.requisites, owner)
  return { company, bank: company && firstOf(crm.bankDetails, { entityTypeId: requisite, id: company.id }) }
}

/** Puts what an app found into the card; fields it does not name stay. */
export function fillDetails(portal: Portal, owner: Owner, kind: keyof RecordDetails, fields: Readonly<Record<string, string>>): void {
  const { crm } = portal
  const company = detailsOf(portal, owner).company ?? write(portal, crm.requisites, { owner, known: undefined, fields: { PRESET_ID: '1', NAME: 'Société' } })
  if (kind === 'company')
    write(portal, crm.requisites, { owner, known: company, fields })
  else
    write(portal, crm.bankDetails, { owner: { entityTypeId: requisite, id: company.id }, known: detailsOf(portal, owner).bank, fields })
}

function write(portal: Portal, items: Collection, { owner, known, fields }: { owner: Owner, known: Item | undefined, fields: Readonly<Record<string, string>> }): Item {
  const now = toPortalTime(portal.clock.now())
  if (!known)
    return items.insert({ ACTIVE: 'Y', SORT: 500, ...fields, ENTITY_TYPE_ID: owner.entityTypeId, ENTITY_ID: owner.id, DATE_CREATE: now, DATE_MODIFY: now })
  const changed = { ...known, ...fields, DATE_MODIFY: now }
  items.replace(changed)
  return changed
}
