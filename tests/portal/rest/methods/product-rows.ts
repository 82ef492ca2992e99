import type { PortalModule } from '../../module.ts'
import type { Item } from '../../crm/collection.ts'
import type { RestCall } from '../registry.ts'
import type { Portal } from '../../state.ts'
import { omit } from '../../core/omit.ts'
import { mayEdit, maySee } from '../../crm/access.ts'
import { productRow } from '../../data/deal-companions.ts'
import { listParam, mapParam, missing, numberParam, pageOf, param, textParam } from '../params.ts'
import { RestError } from '../registry.ts'
import { ownedRows } from './owned-rows.ts'

const shortCodes: Record<string, number> = { L: 1, D: 2, Q: 7, SI: 31 }

function typeOf(code: string): number {
  const dynamic = /^T([0-9a-f]+)$/.exec(code)
  const entityTypeId = dynamic ? Number.parseInt(dynamic[1]!, 16) : shortCodes[code]
  if (entityTypeId === undefined)
    throw new RestError(400, 'ENTITY_TYPE_NOT_SUPPORTED', 'Entity type is not supported')
  return entityTypeId
}

function owner({ portal, caller }: RestCall, ownerType: string, ownerId: number, { forWriting }: { forWriting: boolean }): void {
  const entityTypeId = typeOf(ownerType)
  if (!portal.crm.items(entityTypeId)?.has(ownerId))
    throw new RestError(400, 'OWNER_NOT_FOUND', 'Owner was not found')
  const may = forWriting ? mayEdit : maySee
  if (!may(portal, caller.user, entityTypeId, ownerId))
    throw new RestError(400, 'ACCESS_DENIED', 'Access denied')
}

function fill(id: number, ownerType: string, ownerId: number, fields: Record<string, unknown>): Item {
  const { price = 0, quantity = 1, productId = 0, productName = '', taxRate = 0, taxIncluded = 'N', discountRate = 0, sort = 10 } = fields
  return {
    ...productRow(id, {
      ownerId,
      ownerType,
      productId: Number(productId),
      productName: String(productName),
      price: Number(price),
      quantity: Number(quantity),
      taxRate: Number(taxRate),
      taxIncluded: String(taxIncluded),
      discountRate: Number(discountRate),
      sort: Number(sort),
    }),
    ...(fields.measureCode === undefined ? {} : { measureCode: Number(fields.measureCode) }),
    ...(fields.measureName === undefined ? {} : { measureName: String(fields.measureName) }),
  }
}

/** The amount of the owner follows its rows unless it was typed in by hand. */
function recount(portal: Portal, ownerType: string, ownerId: number, userId: number): void {
  const entityTypeId = typeOf(ownerType)
  const item = portal.crm.items(entityTypeId)!.get(ownerId)!
  if (item.isManualOpportunity === 'Y')
    return
  const rows = ownedRows(portal, ownerType, ownerId)
  const opportunity = rows.reduce((sum, row) => {
    const { price, quantity, taxRate, taxIncluded } = row as Item & { price: number, quantity: number, taxRate: number, taxIncluded: string }
    return sum + price * quantity * (taxIncluded === 'Y' ? 1 : 1 + taxRate / 100)
  }, 0)
  portal.crm.update(entityTypeId, ownerId, { opportunity: Math.round(opportunity * 100) / 100 }, { userId })
}

function list(call: RestCall): unknown {
  const { portal, params } = call
  const filter = mapParam(params, 'filter')
  const ownerType = filter['=ownerType'] ?? filter.ownerType
  const ownerIds = [filter['=ownerId'] ?? filter.ownerId].flat().map(Number)
  if (typeof ownerType !== 'string' || ownerIds.some(id => !(id > 0)))
    throw new RestError(400, '0', 'Required filter fields: =ownerType, =ownerId')
  if (ownerIds.length === 1)
    owner(call, ownerType, ownerIds[0]!, { forWriting: false })
  const entityTypeId = typeOf(ownerType)
  const visible = ownerIds.filter(id => portal.crm.items(entityTypeId)?.has(id) && maySee(portal, call.caller.user, entityTypeId, id))
  const after = Number(filter['>id'] ?? 0)
  const rows = visible.flatMap(id => ownedRows(portal, ownerType, id)).filter(({ id }) => id > after).sort((a, b) => a.id - b.id)
  const { page, next } = pageOf(rows, param(params, 'start'))
  return { result: { productRows: page }, total: numberParam(params, 'start') < 0 ? 0 : rows.length, ...next }
}

