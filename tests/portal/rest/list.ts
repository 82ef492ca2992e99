import type { Collection } from '../crm/collection.ts'
import type { CompiledFilter, FilterField } from './filter.ts'

export const pageSize = 50

export interface OrderBy {
  field: FilterField
  isDescending: boolean
}

export interface ListQuery {
  filter: CompiledFilter
  order: OrderBy[]
  /** -1 = without counting. */
  start: number
  isVisible: ((id: number) => boolean) | null
  /** Same text = same answer while nothing changes: counts and sorted lists are remembered under it. */
  key: string
}

export interface ListPage {
  ids: number[]
  total?: number
  next?: number
}

interface Remembered {
  revision: number
  totals: Map<string, number>
  sorted: Map<string, number[]>
}

const memory = new WeakMap<Collection, Remembered>()

function remembered(items: Collection): Remembered {
  const known = memory.get(items)
  if (known && known.revision === items.revision)
    return known
  const fresh = { revision: items.revision, totals: new Map(), sorted: new Map() }
  memory.set(items, fresh)
  return fresh
}

export function readStart(value: unknown): number {
  const start = Number(value ?? 0)
  return Number.isFinite(start) ? Math.trunc(start) : 0
}

export function listPage(items: Collection, query: ListQuery): ListPage {
  const { start, order } = query
  const isById = order.length === 0 || order[0]!.field.name === 'id'
  const ids = isById ? pageById(items, query) : sortedIds(items, query).slice(Math.max(0, start), Math.max(0, start) + pageSize)
  if (start < 0)
    return { ids, total: 0 }
  const total = countMatches(items, query)
  return { ids, total, ...(start + pageSize < total ? { next: start + pageSize } : {}) }
}

function* matching(items: Collection, { filter, isVisible }: ListQuery, isDescending: boolean): Generator<number, void, undefined> {
  const { test, from, to } = filter
  const known = filter.ids ?? lookUp(items, filter)
  const candidates = known
    ? (isDescending ? [...known].reverse() : known).filter(id => id >= from && id <= to && items.has(id))
    : items.ids({ from, to, descending: isDescending })
  for (const id of candidates) {
    if ((test === null || test(items, id)) && (isVisible === null || isVisible(id)))
      yield id
  }
}

function lookUp(items: Collection, { equal }: CompiledFilter): number[] | null {
  for (const { name, values } of equal) {
    const ids = items.idsBy(name, values)
    if (ids)
      return ids
  }
  return null
}

function pageById(items: Collection, query: ListQuery): number[] {
  const skip = Math.max(0, query.start)
  const ids: number[] = []
  let seen = 0
  for (const id of matching(items, query, query.order[0]?.isDescending ?? false)) {
    if (seen++ < skip)
      continue
    ids.push(id)
    if (ids.length === pageSize)
      break
  }
  return ids
}

function countMatches(items: Collection, query: ListQuery): number {
  const { filter: { test, from, to, ids }, isVisible, key } = query
  if (test === null && isVisible === null && ids === null && from <= 1 && to === Number.MAX_SAFE_INTEGER)
    return items.size
  const { totals, sorted } = remembered(items)
  const known = totals.get(key) ?? sorted.get(key)?.length
  if (known !== undefined)
    return known
  const found = matching(items, query, false)
  let total = 0
  while (!found.next().done)
    total++
  if (totals.size >= keptTotals)
    totals.clear()
  totals.set(key, total)
  return total
}

const keptSorted = 4
const keptTotals = 500

function sortedIds(items: Collection, query: ListQuery): number[] {
  const { sorted } = remembered(items)
  const known = sorted.get(query.key)
  if (known)
    return known
  const ids = [...matching(items, query, false)]
  const columns = query.order.map(({ field, isDescending }) => ({ isDescending, keys: new Map(ids.map(id => [id, sortKey(items, id, field)])) }))
  ids.sort((a, b) => {
    for (const { keys, isDescending } of columns) {
      const [left, right] = [keys.get(a)!, keys.get(b)!]
      if (left !== right)
        return (left < right ? -1 : 1) * (isDescending ? -1 : 1)
    }
    return a - b
  })
  const [oldest] = sorted.keys()
  if (sorted.size >= keptSorted && oldest !== undefined)
    sorted.delete(oldest)
  sorted.set(query.key, ids)
  return ids
}

function sortKey(items: Collection, id: number, { name, kind }: FilterField): number | string {
  if (kind === 'time')
    return items.time(id, name) ?? 0
  const value = items.value(id, name)
  return kind === 'number' ? Number(value ?? 0) : String(value ?? '').toLowerCase()
}
