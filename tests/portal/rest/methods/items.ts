import type { PortalModule } from '../../module.ts'
import type { Collection, Item } from '../../crm/collection.ts'
import type { Caller, RestCall, RestParams } from '../registry.ts'
import type { Portal } from '../../state.ts'
import { mayAdd, mayEdit, maySee, visibility } from '../../crm/access.ts'
import { stageDirectory } from '../../crm/stages.ts'
import { defaultCategory } from '../../data/directories.ts'
import { compileFilter } from '../filter.ts'
import { itemDialect, selected, shownItem } from '../item-dialect.ts'
import { listPage, readStart } from '../list.ts'
import { listParam, mapParam, missing, numberParam, param, textParam } from '../params.ts'
import { RestError } from '../registry.ts'

const denied = () => new RestError(400, 'ACCESS_DENIED', 'Access denied')
const notFound = () => new RestError(400, 'NOT_FOUND', 'Item not found')

interface Target {
  entityTypeId: number
  items: Collection
}

function target(portal: Portal, params: RestParams): Target {
  if (param(params, 'entityTypeId') === undefined)
    throw missing('entityTypeId')
  const entityTypeId = numberParam(params, 'entityTypeId')
  if (entityTypeId === 5)
    throw new RestError(400, 'ENTITY_TYPE_NOT_SUPPORTED', 'Entity type is not supported')
  const items = portal.crm.items(entityTypeId)
  if (!items)
    throw new RestError(400, 'NOT_FOUND', 'SPA not found')
  return { entityTypeId, items }
}

function existing({ portal, caller, params }: RestCall): Target & { item: Item } {
  const found = target(portal, params)
  if (param(params, 'id') === undefined)
    throw missing('id')
  const item = found.items.get(numberParam(params, 'id'))
  if (!item)
    throw notFound()
  if (!maySee(portal, caller.user, found.entityTypeId, item.id))
    throw denied()
  return { ...found, item }
}

function dialectFor({ portal, params }: RestCall, entityTypeId: number) {
  return itemDialect(portal.crm, entityTypeId, ['Y', true, 'true', '1', 1].includes(param(params, 'useOriginalUfNames') as string))
}

function list(call: RestCall): unknown {
  const { portal, caller, params } = call
  const { entityTypeId, items } = target(portal, params)
  const dialect = dialectFor(call, entityTypeId)
  const filter = param(params, 'filter')
  const order = param(params, 'order')
  const page = listPage(items, {
    filter: compileFilter(filter, dialect.find),
    order: dialect.order(order),
    start: readStart(param(params, 'start')),
    isVisible: visibility(portal, caller.user, entityTypeId),
    key: JSON.stringify([filter, order, caller.user.id]),
  })
  const names = selected(dialect, listParam(params, 'select'))
  const rows = page.ids.map((id) => {
    const row: Record<string, unknown> = {}
    for (const name of names)
      row[dialect.outName(name)] = items.value(id, name) ?? null
    return row
  })
  return { result: { items: rows }, total: page.total, ...(page.next === undefined ? {} : { next: page.next }) }
}

function fieldValues(call: RestCall, entityTypeId: number): Record<string, unknown> {
  const { inName } = dialectFor(call, entityTypeId)
  return Object.fromEntries(Object.entries(mapParam(call.params, 'fields')).map(([name, value]) => [inName(name), value]))
}

function withDefaults(entityTypeId: number, fields: Record<string, unknown>): Record<string, unknown> {
  return fields.categoryId === undefined ? { ...fields, categoryId: defaultCategory(entityTypeId) } : fields
}

function required(entityTypeId: number, fields: Record<string, unknown>): void {
  if (entityTypeId === 4 && (fields.title === undefined || fields.title === null || fields.title === ''))
    throw new RestError(400, 'CRM_FIELD_ERROR_REQUIRED', 'The "Name" field is required')
}

function add(call: RestCall): unknown {
  const { portal, caller, params } = call
  const { entityTypeId } = target(portal, params)
  if (param(params, 'fields') === undefined)
    throw missing('fields')
  const fields = fieldValues(call, entityTypeId)
  if (!mayAdd(caller.user, entityTypeId, fields))
    throw denied()
  required(entityTypeId, fields)
  const item = portal.crm.add(entityTypeId, withDefaults(entityTypeId, fields), { userId: caller.user.id })
  return { item: shownItem(item, dialectFor(call, entityTypeId)) }
}

