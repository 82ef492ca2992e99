import type { PortalModule } from '../../module.ts'
import type { UserField } from '../../crm/store.ts'
import type { RestCall } from '../registry.ts'
import { upperName } from '../../crm/fields.ts'
import { mapParam, numberParam, upperKeys } from '../params.ts'
import { RestError } from '../registry.ts'

const failed = (description: string, code = '') => new RestError(400, code, description)
const families: [name: string, entityTypeId: number][] = [['lead', 1], ['deal', 2], ['contact', 3], ['company', 4]]
/** Space for a thousand fields of each type. */
const idOf = (entityTypeId: number, index: number) => entityTypeId * 1000 + index + 1

function own({ portal }: RestCall, entityTypeId: number): UserField[] {
  const known = portal.crm.userFields.get(entityTypeId) ?? []
  portal.crm.userFields.set(entityTypeId, known)
  return known
}

function shown(object: string, id: number, { name, type, title, isMultiple, items }: UserField): Record<string, unknown> {
  return {
    ID: String(id),
    ENTITY_ID: `CRM_${object.toUpperCase()}`,
    FIELD_NAME: upperName(name),
    USER_TYPE_ID: type,
    XML_ID: null,
    SORT: '100',
    MULTIPLE: isMultiple ? 'Y' : 'N',
    MANDATORY: 'N',
    SHOW_FILTER: 'N',
    SHOW_IN_LIST: 'Y',
    EDIT_IN_LIST: 'Y',
    IS_SEARCHABLE: 'N',
    SETTINGS: [],
    EDIT_FORM_LABEL: title,
    LIST_COLUMN_LABEL: title,
    LIST_FILTER_LABEL: title,
    ERROR_MESSAGE: null,
    HELP_MESSAGE: null,
    ...(items ? { LIST: items } : {}),
  }
}

function find(call: RestCall, entityTypeId: number): { index: number, field: UserField } {
  const id = numberParam(call.params, 'id')
  if (id <= 0)
    throw failed('ID is not defined or invalid.')
  const index = own(call, entityTypeId).findIndex((_, at) => idOf(entityTypeId, at) === id)
  if (index === -1)
    throw failed(`The entity with ID '${id}' is not found`, 'ERROR_NOT_FOUND')
  return { index, field: own(call, entityTypeId)[index]! }
}

function label(given: Record<string, unknown>, language: string): string | undefined {
  const named = given.EDIT_FORM_LABEL ?? given.LIST_COLUMN_LABEL ?? given.LABEL
  if (named !== null && typeof named === 'object')
    return String((named as Record<string, unknown>)[language] ?? Object.values(named)[0] ?? '')
  return named === undefined ? undefined : String(named)
}

const camelCase = (upper: string) => upper.toLowerCase().replace(/_([a-z0-9])/g, (_, letter: string) => letter.toUpperCase())

function add(call: RestCall, entityTypeId: number): number {
  const given = upperKeys(mapParam(call.params, 'fields'))
  for (const name of ['USER_TYPE_ID', 'FIELD_NAME']) {
    if (!given[name])
      throw failed(`The '${name}' field is not found.`)
  }
  const upper = `UF_CRM_${String(given.FIELD_NAME).toUpperCase().replace(/^UF_CRM_/, '')}`
  if (upper.length > 50 || !/^[A-Z0-9_]+$/.test(upper))
    throw failed(upper.length > 50 ? 'Field name is too long (more than 50 characters).' : 'Field name contains invalid characters. Allowed characters are: A-Z, 0-9 and _.', 'ERROR_CORE')
  const fields = own(call, entityTypeId)
  const name = camelCase(upper)
  if (fields.some(known => known.name === name))
    throw failed(`Field ${upper} for object CRM exists already.`, 'ERROR_CORE')
  fields.push({ name, type: String(given.USER_TYPE_ID), title: label(given, call.portal.settings.defaultLanguage) ?? upper, isMultiple: given.MULTIPLE === 'Y' })
  return idOf(entityTypeId, fields.length - 1)
}

export function userFieldMethods({ rest }: PortalModule): void {
  const anybody = { scope: 'crm' }
  const administrators = { scope: 'crm', admin: true, adminError: { status: 400, code: '', description: 'Access denied.' } }
  for (const [object, entityTypeId] of families) {
    const name = (verb: string) => `crm.${object}.userfield.${verb}`
    rest.method(name('list'), anybody, (call) => {
      const wanted = Object.entries(upperKeys(mapParam(call.params, 'filter'))).filter(([key]) => key !== 'LANG')
      const rows = own(call, entityTypeId).map((field, index) => shown(object, idOf(entityTypeId, index), field))
        .filter(row => wanted.every(([key, value]) => [value].flat().map(String).includes(String(row[key]))))
      return { result: rows, total: rows.length }
    })
    rest.method(name('get'), administrators, (call) => {
      const { index, field } = find(call, entityTypeId)
      return shown(object, idOf(entityTypeId, index), field)
    })
    rest.method(name('add'), administrators, call => add(call, entityTypeId))
    rest.method(name('update'), administrators, (call) => {
      const { field } = find(call, entityTypeId)
      field.title = label(upperKeys(mapParam(call.params, 'fields')), call.portal.settings.defaultLanguage) ?? field.title
      return true
    })
    rest.method(name('delete'), administrators, (call) => {
      own(call, entityTypeId).splice(find(call, entityTypeId).index, 1)
      return true
    })
  }
}
