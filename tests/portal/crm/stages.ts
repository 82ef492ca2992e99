import type { CrmStore, StatusEntry } from './store.ts'

/** Directory that holds the stages of a type's pipeline. */
export function stageDirectory(entityTypeId: number, categoryId: number): string | null {
  if (entityTypeId === 1)
    return 'STATUS'
  if (entityTypeId === 2)
    return categoryId === 0 ? 'DEAL_STAGE' : `DEAL_STAGE_${categoryId}`
  if (entityTypeId === 7)
    return 'QUOTE_STATUS'
  if (entityTypeId === 31)
    return `SMART_INVOICE_STAGE_${categoryId}`
  return entityTypeId >= 128 ? `DYNAMIC_${entityTypeId}_STAGE_${categoryId}` : null
}

export function stagesOf(store: CrmStore, entityTypeId: number, categoryId: number): StatusEntry[] {
  const directory = stageDirectory(entityTypeId, categoryId)
  return store.statuses.filter(({ entityId }) => entityId === directory).sort((a, b) => a.sort - b.sort)
}

export function findStage(store: CrmStore, entityTypeId: number, categoryId: number, stageId: unknown): StatusEntry | undefined {
  return stagesOf(store, entityTypeId, categoryId).find(({ statusId }) => statusId === stageId)
}

export function hasStages(entityTypeId: number): boolean {
  return stageDirectory(entityTypeId, 0) !== null
}