function update(call: RestCall): unknown {
  const { portal, caller } = call
  const { entityTypeId, item } = existing(call)
  const fields = fieldValues(call, entityTypeId)
  if (!mayEdit(portal, caller.user, entityTypeId, item.id))
    throw denied()
  if ('title' in fields)
    required(entityTypeId, fields)
  const changed = portal.crm.update(entityTypeId, item.id, fields, { userId: caller.user.id })
  return { item: shownItem(changed, dialectFor(call, entityTypeId)) }
}

function remove(call: RestCall): unknown {
  const { portal, caller } = call
  const { entityTypeId, item } = existing(call)
  if (!mayEdit(portal, caller.user, entityTypeId, item.id))
    throw denied()
  portal.crm.remove(entityTypeId, item.id, { userId: caller.user.id })
  return []
}

function describeFields(call: RestCall): unknown {
  const { entityTypeId } = target(call.portal, call.params)
  const { fields, outName } = dialectFor(call, entityTypeId)
  const described = fields.map(({ name, upper, type, title, isRequired, isReadOnly, isMultiple, isDynamic, statusType, items }) => [outName(name), {
    type,
    isRequired: isRequired || (entityTypeId === 4 && name === 'title'),
    isReadOnly,
    isImmutable: false,
    isMultiple,
    isDynamic,
    title,
    upperName: upper,
    ...statusOf(entityTypeId, name, statusType),
    ...(items ? { items } : {}),
    ...(name.startsWith('parentId') ? { settings: { parentEntityTypeId: Number(name.slice(8)) } } : {}),
  }])
  return { fields: Object.fromEntries(described) }
}

function statusOf(entityTypeId: number, name: string, statusType: string | null): { statusType?: string } {
  const directory = name === 'stageId' ? stageDirectory(entityTypeId, defaultCategory(entityTypeId)) : statusType
  return directory ? { statusType: directory } : {}
}

function importOne(portal: Portal, { user }: Caller, entityTypeId: number, input: unknown): { item: { id: number } } {
  const fields = input !== null && typeof input === 'object' ? input as Record<string, unknown> : {}
  required(entityTypeId, fields)
  const item = portal.crm.add(entityTypeId, withDefaults(entityTypeId, fields), { userId: user.id, startsAutomation: false })
  return { item: { id: item.id } }
}

const maxImport = 20

function batchImport({ portal, caller, params }: RestCall): unknown {
  const { entityTypeId } = target(portal, params)
  if (!caller.user.isAdmin && !caller.user.crm.mayImport)
    throw new RestError(401, 'INVALID_CREDENTIALS', 'User has no rights to import')
  const data = listParam(params, 'data')
  if (data.length > maxImport)
    throw new RestError(400, 'MAX_IMPORT_BATCH_SIZE_EXCEEDED', `Maximum batch size exceeded: ${maxImport}`)
  return {
    items: data.map((fields) => {
      try {
        return importOne(portal, caller, entityTypeId, fields)
      }
      catch (error) {
        if (error instanceof RestError)
          return { error: error.code, error_description: error.description }
        throw error
      }
    }),
  }
}

export function itemMethods({ rest }: PortalModule): void {
  const options = { scope: 'crm', intranetOnly: true }
  rest.method('crm.item.list', options, list)
  rest.method('crm.item.get', options, call => ({ item: shownItem(existing(call).item, dialectFor(call, existing(call).entityTypeId)) }))
  rest.method('crm.item.add', options, add)
  rest.method('crm.item.update', options, update)
  rest.method('crm.item.delete', options, remove)
  rest.method('crm.item.fields', options, describeFields)
  rest.method('crm.item.import', options, ({ portal, caller, params }) => importOne(portal, caller, target(portal, params).entityTypeId, mapParam(params, 'fields')))
  rest.method('crm.item.batchImport', options, batchImport)
  rest.method('crm.type.list', options, ({ portal }) => ({
    result: { types: portal.crm.types.map(({ id, entityTypeId, title }) => ({ id, entityTypeId, title, code: '', isCategoriesEnabled: 'Y', isStagesEnabled: 'Y', isAutomationEnabled: 'Y', isClientEnabled: 'Y', isBizProcEnabled: 'Y' })) },
    total: portal.crm.types.length,
  }))
  rest.method('crm.type.get', options, ({ portal, params }) => {
    const type = portal.crm.types.find(({ id }) => id === Number(textParam(params, 'id')))
    if (!type)
      throw notFound()
    return { type }
  })
}
