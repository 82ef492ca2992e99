import type { RestCall, RestRegistry } from '../rest/registry.ts'
import type { BiConnector, BiSource } from '../state.bi.ts'
import type { Portal } from '../state.ts'
import { appOnly, biTime, clientIdOf, connectorBy, everybody, sourceBy, sourcesOf } from './access.ts'
import { checkConnection } from './calls.ts'
import { biError, checkFields, fieldRule, idOf, isObject, readBoolean } from './field-rules.ts'
import { listed } from './list.ts'

const rules = [
  fieldRule('id', 'integer', 'required', 'readOnly'),
  fieldRule('title', 'string', 'required'),
  fieldRule('type', 'string', 'required', 'readOnly'),
  fieldRule('code', 'string', 'required', 'readOnly'),
  fieldRule('description', 'string'),
  fieldRule('active', 'boolean'),
  fieldRule('dateCreate', 'datetime', 'required', 'readOnly'),
  fieldRule('dateUpdate', 'datetime', 'required', 'readOnly'),
  fieldRule('createdById', 'integer', 'required', 'readOnly'),
  fieldRule('updatedById', 'integer', 'required', 'readOnly'),
  fieldRule('connectorId', 'integer', 'required', 'immutable'),
  fieldRule('settings', 'array', 'required', 'multiple'),
]

export interface NewSource {
  readonly title: string
  readonly description: string
  readonly active: boolean
  readonly settings: Readonly<Record<string, unknown>>
  readonly userId: number
}

/** Every setting of the connector, with what was given for it. */
function settingsOf(portal: Portal, connector: BiConnector, given: Readonly<Record<string, unknown>>, before?: BiSource['settings']): BiSource['settings'] {
  return new Map(connector.settings.map(({ code }) => [code, {
    id: before?.get(code)?.id ?? portal.nextId('biSetting'),
    value: given[code] === undefined ? before?.get(code)?.value ?? '' : String(given[code]),
  }]))
}

const connectionOf = (settings: BiSource['settings']) => Object.fromEntries([...settings].map(([code, { value }]) => [code, value]))

/** A connection that does not answer is not made. Null then. */
export async function createSource(portal: Portal, connector: BiConnector, { userId, settings: given, ...rest }: NewSource): Promise<BiSource | null> {
  const settings = settingsOf(portal, connector, given)
  const { isGood } = await checkConnection({ portal, connector, connection: connectionOf(settings) })
  if (!isGood)
    return null
  const id = portal.nextId('biSource')
  const now = portal.clock.now()
  const source = { ...rest, id, connectorId: connector.id, code: `rest_${id}`, settings, createdAt: now, updatedAt: now, createdById: userId, updatedById: userId }
  portal.bi.sources.set(id, source)
  return source
}

async function add(call: RestCall): Promise<{ id: number }> {
  const fields = checkFields(rules, call.params.fields, { isNew: true })
  const connector = connectorBy(call, Number(fields.connectorId))
  const source = await createSource(call.portal, connector, {
    title: String(fields.title),
    description: String(fields.description ?? ''),
    active: fields.active === undefined || readBoolean(fields.active),
    settings: isObject(fields.settings) ? fields.settings : {},
    userId: call.caller.user.id,
  })
  if (!source)
    throw biError('SOURCE_CREATE_CONNECTION_ERROR', 'Cannot create connection.')
  return { id: source.id }
}

async function update(call: RestCall): Promise<true> {
  const { portal, caller } = call
  const source = sourceBy(call, idOf(call.params))
  const fields = checkFields(rules, call.params.fields, { isNew: false })
  const connector = portal.bi.connectors.get(source.connectorId)!
  const settings = settingsOf(portal, connector, isObject(fields.settings) ? fields.settings : {}, source.settings)
  const { isGood } = await checkConnection({ portal, connector, connection: connectionOf(settings) })
  if (!isGood)
    throw biError('SOURCE_UPDATE_CONNECTION_ERROR', 'Cannot update connection.')
  Object.assign(source, {
    settings,
    ...(fields.title === undefined ? {} : { title: String(fields.title) }),
    ...(fields.description === undefined ? {} : { description: String(fields.description) }),
    ...(fields.active === undefined ? {} : { active: readBoolean(fields.active) }),
    updatedAt: portal.clock.now(),
    updatedById: caller.user.id,
  })
  return true
}

const connectionRow = ({ id, code, title, description, active, createdAt, updatedAt, createdById, updatedById }: BiSource) => ({
  id, type: 'rest', code, title, description, active, dateCreate: biTime(createdAt), dateUpdate: biTime(updatedAt), createdById, updatedById,
})

function get(call: RestCall): unknown {
  const source = sourceBy(call, idOf(call.params))
  const connector = call.portal.bi.connectors.get(source.connectorId)!
  return {
    item: {
      connection: connectionRow(source),
      connectorId: source.connectorId,
      settings: connector.settings.map(setting => ({ ...setting, value: source.settings.get(setting.code)?.value ?? '', id: source.settings.get(setting.code)?.id ?? null })),
    },
  }
}

function remove(call: RestCall): true {
  const { id } = sourceBy(call, idOf(call.params))
  if ([...call.portal.bi.datasets.values()].some(({ sourceId }) => sourceId === id))
    throw biError('BX_ERROR', 'Cannot delete source. Delete all related datasets first.')
  call.portal.bi.sources.delete(id)
  return true
}

export function registerSourceMethods(rest: RestRegistry): void {
  rest.method('biconnector.source.add', appOnly, add)
  rest.method('biconnector.source.update', appOnly, update)
  rest.method('biconnector.source.get', appOnly, get)
  rest.method('biconnector.source.list', appOnly, call => listed(
    sourcesOf(call.portal, clientIdOf(call)).map(source => ({ ...connectionRow(source), id: String(source.id), connectorId: String(source.connectorId) })),
    call.params, { rules, ignored: 'settings' }))
  rest.method('biconnector.source.delete', appOnly, remove)
  rest.method('biconnector.source.fields', everybody, () => ({ fields: rules }))
}
