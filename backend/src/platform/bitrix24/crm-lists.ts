import type { Command } from './batch.ts'
import type { KeysetList } from './keyset.ts'

/** What is asked of the CRM, in its own words. */

export const leadType = 1
export const dealType = 2
export const contactType = 3
export const companyType = 4
export const invoiceType = 31

const campaignFields = ['utmSource', 'utmMedium', 'utmCampaign', 'utmContent', 'utmTerm']
const dealFields = [
  'id', 'title', 'categoryId', 'stageId', 'stageSemanticId', 'opportunity', 'currencyId', 'companyId', 'assignedById',
  'sourceId', 'leadId', ...campaignFields, 'createdTime', 'begindate', 'closedate', 'movedTime', 'updatedTime',
]
const leadFields = [
  'id', 'title', 'stageId', 'stageSemanticId', 'opportunity', 'currencyId', 'companyId', 'contactId', 'assignedById', 'sourceId',
  ...campaignFields, 'createdTime', 'movedTime', 'updatedTime',
]
const contactFields = ['id', 'companyId', 'leadId', 'assignedById', 'sourceId', 'createdTime', 'updatedTime']
const smartFields = [
  'id', 'title', 'stageId', 'opportunity', 'currencyId', 'companyId', 'parentId2', 'assignedById', 'begindate', 'closedate',
  'createdTime', 'movedTime', 'updatedTime',
]
const activityFields = ['ID', 'OWNER_TYPE_ID', 'OWNER_ID', 'TYPE_ID', 'PROVIDER_ID', 'RESPONSIBLE_ID', 'COMPLETED', 'DIRECTION', 'DEADLINE', 'CREATED', 'LAST_UPDATED']
const companyFields = ['id', 'title', 'typeId', 'categoryId', 'assignedById', 'isMyCompany', 'createdTime', 'updatedTime']

/** A list whose records tell when they changed. */
export interface ItemList extends KeysetList {
  readonly changedField: string
}

const items = (key: string, entityTypeId: number, select: readonly string[]): ItemList =>
  ({ key, method: 'crm.item.list', params: { entityTypeId, select }, idField: 'id', rowsIn: 'items', changedField: 'updatedTime' })

export const dealList = items('deals', dealType, dealFields)
export const companyList = items('companies', companyType, companyFields)
export const leadList = items('leads', leadType, leadFields)
export const contactList = items('contacts', contactType, contactFields)
export const invoiceList = items('invoices', invoiceType, [...smartFields, 'accountNumber', 'taxValue', 'mycompanyId'])
export const smartItemList = (entityTypeId: number): ItemList => items(`smart_${entityTypeId}`, entityTypeId, smartFields)

/** Of the old family: capitals, text values, a bare list. */
export const activityList: ItemList = {
  key: 'activities', method: 'crm.activity.list', params: { select: activityFields }, idField: 'ID', rowsIn: null, changedField: 'LAST_UPDATED',
}

export const stageChangeList: KeysetList = {
  key: 'changes', method: 'crm.stagehistory.list', params: { entityTypeId: dealType }, idField: 'ID', rowsIn: 'items',
}

/** Only what changed since; the host compares with its own clock. */
export const changedSince = (list: ItemList, since: Date): KeysetList =>
  ({ ...list, filter: { [`>=${list.changedField}`]: since.toISOString() } })

/** PHP stops reading a query at 1,000 variables, so no more owners than this in one command. */
export const ownersPerCommand = 500

export const productRowList = (key: string, dealIds: readonly number[]): KeysetList =>
  ({ key, method: 'crm.item.productrow.list', params: {}, filter: { '=ownerType': 'D', '=ownerId': dealIds }, idField: 'id', rowsIn: 'productRows' })

/** These items by number, fifty at most: what is not answered does not exist, or not for us. */
export const itemsById = (list: KeysetList, key: string, ids: readonly number[]): Command =>
  ({ key, method: list.method, params: { ...list.params, filter: { [`@${list.idField}`]: ids }, order: { [list.idField]: 'ASC' }, start: -1 } })

/** How many items have an id in this range, and the first fifty of them. */
export function rangeCount(list: KeysetList, key: string, { above, upTo }: { above: number, upTo: number | null }): Command {
  const { method, params, idField } = list
  const filter = { [`>${idField}`]: above, ...(upTo !== null && { [`<=${idField}`]: upTo }) }
  return { key, method, params: { ...params, select: [idField], filter, order: { [idField]: 'ASC' }, start: 0 } }
}

export const countAll = (list: KeysetList, key: string): Command => {
  const { method, params, idField } = list
  return { key, method, params: { ...params, select: [idField], order: { [idField]: 'ASC' }, start: 0 } }
}

export const categories = (key: string, entityTypeId: number): Command => ({ key, method: 'crm.category.list', params: { entityTypeId } })
export const statuses = (key: string): Command => ({ key, method: 'crm.status.list', params: { order: { SORT: 'ASC' } } })
export const currencies = (key: string): Command => ({ key, method: 'crm.currency.list', params: {} })
export const departments = (key: string, start: number): Command => ({ key, method: 'department.get', params: { sort: 'ID', order: 'ASC', START: start } })
export const users = (key: string, start: number): Command => ({ key, method: 'user.get', params: { sort: 'ID', order: 'ASC', start } })

export const productRowsOf = (key: string, dealId: number): Command => {
  const { method, filter } = productRowList(key, [dealId])
  return { key, method, params: { filter: { ...filter, '=ownerId': dealId }, order: { id: 'ASC' } } }
}

export const dealStageChanges = (key: string, dealId: number): Command => {
  const { method, params, idField } = stageChangeList
  return { key, method, params: { ...params, filter: { OWNER_ID: dealId }, order: { [idField]: 'ASC' } } }
}
