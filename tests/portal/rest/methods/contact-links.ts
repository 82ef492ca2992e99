import type { PortalModule } from '../../module.ts'
import type { RestCall } from '../registry.ts'
import { mayEdit, maySee } from '../../crm/access.ts'
import { listParam, mapParam, numberParam, param, upperKeys } from '../params.ts'
import { RestError } from '../registry.ts'
import { described } from './described.ts'

const failed = (description: string) => new RestError(400, '', description)
const families: [prefix: string, entityTypeId: number][] = [['crm.deal', 2], ['crm.company', 4]]
const fields = described({ CONTACT_ID: ['integer', 'Contact', '!'], SORT: ['integer', 'Tri'], IS_PRIMARY: ['char', 'Principal'] })

function owner({ portal, caller, params }: RestCall, entityTypeId: number, may: typeof maySee): number {
  const id = numberParam(params, 'id')
  if (id <= 0)
    throw failed('The parameter ownerEntityID is invalid or not defined.')
  if (!portal.crm.items(entityTypeId)!.has(id))
    throw failed('Not found')
  if (!may(portal, caller.user, entityTypeId, id))
    throw new RestError(400, 'ACCESS_DENIED', 'Access denied!')
  return id
}

const contactsOf = ({ portal }: RestCall, entityTypeId: number, id: number): number[] =>
  (portal.crm.items(entityTypeId)!.value(id, 'contactIds') as number[] | undefined) ?? []

function save({ portal, caller }: RestCall, entityTypeId: number, id: number, contactIds: number[]): true {
  portal.crm.update(entityTypeId, id, { contactIds, ...(entityTypeId === 2 ? { contactId: contactIds[0] ?? 0 } : {}) }, { userId: caller.user.id })
  return true
}

function contactOf(call: RestCall, name: 'fields' | 'item'): { contactId: number, isPrimary: boolean } {
  if (param(call.params, 'fields') === undefined)
    throw failed(`The parameter '${name}' must be array.`)
  const { CONTACT_ID, IS_PRIMARY } = upperKeys(mapParam(call.params, 'fields'))
  return { contactId: knownContact(call, CONTACT_ID), isPrimary: IS_PRIMARY === 'Y' }
}

function knownContact({ portal }: RestCall, value: unknown): number {
  const id = Number(value ?? 0)
  if (!portal.crm.items(3)!.has(id))
    throw failed('The parameter \'fields\' is not valid.')
  return id
}

/** The first contact is the primary one. */
function wantedContacts(call: RestCall): number[] {
  const rows = listParam(call.params, 'items').map(row => upperKeys(row as Record<string, unknown>))
  return rows.toSorted((a, b) => Number(b.IS_PRIMARY === 'Y') - Number(a.IS_PRIMARY === 'Y') || Number(a.SORT ?? 0) - Number(b.SORT ?? 0))
    .map(row => knownContact(call, row.CONTACT_ID))
}

export function contactLinkMethods({ rest }: PortalModule): void {
  for (const [prefix, entityTypeId] of families) {
    const define = (name: string, handler: (call: RestCall) => unknown) => rest.method(`${prefix}.contact.${name}`, { scope: 'crm' }, handler)
    define('fields', () => fields)
    define('items.get', call => contactsOf(call, entityTypeId, owner(call, entityTypeId, maySee))
      .map((CONTACT_ID, index) => ({ CONTACT_ID, SORT: (index + 1) * 100, ROLE_ID: 0, IS_PRIMARY: index === 0 ? 'Y' : 'N' })))
    define('items.set', (call) => {
      const id = owner(call, entityTypeId, mayEdit)
      if (param(call.params, 'items') === undefined)
        throw failed('The parameter items must be array.')
      return save(call, entityTypeId, id, wantedContacts(call))
    })
    define('items.delete', call => save(call, entityTypeId, owner(call, entityTypeId, mayEdit), []))
    define('add', (call) => {
      const id = owner(call, entityTypeId, mayEdit)
      const { contactId, isPrimary } = contactOf(call, 'fields')
      const others = contactsOf(call, entityTypeId, id).filter(other => other !== contactId)
      return save(call, entityTypeId, id, isPrimary ? [contactId, ...others] : [...others, contactId])
    })
    define('delete', (call) => {
      const id = owner(call, entityTypeId, mayEdit)
      const { contactId } = contactOf(call, 'item')
      return save(call, entityTypeId, id, contactsOf(call, entityTypeId, id).filter(other => other !== contactId))
    })
  }
}
