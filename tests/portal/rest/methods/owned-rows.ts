import type { Collection, Item } from '../../crm/collection.ts'
import type { Portal } from '../../state.ts'

interface Index {
  revision: number
  byOwner: Map<string, number[]>
}

const indexes = new WeakMap<Collection, Index>()

/** Product rows that belong to a record: a computed row has its owner's number, the others are looked up. */
export function ownedRows({ crm: { productRows } }: Portal, ownerType: string, ownerId: number): Item[] {
  const { byOwner } = indexed(productRows)
  const ids = new Set([ownerId, ...byOwner.get(`${ownerType}${ownerId}`) ?? []])
  return [...ids]
    .filter(id => productRows.value(id, 'ownerId') === ownerId && productRows.value(id, 'ownerType') === ownerType)
    .map(id => productRows.get(id)!)
    .sort((a, b) => a.id - b.id)
}

function indexed(rows: Collection): Index {
  const known = indexes.get(rows)
  if (known && known.revision === rows.revision)
    return known
  const byOwner = new Map<string, number[]>()
  for (const { id, ownerType, ownerId } of rows.kept()) {
    const key = `${String(ownerType)}${String(ownerId)}`
    const list = byOwner.get(key)
    if (list)
      list.push(id)
    else
      byOwner.set(key, [id])
  }
  const fresh = { revision: rows.revision, byOwner }
  indexes.set(rows, fresh)
  return fresh
}
