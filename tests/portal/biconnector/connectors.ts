import type { RestCall, RestRegistry } from '../rest/registry.ts'
import type { BiConnector, ConnectorSetting } from '../state.bi.ts'
import { appOnly, biTime, clientIdOf, connectorBy, connectorsOf, everybody } from './access.ts'
import { biError, checkFields, fieldRule, idOf, isObject, readBoolean, toList } from './field-rules.ts'
import { listed } from './list.ts'

const rules = [
  fieldRule('id', 'integer', 'required', 'readOnly'),
  fieldRule('title', 'string', 'required'),
  fieldRule('logo', 'string', 'required'),
  fieldRule('description', 'string'),
  fieldRule('sort', 'integer'),
  fieldRule('urlCheck', 'string', 'required'),
  fieldRule('urlData', 'string', 'required'),
  fieldRule('urlTableList', 'string', 'required'),
  fieldRule('urlTableDescription', 'string', 'required'),
  fieldRule('settings', 'array', 'required', 'multiple'),
  fieldRule('supportMapping', 'boolean'),
  fieldRule('sourceCode', 'string'),
  fieldRule('dateCreate', 'datetime', 'required', 'readOnly'),
]

const longest = 512

function settingOf(value: unknown): ConnectorSetting {
  const { code, name, type } = isObject(value) ? value : {}
  if (!code || !name || !type)
    throw biError('VALIDATION_SETTINGS_MISSING_REQUIRED_FIELDS', 'Settings must include "type", "name" and "code" fields.')
  if (type !== 'STRING' && type !== 'INT')
    throw biError('VALIDATION_SETTINGS_INVALID_TYPE', 'Parameter "type" is not correct.')
  if (String(name).length > longest)
    throw biError('VALIDATION_SETTINGS_NAME_TOO_LONG', 'Parameter "name" must be less than 512 characters.')
  if (String(code).length > longest)
    throw biError('VALIDATION_SETTINGS_CODE_TOO_LONG', 'Parameter "code" must be less than 512 characters.')
  return { code: String(code), name: String(name), type }
}

const texts = ['title', 'logo', 'description', 'urlCheck', 'urlData', 'urlTableList', 'urlTableDescription', 'sourceCode'] as const

function valuesOf(fields: Record<string, unknown>): Partial<BiConnector> {
  return {
    ...Object.fromEntries(texts.filter(name => fields[name] !== undefined).map(name => [name, String(fields[name])])),
    ...(fields.sort === undefined ? {} : { sort: Number(fields.sort) }),
    ...(fields.supportMapping === undefined ? {} : { supportMapping: readBoolean(fields.supportMapping) }),
    ...(fields.settings === undefined ? {} : { settings: toList(fields.settings).map(settingOf) }),
  }
}

function add(call: RestCall): { id: number } {
  const { portal } = call
  const clientId = clientIdOf(call)
  const fields = valuesOf(checkFields(rules, call.params.fields, { isNew: true }))
  const id = portal.nextId('biConnector')
  const empty = {
    title: '', logo: '', description: '', sort: 100, urlCheck: '', urlData: '', urlTableList: '', urlTableDescription: '',
    settings: [], supportMapping: false, sourceCode: '',
  }
  portal.bi.connectors.set(id, { ...empty, ...fields, id, clientId, createdAt: portal.clock.now() })
  return { id }
}

function update(call: RestCall): true {
  const connector = connectorBy(call, idOf(call.params))
  Object.assign(connector, valuesOf(checkFields(rules, call.params.fields, { isNew: false })))
  return true
}

const shown = ({ clientId: _, createdAt, ...connector }: BiConnector) => ({ ...connector, dateCreate: biTime(createdAt) })

function remove(call: RestCall): true {
  const { portal } = call
  const { id } = connectorBy(call, idOf(call.params))
  if ([...portal.bi.sources.values()].some(({ connectorId }) => connectorId === id))
    throw biError('CONNECTOR_DELETE_RESTRICTED', 'Connector cannot be removed. Remove the connections related to the connector first.')
  portal.bi.connectors.delete(id)
  return true
}

export function registerConnectorMethods(rest: RestRegistry): void {
  rest.method('biconnector.connector.add', appOnly, add)
  rest.method('biconnector.connector.update', appOnly, update)
  rest.method('biconnector.connector.get', appOnly, call => ({ item: shown(connectorBy(call, idOf(call.params))) }))
  rest.method('biconnector.connector.list', appOnly, call => listed(
    connectorsOf(call.portal, clientIdOf(call)).map(shown).map(row => ({ ...row, id: String(row.id) })),
    call.params, { rules, ignored: 'settings' }))
  rest.method('biconnector.connector.delete', appOnly, remove)
  rest.method('biconnector.connector.fields', everybody, () => ({ fields: rules }))
}
