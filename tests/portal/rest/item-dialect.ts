import type { Item } from '../crm/collection.ts'
import type { Field } from '../crm/fields.ts'
import type { CrmStore } from '../crm/store.ts'
import type { FieldFinder, FilterKind } from './filter.ts'
import type { OrderBy } from './list.ts'
import { fieldsOf } from '../crm/item-rules.ts'
import { RestError } from './registry.ts'

const numberTypes = new Set<string>(['integer', 'double', 'user', 'crm_company', 'crm_contact', 'crm_lead', 'crm_deal', 'crm_entity', 'crm_category'])

export function kindOf({ type, isMultiple }: Field): FilterKind {
  if (isMultiple)
    return 'list'
  if (numberTypes.has(type))
    return 'number'
  if (type === 'date' || type === 'datetime')
    return 'time'
  return type === 'boolean' ? 'flag' : 'text'
}

export interface ItemDialect {
  fields: Field[]
  find: FieldFinder
  order(input: unknown): OrderBy[]
  /** Own fields get their original names back when asked for. */
  outName(name: string): string
  inName(name: string): string
}

/** The spelling of crm.item.*: camelCase, and an unknown name in a filter or order is an error. */
export function itemDialect(store: CrmStore, entityTypeId: number, usesOriginalNames: boolean): ItemDialect {
  const fields = fieldsOf(store, entityTypeId)
  const byName = new Map(fields.map(field => [usesOriginalNames && field.isDynamic ? field.upper : field.name, field]))
  const outNames = new Map(fields.map(field => [field.name, usesOriginalNames && field.isDynamic ? field.upper : field.name]))
  const find: FieldFinder = (name) => {
    const field = byName.get(name)
    if (!field || field.name === 'fm')
      throw new RestError(400, 'INVALID_ARG_VALUE', `Invalid filter: field '${name}' is not allowed in filter`)
    return { name: field.name, kind: kindOf(field) }
  }
  return {
    fields,
    find,
    outName: name => outNames.get(name) ?? name,
    inName: name => byName.get(name)?.name ?? name,
    order: input => orderOf(input, (name) => {
      const field = byName.get(name)
      if (!field)
        throw new RestError(400, 'INVALID_ARG_VALUE', `Invalid order: field '${name}' is not allowed in order`)
      return { name: field.name, kind: kindOf(field) }
    }),
  }
}

export function orderOf(input: unknown, find: FieldFinder, isStrict = true): OrderBy[] {
  if (input === null || typeof input !== 'object')
    return []
  return Object.entries(input).flatMap(([name, direction]) => {
    const field = find(name)
    const word = String(direction).toUpperCase()
    if (isStrict && word !== 'ASC' && word !== 'DESC')
      throw new RestError(400, 'INVALID_ARG_VALUE', 'Invalid order: allowed values are ASC, DESC')
    return field ? [{ field, isDescending: word === 'DESC' }] : []
  })
}

/** The fields to read: all but `fm` unless `*` asks for everything; the id always. */
export function selected({ fields, inName }: ItemDialect, select: unknown[]): string[] {
  if (select.length === 0)
    return fields.map(({ name }) => name).filter(name => name !== 'fm')
  if (select.includes('*'))
    return fields.map(({ name }) => name)
  const wanted = new Set(select.map(name => inName(String(name))))
  return ['id', ...fields.map(({ name }) => name).filter(name => name !== 'id' && name !== 'fm' && wanted.has(name))]
}

export function shownItem(item: Item, { fields, outName }: ItemDialect): Record<string, unknown> {
  return Object.fromEntries(fields.map(({ name }) => [outName(name), item[name] ?? null]))
}
