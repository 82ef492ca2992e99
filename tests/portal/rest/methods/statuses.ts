import type { PortalModule } from '../../module.ts'
import type { StatusEntry } from '../../crm/store.ts'
import type { RestCall } from '../registry.ts'
import { mapParam, numberParam, textParam, upperKeys } from '../params.ts'
import { RestError } from '../registry.ts'
import { described } from './described.ts'

const failed = (description: string) => new RestError(400, '', description)
const semanticWords = { P: 'process', S: 'success', F: 'failure' } as const

const fields = described({
  ID: ['integer', 'ID', 'r'],
  ENTITY_ID: ['string', 'Liste', '!i'],
  STATUS_ID: ['string', 'Code', '!i'],
  SORT: ['integer', 'Tri'],
  NAME: ['string', 'Nom', '!'],
  NAME_INIT: ['string', 'Nom d’origine', 'r'],
  SYSTEM: ['char', 'Du système', 'r'],
  CATEGORY_ID: ['integer', 'Pipeline', 'i'],
  COLOR: ['string', 'Couleur'],
  SEMANTICS: ['char', 'Sens', 'i'],
  EXTRA: ['crm_status_extra', 'Informations supplémentaires'],
})

function shown({ id, entityId, statusId, name, sort, isSystem, categoryId, color, semantics }: StatusEntry): Record<string, unknown> {
  return {
    ID: String(id),
    ENTITY_ID: entityId,
    STATUS_ID: statusId,
    NAME: name,
    NAME_INIT: '',
    SORT: String(sort),
    SYSTEM: isSystem ? 'Y' : 'N',
    CATEGORY_ID: categoryId === null ? null : String(categoryId),
    COLOR: color,
    SEMANTICS: semantics === 'P' ? null : semantics,
    ...(semantics ? { EXTRA: { SEMANTICS: semantics === 'F' && statusId.endsWith('APOLOGY') ? 'apology' : semanticWords[semantics], COLOR: color } } : {}),
  }
}

function list({ portal, params }: RestCall): unknown {
  const wanted = upperKeys(mapParam(params, 'filter'))
  const rows = portal.crm.statuses.map(shown).filter(row =>
    Object.entries(wanted).every(([key, value]) => [value].flat().map(String).includes(String(row[key.replace(/^[=@]/, '')]))))
  const [[key, direction] = ['SORT', 'ASC']] = Object.entries(upperKeys(mapParam(params, 'order')))
  const sign = String(direction).toUpperCase() === 'DESC' ? -1 : 1
  rows.sort((a, b) => sign * (Number(a[key]) - Number(b[key]) || String(a[key]).localeCompare(String(b[key]))))
  return { result: rows, total: rows.length }
}

function existing({ portal, params }: RestCall): StatusEntry {
  const id = numberParam(params, 'id')
  const found = portal.crm.statuses.find(entry => entry.id === id)
  if (!found)
    throw failed(id > 0 ? 'Status is not found.' : 'Invalid identifier.')
  return found
}

function add({ portal, params }: RestCall): number {
  const given = upperKeys(mapParam(params, 'fields'))
  for (const name of ['ENTITY_ID', 'STATUS_ID', 'NAME']) {
    if (!given[name])
      throw failed(`The field ${name} is required.`)
  }
  const { statuses } = portal.crm
  const entityId = String(given.ENTITY_ID)
  const statusId = String(given.STATUS_ID)
  if (!statuses.some(known => known.entityId === entityId))
    throw failed('Specified entity type is not supported.')
  if (statuses.some(known => known.entityId === entityId && known.statusId === statusId))
    throw failed(`The status ${statusId} exists already.`)
  const like = statuses.find(known => known.entityId === entityId)!
  const id = Math.max(...statuses.map(known => known.id)) + 1
  statuses.push({
    id,
    entityId,
    statusId,
    name: String(given.NAME),
    sort: Number(given.SORT ?? 10),
    isSystem: false,
    categoryId: like.categoryId,
    color: given.COLOR === undefined ? null : String(given.COLOR),
    semantics: like.semantics === null ? null : given.SEMANTICS === 'F' ? 'F' : 'P',
  })
  return id
}

function update(call: RestCall): true {
  const { NAME, SORT, COLOR } = upperKeys(mapParam(call.params, 'fields'))
  Object.assign(existing(call), {
    ...(NAME === undefined ? {} : { name: String(NAME) }),
    ...(SORT === undefined ? {} : { sort: Number(SORT) }),
    ...(COLOR === undefined ? {} : { color: String(COLOR) }),
  })
  return true
}

function remove(call: RestCall): true {
  const { statuses } = call.portal.crm
  const entry = existing(call)
  if (entry.isSystem && mapParam(call.params, 'params').FORCED !== 'Y')
    throw failed('CRM System Status can be deleted only if parameter FORCED is specified and equal to "Y".')
  statuses.splice(statuses.indexOf(entry), 1)
  return true
}

export function statusMethods({ rest }: PortalModule): void {
  const anybody = { scope: 'crm' }
  const administrators = { scope: 'crm', admin: true, adminError: { status: 400, code: '', description: 'Access denied.' } }
  rest.method('crm.status.list', anybody, list)
  rest.method('crm.status.get', anybody, call => shown(existing(call)))
  rest.method('crm.status.fields', anybody, () => fields)
  rest.method('crm.status.add', administrators, add)
  rest.method('crm.status.update', administrators, update)
  rest.method('crm.status.delete', administrators, remove)
  rest.method('crm.status.entity.types', anybody, ({ portal }) =>
    [...new Set(portal.crm.statuses.map(({ entityId }) => entityId))].map(ID => ({ ID, NAME: ID })))
  rest.method('crm.status.entity.items', anybody, ({ portal, params }) => {
    const entityId = textParam(params, 'entityId')
    if (entityId === '')
      throw failed('The parameter entityId is not defined or invalid.')
    return portal.crm.statuses.filter(entry => entry.entityId === entityId).sort((a, b) => a.sort - b.sort)
      .map(({ name, sort, statusId }) => ({ NAME: name, SORT: sort, STATUS_ID: statusId }))
  })
}
