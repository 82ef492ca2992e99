import type { Command } from './batch.ts'
import type { KeysetList } from './keyset.ts'

/** What is asked of the CRM, in its own words. */

export const dealType = 2
export const companyType = 4

const dealFields = [
  'id', 'title', 'categoryId', 'stageId', 'stageSemanticId', 'opportunity', 'currencyId', 'companyId', 'assignedById',
  'sourceId', 'createdTime', 'begindate', 'closedate', 'movedTime', 'updatedTime',
]
const companyFields = ['id', 'title', 'typeId', 'categoryId', 'assignedById', 'isMyCompany', 'createdTime', 'updatedTime']

const items = (key: string, entityTypeId: number, select: readonly string[]): KeysetList =>
  ({ key, method: 'crm.item.list', params: { entityTypeId, select }, idField: 'id', rowsIn: 'items' })

export const dealList = items('deals', dealType, dealFields)
export const companyList = items('companies', companyType, companyFields)

export const stageChangeList: KeysetList = {
  key: 'changes', method: 'crm.stagehistory.list', params: { entityTypeId: dealType }, idField: 'ID', rowsIn: 'items',
}

/** Only what changed since; the host compares with its own clock. */
export const changedSince = (list: KeysetList, since: Date): KeysetList =>
  ({ ...list, filter: { '>=updatedTime': since.toISOString() } })

/** PHP stops reading a query at 1,000 variables, so no more owners than this in one command. */
export const ownersPerCommand = 500

export const productRowList = (key: string, dealIds: readonly number[]): KeysetList =>
  ({ key, method: 'crm.item.productrow.list', params: {}, filter: { '=ownerType': 'D', '=ownerId': dealIds }, idField: 'id', rowsIn: 'productRows' })

/** These items by number, fifty at most: what is not answered does not exist, or not for us. */
export const itemsById = (list: KeysetList, key: string, ids: readonly number[]): Command =>
  ({ key, method: list.method, params: { ...list.params, filter: { '@id': ids }, order: { id: 'ASC' }, start: -1 } })

/** How many items have an id in this range, and the first fifty of them. */
export function rangeCount(list: KeysetList, key: string, { above, upTo }: { above: number, upTo: number | null }): Command {
  const { entityTypeId } = list.params
  const filter = { '>id': above, ...(upTo !== null && { '<=id': upTo }) }
  return { key, method: list.method, params: { entityTypeId, select: ['id'], filter, order: { id: 'ASC' }, start: 0 } }
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
