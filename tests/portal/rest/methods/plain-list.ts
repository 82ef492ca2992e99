import type { Collection, Item } from '../../crm/collection.ts'
import type { FilterField, FilterKind } from '../filter.ts'
import type { RestParams } from '../registry.ts'
import { compileFilter } from '../filter.ts'
import { orderOf } from '../item-dialect.ts'
import { listPage, readStart } from '../list.ts'
import { param } from '../params.ts'

interface PlainList {
  items: Collection
  params: RestParams
  /** Name in the store for a name in the request, when they differ. */
  inName?: (name: string) => string
  kinds?: Record<string, FilterKind>
  isVisible?: ((id: number) => boolean) | null
  who: number
  show: (item: Item) => unknown
}

export interface PlainPage {
  rows: unknown[]
  total?: number
  next?: { next: number }
}

const guess = (name: string): FilterKind => /(^id|Id|_ID|^ID|sort|SORT|price|quantity)$/.test(name) ? 'number' : /time$|date|DATE/i.test(name) ? 'time' : 'text'

/** Pages of records that have no field catalogue of their own. */
export function plainList({ items, params, inName = name => name, kinds = {}, isVisible = null, who, show }: PlainList): PlainPage {
  const find = (name: string): FilterField => {
    const known = inName(name)
    return { name: known, kind: kinds[known] ?? guess(known) }
  }
  const filter = param(params, 'filter')
  const order = param(params, 'order')
  const { ids, total, next } = listPage(items, {
    filter: compileFilter(filter, find),
    order: orderOf(order, find, false),
    start: readStart(param(params, 'start')),
    isVisible,
    key: JSON.stringify(['plain', filter, order, who]),
  })
  return { rows: ids.map(id => show(items.get(id)!)), total, ...(next === undefined ? {} : { next: { next } }) }
}

/** Only the wanted keys; nothing wanted = everything. */
export function pick(row: Record<string, unknown>, select: unknown[]): Record<string, unknown> {
  if (select.length === 0 || select.includes('*'))
    return row
  return Object.fromEntries(Object.entries(row).filter(([key]) => select.includes(key)))
}
