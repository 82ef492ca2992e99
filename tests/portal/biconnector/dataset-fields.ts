import type { RestCall } from '../rest/registry.ts'
import type { BiDataset, BiField, BiFieldType } from '../state.bi.ts'
import type { Portal } from '../state.ts'
import { datasetBy } from './access.ts'
import { knownTypes } from './calls.ts'
import { biError, isObject, readBoolean, toList } from './field-rules.ts'

const repeated = (values: readonly string[]): string[] => [...new Set(values.filter((value, at) => values.indexOf(value) !== at))]

const isType = (value: unknown): value is BiFieldType => knownTypes.some(type => type === value)

/** Fields as an app sends them; `missing` is what the calling method says of one that lacks something. */
export function newFields(portal: Portal, value: unknown, missing: readonly [code: string, description: string]): BiField[] {
  const fields = toList(value).map((one) => {
    const { name, externalCode, type } = isObject(one) ? one : {}
    if (!name || !externalCode || !type)
      throw biError(...missing)
    return { name: String(name), externalCode: String(externalCode), type }
  })
  const codes = repeated(fields.map(({ externalCode }) => externalCode))
  if (codes.length > 0)
    throw biError('VALIDATION_DUPLICATE_FIELD_CODE', `Duplicate values found in the "code" parameter: ${codes.join(', ')}`)
  const names = repeated(fields.map(({ name }) => name))
  if (names.length > 0)
    throw biError('VALIDATION_DUPLICATE_FIELD_NAME', `Duplicate values found in the "name" parameter: ${names.join(', ')}`)
  return fields.map(({ name, externalCode, type }) => {
    if (!/^[A-Z][A-Z0-9_]*$/.test(name))
      throw biError('VALIDATION_FIELD_NAME_INVALID_FORMAT', 'Field "name" has to start with an uppercase Latin character. Possible entry includes uppercase Latin characters (A-Z), numbers (0-9) and underscores.')
    if (name.length > 32)
      throw biError('VALIDATION_FIELD_NAME_TOO_LONG', 'Field "name" must not exceed 32 characters.')
    if (!isType(type))
      throw biError('VALIDATION_FIELD_INVALID_TYPE', 'Invalid field type.')
    return { id: portal.nextId('biField'), name, externalCode, type, visible: true }
  })
}

function addedTo(portal: Portal, dataset: BiDataset, value: unknown): BiField[] {
  const added = newFields(portal, value, ['VALIDATION_FIELD_ADD_MISSING_REQUIRED_FIELDS', 'Field to be added must include the required parameters: "name", "externalCode" and "type".'])
  const there = (member: 'name' | 'externalCode') => added.map(field => field[member]).filter(text => dataset.fields.some(field => field[member] === text))
  if (there('externalCode').length > 0)
    throw biError('VALIDATION_DUPLICATE_EXIST_CODE', `The following "externalCode" values already exist in the current fields: ${there('externalCode').join(', ')}`)
  if (there('name').length > 0)
    throw biError('VALIDATION_DUPLICATE_EXIST_NAME', `The following "name" values already exist in the current fields: ${there('name').join(', ')}`)
  return added
}

/** `add`, `update` (visibility alone) and `delete`, all or none of them. */
export function updateFields(call: RestCall): true {
  const { portal, params } = call
  const dataset = datasetBy(call)
  const added = addedTo(portal, dataset, params.add)
  const changed = toList(params.update).map((one) => {
    const { id, visible } = isObject(one) ? one : {}
    if (!id || visible === undefined)
      throw biError('VALIDATION_FIELD_UPDATE_MISSING_REQUIRED_FIELDS', 'Field to be updated must include the required parameters: "id" and "visible".')
    return { id: Number(id), visible: readBoolean(visible) }
  })
  const gone = toList(params.delete).map((id) => {
    if (!/^[1-9]\d*$/.test(String(id)))
      throw biError('VALIDATION_FIELD_DELETE_INVALID_ID', 'ID to be deleted must be a positive integer.')
    return Number(id)
  })
  const known = new Set(dataset.fields.map(({ id }) => id))
  if ([...gone, ...changed.map(({ id }) => id)].some(id => !known.has(id)))
    throw biError('DATASET_UPDATE_ERROR', 'Error updating dataset.')
  dataset.fields = [...dataset.fields, ...added]
    .filter(({ id }) => !gone.includes(id))
    .map(field => ({ ...field, visible: changed.find(({ id }) => id === field.id)?.visible ?? field.visible }))
  dataset.updatedAt = portal.clock.now()
  dataset.updatedById = call.caller.user.id
  return true
}
