import type { PortalModule } from '../../module.ts'
import type { Item } from '../../crm/collection.ts'
import type { RestCall } from '../registry.ts'
import { mayAdd, mayEdit, maySee, visibility } from '../../crm/access.ts'
import { fieldsOf } from '../../crm/item-rules.ts'
import { compileFilter } from '../filter.ts'
import { orderOf } from '../item-dialect.ts'
import { listPage, readStart } from '../list.ts'
import { oldFinder, oldInput, oldRow } from '../old-dialect.ts'
import { listParam, mapParam, numberParam, param } from '../params.ts'
import { RestError } from '../registry.ts'
import { described } from './described.ts'

const failed = (description: string) => new RestError(400, '', description)

const families: [prefix: string, entityTypeId: number][] = [['crm.lead', 1], ['crm.deal', 2], ['crm.contact', 3], ['crm.company', 4], ['crm.quote', 7]]

function list(entityTypeId: number, { portal, caller, params }: RestCall): unknown {
  const items = portal.crm.items(entityTypeId)!
  const fields = fieldsOf(portal.crm, entityTypeId)
  const find = oldFinder(fields)
  const filter = param(params, 'filter')
  const order = param(params, 'order')
  const { ids, total, next } = listPage(items, {
    filter: compileFilter(filter, find),
    order: orderOf(order, find, false),
    start: readStart(param(params, 'start')),
    isVisible: visibility(portal, caller.user, entityTypeId),
    key: JSON.stringify(['old', filter, order, caller.user.id]),
  })
  const select = listParam(params, 'select').map(name => String(name).toUpperCase())
  return { result: ids.map(id => oldRow(items, id, fields, select)), total, ...(next === undefined ? {} : { next }) }
}

function existing(entityTypeId: number, { portal, caller, params }: RestCall): Item {
  const id = numberParam(params, 'id')
  if (id <= 0)
    throw failed('ID is not defined or invalid.')
  const item = portal.crm.items(entityTypeId)!.get(id)
  if (!item)
    throw failed('Not found')
  if (!maySee(portal, caller.user, entityTypeId, id))
    throw failed('Access denied')
  return item
}

function shown(entityTypeId: number, call: RestCall): unknown {
  const { id } = existing(entityTypeId, call)
  return oldRow(call.portal.crm.items(entityTypeId)!, id, fieldsOf(call.portal.crm, entityTypeId), ['*', 'UF_*', 'PHONE', 'EMAIL', 'WEB', 'IM'])
}

function add(entityTypeId: number, { portal, caller, params }: RestCall): unknown {
  const fields = oldInput(fieldsOf(portal.crm, entityTypeId), mapParam(params, 'fields'))
  if (!mayAdd(caller.user, entityTypeId, fields))
    throw failed('Access denied')
  if (entityTypeId === 4 && !fields.title)
    throw failed('The "Company name" field is required.')
  return portal.crm.add(entityTypeId, { categoryId: 0, ...fields }, { userId: caller.user.id }).id
}

function update(entityTypeId: number, call: RestCall): unknown {
  const { portal, caller, params } = call
  const { id } = existing(entityTypeId, call)
  if (!mayEdit(portal, caller.user, entityTypeId, id))
    throw failed('Access denied')
  portal.crm.update(entityTypeId, id, oldInput(fieldsOf(portal.crm, entityTypeId), mapParam(params, 'fields')), { userId: caller.user.id })
  return true
}

function remove(entityTypeId: number, call: RestCall): unknown {
  const { portal, caller } = call
  const { id } = existing(entityTypeId, call)
  if (!mayEdit(portal, caller.user, entityTypeId, id))
    throw failed('Access denied')
  portal.crm.remove(entityTypeId, id, { userId: caller.user.id })
  return true
}

/** Phones and addresses are one field in the new family and a field each in this one. */
const contactKinds = described({ PHONE: ['crm_multifield', 'Téléphone', '*'], EMAIL: ['crm_multifield', 'Courriel', '*'], WEB: ['crm_multifield', 'Site', '*'], IM: ['crm_multifield', 'Messagerie', '*'] })

function describeFields(entityTypeId: number, { portal }: RestCall): unknown {
  const known = Object.fromEntries(fieldsOf(portal.crm, entityTypeId).filter(({ name }) => name !== 'fm').map(field => [field.upper, {
    type: field.type,
    isRequired: field.isRequired,
    isReadOnly: field.isReadOnly,
    isImmutable: false,
    isMultiple: field.isMultiple,
    isDynamic: field.isDynamic,
    title: field.title,
    ...(field.statusType ? { statusType: field.statusType } : {}),
  }]))
  return entityTypeId === 2 || entityTypeId === 7 ? known : { ...known, ...contactKinds }
}

export function oldCrmMethods({ rest }: PortalModule): void {
  for (const [prefix, entityTypeId] of families) {
    const define = (name: string, handler: (type: number, call: RestCall) => unknown) =>
      rest.method(`${prefix}.${name}`, { scope: 'crm' }, call => handler(entityTypeId, call))
    define('list', list)
    define('get', shown)
    define('add', add)
    define('update', update)
    define('delete', remove)
    define('fields', describeFields)
  }
}
