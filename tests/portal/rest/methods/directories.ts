import type { PortalModule } from '../../module.ts'
import type { Category } from '../../crm/store.ts'
import type { RestCall } from '../registry.ts'
import { visibility } from '../../crm/access.ts'
import { upperName } from '../../crm/fields.ts'
import { missing, numberParam, param } from '../params.ts'
import { RestError } from '../registry.ts'
import { described } from './described.ts'
import { plainList } from './plain-list.ts'

const categoryFields = Object.fromEntries(Object.entries(described({
  id: ['integer', 'ID', 'r'],
  name: ['string', 'Nom'],
  sort: ['integer', 'Tri'],
  entityTypeId: ['integer', 'Type d’objet', '!r'],
  isDefault: ['boolean', 'Par défaut', 'r'],
  originId: ['string', 'Identifiant externe'],
  originatorId: ['string', 'Source externe'],
})).map(([name, field]) => [name, { ...field as object, upperName: upperName(name) }]))

const shown = ({ id, name, sort, entityTypeId, isDefault, code }: Category): Record<string, unknown> =>
  ({ id, name, sort, entityTypeId, isDefault: isDefault ? 'Y' : 'N', originId: '', originatorId: '', ...(code ? { code } : {}) })

function typeWithPipelines({ portal, params }: RestCall): number {
  if (param(params, 'entityTypeId') === undefined)
    throw missing('entityTypeId')
  const entityTypeId = numberParam(params, 'entityTypeId')
  if (!portal.crm.items(entityTypeId))
    throw entityTypeId >= 128 ? new RestError(400, 'NOT_FOUND', 'SPA not found') : new RestError(400, 'ENTITY_TYPE_NOT_SUPPORTED', 'Entity type is not supported')
  return entityTypeId
}

export function directoryMethods({ rest }: PortalModule): void {
  rest.method('crm.category.list', { scope: 'crm' }, (call) => {
    const entityTypeId = typeWithPipelines(call)
    const categories = call.portal.crm.categories.filter(category => category.entityTypeId === entityTypeId).map(shown)
    return { result: { categories }, total: categories.length }
  })
  rest.method('crm.category.get', { scope: 'crm' }, (call) => {
    const entityTypeId = typeWithPipelines(call)
    const found = call.portal.crm.categories.find(category => category.entityTypeId === entityTypeId && category.id === numberParam(call.params, 'id'))
    if (!found)
      throw new RestError(400, 'NOT_FOUND', 'Element not found')
    return { category: shown(found) }
  })
  rest.method('crm.category.fields', { scope: 'crm' }, (call) => {
    typeWithPipelines(call)
    return { fields: categoryFields }
  })

  rest.method('crm.stagehistory.list', { scope: 'crm' }, ({ portal, caller, params }) => {
    const entityTypeId = numberParam(params, 'entityTypeId')
    if (!portal.crm.items(entityTypeId) || entityTypeId === 3 || entityTypeId === 4)
      throw new RestError(400, 'INVALID_ARG_VALUE', 'Entity type is not supported')
    const items = portal.crm.stageHistory(entityTypeId)
    const mayRead = visibility(portal, caller.user, entityTypeId)
    const isVisible = mayRead && ((id: number) => mayRead(items.value(id, 'ownerId') as number))
    const camel = new Map(['id', 'typeId', 'ownerId', 'createdTime', 'categoryId', 'stageSemanticId', 'stageId'].map(name => [upperName(name), name]))
    const { rows, total, next } = plainList({
      items,
      params,
      inName: name => camel.get(name.toUpperCase().replace('STATUS_', 'STAGE_')) ?? name,
      isVisible,
      who: caller.user.id,
      show: ({ id, typeId, ownerId, createdTime, categoryId, stageSemanticId, stageId }) => entityTypeId === 1
        ? { ID: id, TYPE_ID: typeId, OWNER_ID: ownerId, CREATED_TIME: createdTime, STATUS_SEMANTIC_ID: stageSemanticId, STATUS_ID: stageId }
        : { ID: id, TYPE_ID: typeId, OWNER_ID: ownerId, CREATED_TIME: createdTime, CATEGORY_ID: categoryId, STAGE_SEMANTIC_ID: stageSemanticId, STAGE_ID: stageId },
    })
    return { result: { items: rows }, total, ...next }
  })
}
