import type { Portal, User } from '../state.ts'
import type { Item } from './collection.ts'

/** Colleagues whose deals a head of department sees: his departments and those below. */
export function colleagues(portal: Portal, user: User): Set<number> {
  const inside = new Set(user.departmentIds)
  for (let size = -1; size !== inside.size;) {
    size = inside.size
    for (const { id, parentId } of portal.departments.values()) {
      if (parentId !== null && inside.has(parentId))
        inside.add(id)
    }
  }
  return new Set([...portal.users.values()].filter(({ departmentIds }) => departmentIds.some(id => inside.has(id))).map(({ id }) => id).concat(user.id))
}

const ownedTypes = new Set([1, 2, 7, 31])

/** Whether the user may see an item; null = everything. */
export function visibility(portal: Portal, user: User, entityTypeId: number): ((id: number) => boolean) | null {
  const items = portal.crm.items(entityTypeId)
  if (user.isAdmin || !items)
    return null
  const { deals, hiddenCompanyIds } = user.crm
  if (user.isExtranet)
    return () => false
  if (ownedTypes.has(entityTypeId)) {
    if (deals === 'all')
      return null
    const owners = deals === 'none' ? new Set<number>() : deals === 'own' ? new Set([user.id]) : colleagues(portal, user)
    return id => owners.has(items.value(id, 'assignedById') as number)
  }
  if (hiddenCompanyIds.length === 0 || (entityTypeId !== 4 && entityTypeId !== 3))
    return null
  const hidden = new Set(hiddenCompanyIds)
  return entityTypeId === 4 ? id => !hidden.has(id) : id => !hidden.has(items.value(id, 'companyId') as number)
}

export function maySee(portal: Portal, user: User, entityTypeId: number, id: number): boolean {
  return visibility(portal, user, entityTypeId)?.(id) ?? true
}

export function mayEdit(portal: Portal, user: User, entityTypeId: number, id: number): boolean {
  return maySee(portal, user, entityTypeId, id) && (!ownedTypes.has(entityTypeId) || user.isAdmin || user.crm.mayEditDeals)
}

export function mayAdd(user: User, entityTypeId: number, item: Partial<Item>): boolean {
  if (user.isAdmin)
    return true
  if (user.isExtranet || (ownedTypes.has(entityTypeId) && !user.crm.mayEditDeals))
    return false
  return user.crm.deals !== 'own' || !ownedTypes.has(entityTypeId) || item.assignedById === undefined || Number(item.assignedById) === user.id
}
