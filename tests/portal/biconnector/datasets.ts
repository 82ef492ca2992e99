import type { RestCall, RestRegistry } from '../rest/registry.ts'
import type { BiDataset, BiField, BiSource } from '../state.bi.ts'
import type { Portal } from '../state.ts'
import { appOnly, biTime, clientIdOf, datasetBy, datasetsOf, sourceBy } from './access.ts'
import { checkConnection, linkOf } from './calls.ts'
import { newFields, updateFields } from './dataset-fields.ts'
import { biError, checkFields, fieldRule, isObject } from './field-rules.ts'
import { listed } from './list.ts'

const rules = [
  fieldRule('id', 'integer', 'required', 'readOnly'),
  fieldRule('sourceId', 'integer', 'required', 'immutable'),
  fieldRule('name', 'string', 'required', 'immutable'),
  fieldRule('type', 'string', 'required', 'readOnly'),
  fieldRule('description', 'string'),
  fieldRule('externalName', 'string', 'required', 'immutable'),
  fieldRule('externalCode', 'string', 'required', 'immutable'),
  fieldRule('externalId', 'integer', 'required', 'readOnly'),
  fieldRule('dateCreate', 'datetime', 'required', 'readOnly'),
  fieldRule('dateUpdate', 'datetime', 'required', 'readOnly'),
  fieldRule('createdById', 'integer', 'required', 'readOnly'),
  fieldRule('updatedById', 'integer', 'required', 'readOnly'),
  fieldRule('fields', 'array', 'required', 'multiple'),
]

function nameOf(portal: Portal, name: string): string {
  if (!/^[a-z][a-z0-9_]*$/.test(name))
    throw biError('VALIDATION_DATASET_NAME_INVALID', 'Dataset name has to start with a lowercase Latin character. Possible entry includes lowercase Latin characters (a-z), numbers (0-9) and underscores.')
  if (name.length > 230)
    throw biError('VALIDATION_DATASET_NAME_TOO_LONG', 'Dataset name must not exceed 230 characters.')
  if ([...portal.bi.datasets.values()].some(dataset => dataset.name === name))
    throw biError('DATASET_ALREADY_EXIST', 'Dataset with this name already exists.')
  return name
}

export interface NewDataset {
  readonly name: string
  readonly description: string
  readonly externalCode: string
  readonly externalName: string
  readonly fields: unknown
  readonly userId: number
}

/** The connection is checked once more; null when it does not answer. */
export async function createDataset(portal: Portal, source: BiSource, { userId, fields, ...rest }: NewDataset): Promise<BiDataset | null> {
  const name = nameOf(portal, rest.name)
  const read = newFields(portal, fields, ['VALIDATION_FIELD_MISSING_REQUIRED_PARAMETERS', 'Field must include the required parameters: "name", "externalCode" and "type".'])
  const { isGood } = await checkConnection(linkOf(portal, source))
  if (!isGood)
    return null
  const id = portal.nextId('biDataset')
  const now = portal.clock.now()
  const dataset = { ...rest, name, id, sourceId: source.id, externalId: id + 270, fields: read, createdAt: now, updatedAt: now, createdById: userId, updatedById: userId }
  portal.bi.datasets.set(id, dataset)
  return dataset
}

async function add(call: RestCall): Promise<{ id: number }> {
  const fields = checkFields(rules, call.params.fields, { isNew: true })
  const source = sourceBy(call, Number(fields.sourceId))
  const dataset = await createDataset(call.portal, source, {
    name: String(fields.name),
    description: String(fields.description ?? ''),
    externalCode: String(fields.externalCode),
    externalName: String(fields.externalName),
    fields: fields.fields,
    userId: call.caller.user.id,
  })
  if (!dataset)
    throw biError('', 'Error adding dataset')
  return { id: dataset.id }
}

function update(call: RestCall): true {
  const dataset = datasetBy(call)
  if (isObject(call.params.fields) && 'fields' in call.params.fields)
    throw biError('INVALID_METHOD', 'Use the method "biconnector.dataset.fields.update" to update the dataset fields.')
  const { description } = checkFields(rules, call.params.fields, { isNew: false })
  Object.assign(dataset, { description: String(description ?? ''), updatedAt: call.portal.clock.now(), updatedById: call.caller.user.id })
  return true
}

const rowOf = ({ id, name, description, externalCode, externalName, createdAt, updatedAt, createdById, updatedById, externalId, sourceId }: BiDataset) => ({
  id, sourceId, type: 'rest', name, description, externalCode, externalName, dateCreate: biTime(createdAt), dateUpdate: biTime(updatedAt), createdById, updatedById, externalId,
})

const shownField = (datasetId: number, { id, type, name, externalCode, visible }: BiField) => ({ id, datasetId, type, name, externalCode, visible })

function get(call: RestCall): unknown {
  const dataset = datasetBy(call)
  return { item: { ...rowOf(dataset), fields: dataset.fields.map(field => shownField(dataset.id, field)) } }
}

function remove(call: RestCall): true {
  call.portal.bi.datasets.delete(datasetBy(call).id)
  return true
}

export function registerDatasetMethods(rest: RestRegistry): void {
  rest.method('biconnector.dataset.add', appOnly, add)
  rest.method('biconnector.dataset.update', appOnly, update)
  rest.method('biconnector.dataset.fields.update', appOnly, updateFields)
  rest.method('biconnector.dataset.get', appOnly, get)
  rest.method('biconnector.dataset.list', appOnly, call => listed(
    datasetsOf(call.portal, clientIdOf(call)).map(rowOf).map(row => ({ ...row, id: String(row.id), sourceId: String(row.sourceId) })),
    call.params, { rules, ignored: 'fields' }))
  rest.method('biconnector.dataset.delete', appOnly, remove)
  rest.method('biconnector.dataset.fields', appOnly, (call) => {
    clientIdOf(call)
    return { fields: rules }
  })
}