function set(call: RestCall): unknown {
  const { portal, caller, params } = call
  const ownerType = textParam(params, 'ownerType')
  const ownerId = numberParam(params, 'ownerId')
  if (param(params, 'productRows') === undefined)
    throw missing('productRows')
  owner(call, ownerType, ownerId, { forWriting: true })
  return { productRows: replaceRows(portal, { ownerType, ownerId }, listParam(params, 'productRows'), caller.user.id) }
}

/** The rows of a record are these from now on. */
export function replaceRows(portal: Portal, { ownerType, ownerId }: { ownerType: string, ownerId: number }, given: unknown[], userId: number): Item[] {
  for (const { id } of ownedRows(portal, ownerType, ownerId))
    portal.crm.productRows.delete(id)
  const rows = given.map(fields => portal.crm.productRows.insert(omit(fill(0, ownerType, ownerId, fields as Record<string, unknown>), 'id')))
  recount(portal, ownerType, ownerId, userId)
  return rows
}

function add(call: RestCall): unknown {
  const { portal, caller, params } = call
  const fields = mapParam(params, 'fields')
  const ownerType = String(fields.ownerType ?? '')
  const ownerId = Number(fields.ownerId ?? 0)
  owner(call, ownerType, ownerId, { forWriting: true })
  const productRowAdded = portal.crm.productRows.insert(omit(fill(0, ownerType, ownerId, fields), 'id'))
  recount(portal, ownerType, ownerId, caller.user.id)
  return { productRow: productRowAdded }
}

function existing(call: RestCall, forWriting: boolean): Item & { ownerType: string, ownerId: number } {
  const row = call.portal.crm.productRows.get(numberParam(call.params, 'id'))
  if (!row)
    throw new RestError(400, '0', 'Product row was not found')
  owner(call, String(row.ownerType), Number(row.ownerId), { forWriting })
  return row as Item & { ownerType: string, ownerId: number }
}

export function productRowMethods({ rest }: PortalModule): void {
  const options = { scope: 'crm', intranetOnly: true }
  rest.method('crm.item.productrow.list', options, list)
  rest.method('crm.item.productrow.set', options, set)
  rest.method('crm.item.productrow.add', options, add)
  rest.method('crm.item.productrow.get', options, call => ({ productRow: existing(call, false) }))
  rest.method('crm.item.productrow.update', options, (call) => {
    const row = existing(call, true)
    const changed = fill(row.id, row.ownerType, row.ownerId, { ...row, ...mapParam(call.params, 'fields') })
    call.portal.crm.productRows.replace(changed)
    recount(call.portal, row.ownerType, row.ownerId, call.caller.user.id)
    return { productRow: changed }
  })
  rest.method('crm.item.productrow.delete', options, (call) => {
    const row = existing(call, true)
    call.portal.crm.productRows.delete(row.id)
    recount(call.portal, row.ownerType, row.ownerId, call.caller.user.id)
    return null
  })
  rest.method('crm.item.productrow.fields', options, () => {
    const sample = productRow(0, { ownerId: 0, ownerType: 'D', productId: 0, productName: '', price: 0, quantity: 1 })
    return { fields: Object.fromEntries(Object.entries(sample).map(([name, value]) => [name, { type: typeof value === 'number' ? 'double' : 'string', isRequired: name === 'ownerId' || name === 'ownerType', isReadOnly: name === 'id', isImmutable: false, isMultiple: false, isDynamic: false, title: name }])) }
  })
}
