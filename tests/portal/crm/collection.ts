import { parseTime } from '../core/zoned-time.ts'

export interface Item {
  id: number
  [field: string]: unknown
}

/** Rows that are computed from their number instead of being kept: a million deals in little memory. */
export interface RowSource {
  readonly maxId: number
  readonly count: number
  has(id: number): boolean
  /** One field without building the whole row. */
  value(id: number, field: string): unknown
  /** Milliseconds of a date field, when that is cheaper than reading its text. */
  time?(id: number, field: string): number | undefined
  item(id: number): Item
  /** Ids of the rows whose field has this value, when that can be told without looking at each. */
  idsBy?(field: string, value: unknown): number[] | undefined
}

/** Items of one kind in ascending order of id. */
export interface Collection {
  readonly size: number
  /** Grows with each change. */
  readonly revision: number
  get(id: number): Item | undefined
  has(id: number): boolean
  value(id: number, field: string): unknown
  /** Milliseconds of a date field; null when empty. */
  time(id: number, field: string): number | null
  /** Ids from the lower to the upper bound, both included. */
  ids(range?: { from?: number, to?: number, descending?: boolean }): Generator<number, void, undefined>
  /** Candidates for a value of a field; null when every row has to be looked at. */
  idsBy(field: string, values: unknown[]): number[] | null
  /** The rows that are really kept: added or changed ones. */
  kept(): IterableIterator<Item>
  /** Adds with the next free id, or with the given one. */
  insert(item: Omit<Item, 'id'> & { id?: number }): Item
  replace(item: Item): void
  delete(id: number): boolean
  /** Replaces everything by computed rows. */
  useSource(source: RowSource | null): void
  clear(): void
}

export function createCollection(): Collection {
  let source: RowSource | null = null
  const rows = new Map<number, Item>()
  const removed = new Set<number>()
  let added: number[] = []
  let removedFromSource = 0
  let revision = 0
  let lastId = 0

  const inSource = (id: number) => source !== null && id <= source.maxId && source.has(id)

  /** First position in `added` whose id is at least `id`. */
  function position(id: number): number {
    let low = 0
    let high = added.length
    while (low < high) {
      const middle = (low + high) >> 1
      if (added[middle]! < id)
        low = middle + 1
      else
        high = middle
    }
    return low
  }

  function has(id: number): boolean {
    return rows.has(id) || (!removed.has(id) && inSource(id))
  }

  function* upwards(from: number, to: number): Generator<number, void, undefined> {
    if (source) {
      for (let id = Math.max(1, from); id <= Math.min(to, source.maxId); id++) {
        if (has(id))
          yield id
      }
    }
    for (let at = position(from); at < added.length && added[at]! <= to; at++) {
      const id = added[at]!
      if (rows.has(id))
        yield id
    }
  }

  function* downwards(from: number, to: number): Generator<number, void, undefined> {
    for (let at = position(to + 1) - 1; at >= 0 && added[at]! >= from; at--) {
      const id = added[at]!
      if (rows.has(id))
        yield id
    }
    if (source) {
      for (let id = Math.min(to, source.maxId); id >= Math.max(1, from); id--) {
        if (has(id))
          yield id
      }
    }
  }

  return {
    get size() {
      return (source?.count ?? 0) - removedFromSource + added.length
    },
    get revision() {
      return revision
    },
    has,
    get: id => rows.get(id) ?? (has(id) ? source!.item(id) : undefined),
    value(id, field) {
      const item = rows.get(id)
      if (item)
        return item[field]
      return has(id) ? source!.value(id, field) : undefined
    },
    time(id, field) {
      const quick = rows.has(id) || !has(id) ? undefined : source!.time?.(id, field)
      return quick ?? parseTime(this.value(id, field))
    },
    ids: ({ from = 1, to = Number.MAX_SAFE_INTEGER, descending = false } = {}) =>
      descending ? downwards(from, to) : upwards(from, to),
    idsBy(field, values) {
      const computed = source?.idsBy ? values.map(value => source!.idsBy!(field, value)) : []
      if (computed.length === 0 || computed.includes(undefined))
        return null
      const changed = [...rows.values()].filter(row => values.includes(row[field])).map(({ id }) => id)
      return [...new Set([...computed.flatMap(ids => ids ?? []), ...changed])].filter(has).sort((a, b) => a - b)
    },
    kept: () => rows.values(),
    insert(item) {
      const id = item.id ?? lastId + 1
      lastId = Math.max(lastId, id)
      const complete: Item = { ...item, id }
      if (!inSource(id) && !rows.has(id)) {
        if (added.length === 0 || added.at(-1)! < id)
          added.push(id)
        else if (added[position(id)] !== id)
          added.splice(position(id), 0, id)
      }
      removed.delete(id)
      rows.set(id, complete)
      revision++
      return complete
    },
    replace(item) {
      rows.set(item.id, item)
      revision++
    },
    delete(id) {
      if (!has(id))
        return false
      rows.delete(id)
      if (inSource(id)) {
        removed.add(id)
        removedFromSource++
      }
      else {
        added.splice(position(id), 1)
      }
      revision++
      return true
    },
    useSource(next) {
      this.clear()
      source = next
      lastId = next?.maxId ?? 0
    },
    clear() {
      source = null
      rows.clear()
      removed.clear()
      added = []
      removedFromSource = 0
      lastId = 0
      revision++
    },
  }
}
