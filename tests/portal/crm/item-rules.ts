import type { Item } from './collection.ts'
import type { Field } from './fields.ts'
import type { CrmStore } from './store.ts'
import { startOfPortalDay, toPortalTime } from '../core/zoned-time.ts'
import { emptyValue, storedValue } from './field-values.ts'
import { standardFields, upperName } from './fields.ts'
import { findStage, hasStages, stagesOf } from './stages.ts'

/** Fields of a type: the standard ones and the portal's own. */
export function fieldsOf(store: CrmStore, entityTypeId: number): Field[] {
  const own = (store.userFields.get(entityTypeId) ?? []).map(({ name, type, title, isMultiple, items }): Field => ({
    name,
    upper: upperName(name),
    type: type as Field['type'],
    title,
    isRequired: false,
    isReadOnly: false,
    isMultiple,
    isDynamic: true,
    statusType: null,
    items: items ?? null,
  }))
  return own.length > 0 ? [...standardFields(entityTypeId), ...own] : standardFields(entityTypeId)
}

/** Times and people that imports of an administrator may keep. */
const preservable = new Set(['createdTime', 'updatedTime', 'createdBy', 'updatedBy', 'movedTime', 'movedBy'])

function accepted(store: CrmStore, entityTypeId: number, input: Record<string, unknown>): Record<string, unknown> {
  const known = new Map(fieldsOf(store, entityTypeId).map(field => [field.name, field]))
  const result: Record<string, unknown> = {}
  for (const [name, value] of Object.entries(input)) {
    const field = known.get(name)
    if (field && name !== 'id')
      result[name] = storedValue(field, value)
  }
  return result
}

export function newItem(store: CrmStore, entityTypeId: number, input: Record<string, unknown>, userId: number, now: number): Omit<Item, 'id'> {
  const time = toPortalTime(now)
  const blank = Object.fromEntries(fieldsOf(store, entityTypeId).filter(({ name }) => name !== 'id').map(field => [field.name, emptyValue(field)]))
  const given = accepted(store, entityTypeId, input)
  const item: Omit<Item, 'id'> = {
    ...blank,
    createdBy: userId,
    updatedBy: userId,
    assignedById: userId,
    createdTime: time,
    updatedTime: time,
    lastActivityBy: userId,
    lastActivityTime: time,
    opened: 'Y',
    ...('currencyId' in blank ? { currencyId: store.currencies.find(({ isBase }) => isBase)?.code ?? 'EUR' } : {}),
    ...given,
  }
  if (hasStages(entityTypeId))
    enterStage(store, entityTypeId, item, given.stageId, userId, now)
  return derived(store, entityTypeId, item, given, now)
}

export function changedItem(store: CrmStore, entityTypeId: number, before: Item, input: Record<string, unknown>, userId: number, now: number): Item {
  const given = accepted(store, entityTypeId, input)
  for (const field of fieldsOf(store, entityTypeId)) {
    if (field.isReadOnly && !preservable.has(field.name))
      delete given[field.name]
  }
  const item: Item = { ...before, updatedBy: userId, updatedTime: toPortalTime(now), ...given }
  if (hasStages(entityTypeId) && (given.stageId !== undefined || given.categoryId !== undefined) && (item.stageId !== before.stageId || item.categoryId !== before.categoryId))
    enterStage(store, entityTypeId, item, item.stageId, userId, now, before)
  return { ...derived(store, entityTypeId, item, given, now), id: before.id }
}

/** Moves the item to a stage of its pipeline, to the first one when the stage does not belong there. */
function enterStage(store: CrmStore, entityTypeId: number, item: Omit<Item, 'id'>, wanted: unknown, userId: number, now: number, before?: Item): void {
  const categoryId = Number(item.categoryId ?? 0)
  const stage = findStage(store, entityTypeId, categoryId, wanted) ?? stagesOf(store, entityTypeId, categoryId)[0]
  if (!stage)
    return
  item.stageId = stage.statusId
  item.previousStageId = before?.stageId ?? ''
  item.movedBy = userId
  item.movedTime ??= toPortalTime(now)
  if (before)
    item.movedTime = toPortalTime(now)
}

function derived(store: CrmStore, entityTypeId: number, item: Omit<Item, 'id'>, given: Record<string, unknown>, now: number): Omit<Item, 'id'> {
  const semantics = findStage(store, entityTypeId, Number(item.categoryId ?? 0), item.stageId)?.semantics ?? 'P'
  if (entityTypeId === 1 || entityTypeId === 2) {
    item.stageSemanticId = semantics
    item.isNew = item.previousStageId ? 'N' : 'Y'
  }
  if (entityTypeId === 2) {
    const wasClosed = item.closed === 'Y'
    item.closed = semantics === 'P' ? 'N' : 'Y'
    if (item.closed === 'Y' && !wasClosed && given.closedate === undefined)
      item.closedate = toPortalTime(startOfPortalDay(now))
  }
  if (Array.isArray(item.contactIds) && item.contactIds.length > 0 && !given.contactId)
    item.contactId = item.contactIds[0]
  if ('fm' in item && Array.isArray(item.fm)) {
    const kinds = new Set(item.fm.map((entry: { typeId?: string }) => entry.typeId))
    item.hasPhone = kinds.has('PHONE') ? 'Y' : 'N'
    item.hasEmail = kinds.has('EMAIL') ? 'Y' : 'N'
  }
  return item
}

/** The history row of a creation or a move; null when the stage stayed. */
export function stageMove(store: CrmStore, entityTypeId: number, before: Item | null, after: Item, now: number): Omit<Item, 'id'> | null {
  if (!hasStages(entityTypeId) || (before && before.stageId === after.stageId && before.categoryId === after.categoryId))
    return null
  const categoryId = Number(after.categoryId ?? 0)
  const semantics = findStage(store, entityTypeId, categoryId, after.stageId)?.semantics ?? 'P'
  const movedPipeline = before !== null && before.categoryId !== after.categoryId
  const typeId = before === null ? 1 : movedPipeline ? 5 : semantics === 'P' ? 2 : 3
  return {
    typeId,
    ownerId: after.id,
    createdTime: before === null && typeof after.createdTime === 'string' ? after.createdTime : toPortalTime(now),
    categoryId,
    stageSemanticId: semantics,
    stageId: after.stageId,
  }
}
