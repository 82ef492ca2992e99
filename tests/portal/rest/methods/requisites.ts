import type { PortalModule } from '../../module.ts'
import type { Collection, Item } from '../../crm/collection.ts'
import type { RestCall } from '../registry.ts'
import { toPortalTime } from '../../core/zoned-time.ts'
import { maySee } from '../../crm/access.ts'
import { listParam, mapParam, numberParam, param, upperKeys } from '../params.ts'
import { RestError } from '../registry.ts'
import { pick, plainList } from './plain-list.ts'

const requisiteTexts = ['NAME', 'XML_ID', 'ORIGINATOR_ID', 'ACTIVE', 'RQ_NAME', 'RQ_FIRST_NAME', 'RQ_LAST_NAME', 'RQ_COMPANY_NAME', 'RQ_COMPANY_FULL_NAME', 'RQ_COMPANY_REG_DATE', 'RQ_DIRECTOR', 'RQ_CONTACT', 'RQ_EMAIL', 'RQ_PHONE', 'RQ_INN', 'RQ_VAT_ID', 'RQ_SIREN', 'RQ_SIRET', 'RQ_RCS', 'RQ_ADDR']
const bankTexts = ['NAME', 'XML_ID', 'ACTIVE', 'RQ_BANK_NAME', 'RQ_BANK_ADDR', 'RQ_ACC_NAME', 'RQ_ACC_NUM', 'RQ_IIK', 'RQ_IBAN', 'RQ_BIC', 'RQ_SWIFT', 'RQ_ACC_CURRENCY', 'COMMENTS']
const numbers = ['ID', 'ENTITY_TYPE_ID', 'ENTITY_ID', 'PRESET_ID', 'COUNTRY_ID', 'SORT', 'CREATED_BY_ID', 'MODIFY_BY_ID']

function shown({ id, ...row }: Item): Record<string, unknown> {
  return Object.fromEntries(Object.entries({ ID: id, ...row }).map(([key, value]) => [key, value === null || value === undefined ? null : String(value)]))
}

function list({ caller, params }: RestCall, items: Collection): unknown {
  const { rows, total, next } = plainList({
    items,
    params,
    inName: name => name.toUpperCase() === 'ID' ? 'id' : name.toUpperCase(),
    kinds: Object.fromEntries(numbers.map(name => [name, 'number' as const])),
    who: caller.user.id,
    show: item => pick(shown(item), listParam(params, 'select').map(name => String(name).toUpperCase())),
  })
  return { result: rows, total, ...next }
}

function accepted(params: RestCall['params'], known: string[]): Record<string, unknown> {
  return Object.fromEntries(Object.entries(upperKeys(mapParam(params, 'fields'))).filter(([key]) => known.includes(key) || numbers.includes(key) || key.startsWith('UF_')))
}

function add({ portal, caller, params }: RestCall, items: Collection, known: string[]): number {
  const fields = accepted(params, known)
  const entityTypeId = Number(fields.ENTITY_TYPE_ID ?? 0)
  const entityId = Number(fields.ENTITY_ID ?? 0)
  const owner = entityTypeId === 8 ? portal.crm.requisites : portal.crm.items(entityTypeId)
  if (!owner?.has(entityId))
    throw new RestError(400, '', 'ENTITY_TYPE_ID is not defined or invalid.')
  if (entityTypeId !== 8 && !maySee(portal, caller.user, entityTypeId, entityId))
    throw new RestError(400, '', 'Access denied.')
  if (!fields.NAME)
    throw new RestError(400, '', 'The required field "NAME" is missing')
  const time = toPortalTime(portal.clock.now())
  return items.insert({ ACTIVE: 'Y', SORT: 500, ...fields, ENTITY_TYPE_ID: entityTypeId, ENTITY_ID: entityId, DATE_CREATE: time, DATE_MODIFY: time, CREATED_BY_ID: caller.user.id, MODIFY_BY_ID: caller.user.id }).id
}

function existing({ params }: RestCall, items: Collection): Item {
  const item = items.get(numberParam(params, 'id'))
  if (!item)
    throw new RestError(400, '', 'The Requisite with ID is not found')
  return item
}

function update(call: RestCall, items: Collection, known: string[]): boolean {
  const item = existing(call, items)
  items.replace({ ...item, ...accepted(call.params, known), id: item.id, DATE_MODIFY: toPortalTime(call.portal.clock.now()) })
  return true
}

function fields(known: string[]): unknown {
  return Object.fromEntries([...numbers, ...known].map(name => [name, {
    type: numbers.includes(name) ? 'integer' : name === 'ACTIVE' ? 'char' : 'string',
    isRequired: name === 'NAME' || name === 'ENTITY_ID' || name === 'ENTITY_TYPE_ID',
    isReadOnly: name === 'ID',
    isImmutable: false,
    isMultiple: false,
    isDynamic: false,
    title: name,
  }]))
}

export function requisiteMethods({ rest }: PortalModule): void {
  const options = { scope: 'crm' }
  const define = (prefix: string, of: (call: RestCall) => Collection, known: string[]) => {
    rest.method(`${prefix}.list`, options, call => list(call, of(call)))
    rest.method(`${prefix}.get`, options, call => shown(existing(call, of(call))))
    rest.method(`${prefix}.add`, options, call => add(call, of(call), known))
    rest.method(`${prefix}.update`, options, call => update(call, of(call), known))
    rest.method(`${prefix}.delete`, options, call => of(call).delete(existing(call, of(call)).id))
    rest.method(`${prefix}.fields`, options, () => fields(known))
  }
  define('crm.requisite', ({ portal }) => portal.crm.requisites, requisiteTexts)
  define('crm.requisite.bankdetail', ({ portal }) => portal.crm.bankDetails, bankTexts)
  rest.method('crm.requisite.preset.list', options, ({ params }) => ({
    result: param(params, 'start') === undefined ? [{ ID: '1', NAME: 'Société', COUNTRY_ID: '132', ENTITY_TYPE_ID: '8', ACTIVE: 'Y', SORT: '500' }] : [],
    total: 1,
  }))
}
