import type { Item, StatusEntry } from '../crm/store.ts'
import type { Portal, User } from '../state.ts'
import { maySee, visibility } from '../crm/access.ts'
import { stagesOf } from '../crm/stages.ts'
import { fullName } from './viewer.ts'

export const entityTypes = { deal: 2, contact: 3, company: 4, invoice: 31 } as const

/** Screens read CRM items under these paths. */
export const recordPath = (entityTypeId: number, id: unknown): string => {
  const names: Record<number, string> = { 1: 'lead', 2: 'deal', 3: 'contact', 4: 'company' }
  const name = names[entityTypeId]
  return name ? `/crm/${name}/details/${String(id)}/` : `/crm/type/${entityTypeId}/details/${String(id)}/`
}

const placementPrefixes: Record<number, string> = { 1: 'CRM_LEAD', 2: 'CRM_DEAL', 3: 'CRM_CONTACT', 4: 'CRM_COMPANY', 7: 'CRM_QUOTE', 31: 'CRM_SMART_INVOICE' }

/** What the placement codes of a record type begin with. */
export const placementPrefix = (entityTypeId: number): string => placementPrefixes[entityTypeId] ?? `CRM_DYNAMIC_${entityTypeId}`

export type ReadField = (field: string) => unknown

export interface RecordQuery {
  entityTypeId: number
  /** Reads single fields, so that rows that do not match are never built. */
  matches: (read: ReadField) => boolean
  page: number
  pageSize: number
}

export interface RecordPage {
  items: Item[]
  total: number
  page: number
  pages: number
}

/** Newest first. */
export function findRecords(portal: Portal, user: User, { entityTypeId, matches, page, pageSize }: RecordQuery): RecordPage {
  const first = (page - 1) * pageSize
  const ids: number[] = []
  let total = 0
  for (const id of visibleIds(portal, user, entityTypeId, matches)) {
    if (total >= first && ids.length < pageSize)
      ids.push(id)
    total++
  }
  const items = ids.flatMap(id => portal.crm.items(entityTypeId)?.get(id) ?? [])
  return { items, total, page, pages: Math.max(1, Math.ceil(total / pageSize)) }
}

export function* visibleIds(portal: Portal, user: User, entityTypeId: number, matches: (read: ReadField) => boolean): Generator<number, void, undefined> {
  const collection = portal.crm.items(entityTypeId)
  const isVisible = visibility(portal, user, entityTypeId)
  let at = 0
  const read: ReadField = field => collection!.value(at, field)
  for (const id of collection?.ids({ descending: true }) ?? []) {
    at = id
    if ((isVisible === null || isVisible(id)) && matches(read))
      yield id
  }
}

export function findRecord(portal: Portal, user: User, entityTypeId: number, id: number): Item | 'denied' | null {
  const item = portal.crm.items(entityTypeId)?.get(id)
  if (!item)
    return null
  return maySee(portal, user, entityTypeId, id) ? item : 'denied'
}

export const recordTitle = (entityTypeId: number, item: Item): string =>
  readTitle(entityTypeId, field => item[field]) || `#${item.id}`

export function readTitle(entityTypeId: number, read: ReadField): string {
  const parts = entityTypeId === entityTypes.contact ? [read('name'), read('lastName')] : [read('title')]
  return parts.filter(Boolean).map(String).join(' ')
}

export const userName = (portal: Portal, id: unknown): string => {
  const user = portal.users.get(Number(id))
  return user ? fullName(user) : ''
}

export function stageOf(portal: Portal, entityTypeId: number, item: Item): StatusEntry | undefined {
  return stagesOf(portal.crm, entityTypeId, Number(item.categoryId ?? 0)).find(({ statusId }) => statusId === item.stageId)
}

const processColours = ['#55b4f5', '#39c6ea', '#5ad6cf', '#5fdc9f', '#ffb43a', '#c5a6f5']

/** Colour of a stage: its own, or by its place and meaning. */
export function stageColour(stage: StatusEntry, position: number): string {
  if (stage.color && /^#[0-9a-f]{6}$/i.test(stage.color))
    return stage.color
  if (stage.semantics === 'S')
    return '#84d14a'
  return stage.semantics === 'F' ? '#ff8a80' : processColours[position % processColours.length]!
}

export function directoryName(portal: Portal, entityId: string, statusId: unknown): string {
  return portal.crm.statuses.find(entry => entry.entityId === entityId && entry.statusId === statusId)?.name ?? String(statusId ?? '')
}

/** Stage moves of one record, oldest first. */
export function stageMoves({ crm }: Portal, entityTypeId: number, itemId: number): Item[] {
  const history = crm.stageHistory(entityTypeId)
  const candidates = history.idsBy('ownerId', [itemId]) ?? [...history.ids()]
  return candidates
    .filter(id => history.value(id, 'ownerId') === itemId)
    .flatMap(id => history.get(id) ?? [])
}
