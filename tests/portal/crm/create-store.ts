import type { ItemChange } from '../state.ts'
import type { Collection, Item } from './collection.ts'
import type { Category, CrmStore, Currency, DynamicType, StatusEntry, UserField } from './store.ts'
import { createCollection } from './collection.ts'
import { changedItem, newItem, stageMove } from './item-rules.ts'

const builtInTypes = [1, 2, 3, 4, 7, 31]

export function createCrmStore(now: () => number): CrmStore {
  const collections = new Map<number, Collection>()
  const histories = new Map<number, Collection>()
  const listeners = new Set<(change: ItemChange) => void>()
  const statuses: StatusEntry[] = []
  const categories: Category[] = []
  const currencies: Currency[] = []
  const types: DynamicType[] = []
  const userFields = new Map<number, UserField[]>()

  const knows = (type: number) => builtInTypes.includes(type) || types.some(({ entityTypeId }) => entityTypeId === type)

  function collectionIn(map: Map<number, Collection>, key: number): Collection {
    const known = map.get(key) ?? createCollection()
    map.set(key, known)
    return known
  }

  function need(entityTypeId: number): Collection {
    return collectionIn(collections, entityTypeId)
  }

  function tell(change: Omit<ItemChange, 'startsAutomation' | 'byAutomation' | 'userId'>, { userId, startsAutomation = true, byAutomation = false }: Parameters<CrmStore['add']>[2]): void {
    for (const listener of listeners)
      listener({ ...change, userId, startsAutomation, byAutomation })
  }

  function remember(entityTypeId: number, before: Item | null, after: Item): void {
    const move = stageMove(store, entityTypeId, before, after, now())
    if (move)
      store.stageHistory(entityTypeId).insert(move)
  }

  const store: CrmStore = {
    items: type => knows(type) ? need(type) : undefined,
    productRows: createCollection(),
    stageHistory: type => collectionIn(histories, type),
    requisites: createCollection(),
    bankDetails: createCollection(),
    stockDocuments: createCollection(),
    stockElements: createCollection(),
    contractorLinks: createCollection(),
    activities: createCollection(),
    statuses,
    categories,
    currencies,
    types,
    userFields,
    add(entityTypeId, fields, context) {
      const item = need(entityTypeId).insert(newItem(store, entityTypeId, fields, context.userId, now()))
      remember(entityTypeId, null, item)
      tell({ kind: 'added', entityTypeId, id: item.id, before: null, after: item }, context)
      return item
    },
    update(entityTypeId, id, fields, context) {
      const before = need(entityTypeId).get(id)
      if (!before)
        throw new Error(`no item ${id} of type ${entityTypeId}`)
      const after = changedItem(store, entityTypeId, before, fields, context.userId, now())
      need(entityTypeId).replace(after)
      remember(entityTypeId, before, after)
      tell({ kind: 'updated', entityTypeId, id, before, after }, context)
      return after
    },
    remove(entityTypeId, id, context) {
      const before = need(entityTypeId).get(id)
      if (before && need(entityTypeId).delete(id))
        tell({ kind: 'deleted', entityTypeId, id, before, after: null }, context)
    },
    onChange(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    clear() {
      for (const collection of [...collections.values(), ...histories.values()])
        collection.clear()
      for (const collection of [store.productRows, store.requisites, store.bankDetails, store.stockDocuments, store.stockElements, store.contractorLinks, store.activities])
        collection.clear()
      for (const list of [statuses, categories, currencies, types])
        list.length = 0
      userFields.clear()
    },
  }
  return store
}
