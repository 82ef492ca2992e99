import type { Item, StatusEntry } from '../crm/store.ts'
import type { Portal, User } from '../state.ts'
import { stagesOf } from '../crm/stages.ts'
import { fullName } from './viewer.ts'

export const entityTypes = { deal: 2, contact: 3, company: 4, invoice: 31 } as const

/** Screens read CRM items under these paths. */
export const recordPath = (entityTypeId: number, id: unknown): string => {
  const names: Record<number, string> = { 1: 'lead', 2: 'deal', 3: 'contact', 4: 'company' }
  const name = names[entityTypeId]
  return name ? `/crm/${name}/details/${String(id)}/` : `/crm/type/${entityTypeId}/details/${String(id)}/`
}

export function mayRead({ user, portal }: { user: User, portal: Portal }, entityTypeId: number, item: Item): boolean {
  if (user.isExtranet)
    return false
  if (user.isAdmin)
    return true
  const companyId = Number(entityTypeId === 4 ? item.id : item.companyId ?? 0)
  if (user.crm.hiddenCompanyIds.includes(companyId))
    return false
  return entityTypeId !== 2 || mayReadDeal(portal, user, Number(item.assignedById))
}

function mayReadDeal(portal: Portal, user: User, assignedById: number): boolean {
  if (user.crm.deals === 'department') {
    const colleague = portal.users.get(assignedById)
    return assignedById === user.id || (colleague?.departmentIds.some(id => user.departmentIds.includes(id)) ?? false)
  }
  return user.crm.deals === 'all' || (user.crm.deals === 'own' && assignedById === user.id)
}

export interface RecordQuery {
  entityTypeId: number
  matches: (item: Item) => boolean
  page: number
  pageSize: number
}

export interface RecordPage {
  items: Item[]
  total: number
  page: number
  pages: number
}

/** Newest first; reads only as far as it must to count what matches. */
export function findRecords(portal: Portal, user: User, { entityTypeId, matches, page, pageSize }: RecordQuery): RecordPage {
  const collection = portal.crm.items(entityTypeId)
  const items: Item[] = []
  const first = (page - 1) * pageSize
  let total = 0
  for (const id of collection?.ids({ descending: true }) ?? []) {
    const item = collection!.get(id)!
    if (!mayRead({ portal, user }, entityTypeId, item) || !matches(item))
      continue
    if (total >= first && items.length < pageSize)
      items.push(item)
    total++
  }
  return { items, total, page, pages: Math.max(1, Math.ceil(total / pageSize)) }
}

export function findRecord(portal: Portal, user: User, entityTypeId: number, id: number): Item | 'denied' | null {
  const item = portal.crm.items(entityTypeId)?.get(id)
  if (!item)
    return null
  return mayRead({ portal, user }, entityTypeId, item) ? item : 'denied'
}

export function recordTitle(entityTypeId: number, item: Item): string {
  const parts = entityTypeId === entityTypes.contact ? [item.name, item.lastName] : [item.title]
  const title = parts.filter(Boolean).map(String).join(' ')
  return title || `#${item.id}`
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
