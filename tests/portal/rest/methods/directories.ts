import type { PortalModule } from '../../module.ts'
import type { StatusEntry } from '../../crm/store.ts'
import { toPortalTime } from '../../core/zoned-time.ts'
import { visibility } from '../../crm/access.ts'
import { upperName } from '../../crm/fields.ts'
import { mapParam, missing, numberParam, param, upperKeys } from '../params.ts'
import { RestError } from '../registry.ts'
import { plainList } from './plain-list.ts'

const semanticWords = { P: 'process', S: 'success', F: 'failure' } as const

function shownStatus({ id, entityId, statusId, name, sort, isSystem, categoryId, color, semantics }: StatusEntry): Record<string, unknown> {
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

export function directoryMethods({ rest }: PortalModule): void {
  rest.method('crm.status.list', { scope: 'crm' }, ({ portal, params }) => {
    const wanted = upperKeys(mapParam(params, 'filter'))
    const rows = portal.crm.statuses.map(shownStatus).filter(row =>
      Object.entries(wanted).every(([key, value]) => [value].flat().map(String).includes(String(row[key.replace(/^[=@]/, '')]))))
    const [[key, direction] = ['SORT', 'ASC']] = Object.entries(upperKeys(mapParam(params, 'order')))
    const sign = String(direction).toUpperCase() === 'DESC' ? -1 : 1
    return rows.sort((a, b) => sign * (Number(a[key]) - Number(b[key]) || String(a[key]).localeCompare(String(b[key]))))
  })

  rest.method('crm.category.list', { scope: 'crm' }, ({ portal, params }) => {
    if (param(params, 'entityTypeId') === undefined)
      throw missing('entityTypeId')
    const entityTypeId = numberParam(params, 'entityTypeId')
    if (!portal.crm.items(entityTypeId))
      throw new RestError(400, 'ENTITY_TYPE_NOT_SUPPORTED', 'Entity type is not supported')
    const categories = portal.crm.categories.filter(category => category.entityTypeId === entityTypeId)
      .map(({ id, name, sort, isDefault, code }) => ({ id, name, sort, entityTypeId, isDefault: isDefault ? 'Y' : 'N', originId: '', originatorId: '', ...(code ? { code } : {}) }))
    return { result: { categories }, total: categories.length }
  })

  rest.method('crm.currency.list', { scope: 'crm' }, ({ portal }) => portal.crm.currencies.map(({ code, fullName, amount, amountCount, isBase, formatString, sort }) => ({
    CURRENCY: code,
    AMOUNT_CNT: String(amountCount),
    AMOUNT: amount.toFixed(4),
    SORT: String(sort),
    BASE: isBase ? 'Y' : 'N',
    FULL_NAME: fullName,
    LID: portal.settings.defaultLanguage,
    FORMAT_STRING: formatString,
    DEC_POINT: ',',
    THOUSANDS_SEP: '&nbsp;',
    DECIMALS: '2',
    DATE_UPDATE: toPortalTime(portal.clock.now() - 86_400_000),
  })))

  rest.method('crm.currency.base.get', { scope: 'crm' }, ({ portal }) => portal.crm.currencies.find(({ isBase }) => isBase)!.code)

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
