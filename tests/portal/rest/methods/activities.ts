import type { PortalModule } from '../../module.ts'
import type { Item } from '../../crm/collection.ts'
import { visibility } from '../../crm/access.ts'
import { listParam } from '../params.ts'
import { pick, plainList } from './plain-list.ts'

/** Name in the request and name in the store. */
const fields: [upper: string, name: string][] = [
  ['ID', 'id'], ['OWNER_ID', 'ownerId'], ['OWNER_TYPE_ID', 'ownerTypeId'], ['TYPE_ID', 'typeId'], ['PROVIDER_ID', 'providerId'],
  ['SUBJECT', 'subject'], ['CREATED', 'createdTime'], ['LAST_UPDATED', 'updatedTime'], ['DEADLINE', 'deadline'], ['COMPLETED', 'completed'],
  ['STATUS', 'status'], ['RESPONSIBLE_ID', 'responsibleId'], ['AUTHOR_ID', 'responsibleId'], ['DIRECTION', 'direction'],
]
const names = new Map(fields)
const kinds = { ownerId: 'number', ownerTypeId: 'number', typeId: 'number', responsibleId: 'number', createdTime: 'time', updatedTime: 'time', deadline: 'time', completed: 'flag' } as const

/** Of the old family: every value is a text. */
const shown = (item: Item): Record<string, unknown> =>
  Object.fromEntries(fields.map(([upper, name]) => [upper, item[name] === null || item[name] === undefined ? null : String(item[name])]))

export function activityMethods({ rest }: PortalModule): void {
  rest.method('crm.activity.list', { scope: 'crm' }, ({ portal, caller, params }) => {
    const items = portal.crm.activities
    const maySeeOwner = new Map([1, 2, 3, 4].map(type => [type, visibility(portal, caller.user, type)]))
    const isVisible = caller.user.isAdmin
      ? null
      : (id: number) => maySeeOwner.get(Number(items.value(id, 'ownerTypeId')))?.(Number(items.value(id, 'ownerId'))) ?? true
    const select = listParam(params, 'select').map(name => String(name).toUpperCase())
    const { rows, total, next } = plainList({
      items,
      params,
      inName: name => names.get(name.toUpperCase()) ?? name,
      kinds,
      isVisible,
      who: caller.user.id,
      show: item => pick(shown(item), select.length === 0 || select.includes('ID') ? select : ['ID', ...select]),
    })
    return { result: rows, total, ...next }
  })
}
