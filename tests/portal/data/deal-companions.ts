import type { Item, RowSource } from '../crm/collection.ts'
import type { DealTable } from './deal-table.ts'
import { toPortalTime } from '../core/zoned-time.ts'
import { lostStage } from './deal-table.ts'
import { dealStages } from './directories.ts'
import { scatter } from './random.ts'

/** Room for the history rows of one deal: their ids leave gaps where a deal moved less. */
const historySlots = 6

function moves({ stage, lostAt }: DealTable, row: number): number {
  return stage[row] === lostStage ? lostAt[row]! + 2 : stage[row]! + 1
}

/** One row at creation, one for each stage passed, up to the present one. */
export function historyRows(table: DealTable): RowSource {
  let count = 0
  for (let row = 0; row < table.count; row++)
    count += moves(table, row)

  const row = (id: number) => Math.floor((id - 1) / historySlots)
  const step = (id: number) => (id - 1) % historySlots
  const maxId = table.count * historySlots

  const stage = (id: number) => dealStages[step(id) === moves(table, row(id)) - 1 ? table.stage[row(id)]! : step(id)]!

  function milliseconds(id: number): number {
    const at = row(id)
    const last = moves(table, at) - 1
    const begin = table.created[at]!
    return 1000 * (last === 0 ? begin : begin + Math.round((table.moved[at]! - begin) * step(id) / last))
  }

  const read: Record<string, (id: number) => unknown> = {
    id: id => id,
    typeId: id => step(id) === 0 ? 1 : stage(id)[2] === 'P' ? 2 : 3,
    ownerId: id => row(id) + 1,
    createdTime: id => toPortalTime(milliseconds(id)),
    categoryId: () => 0,
    stageSemanticId: id => stage(id)[2],
    stageId: id => stage(id)[0],
  }
  const fields = Object.entries(read)
  const has = (id: number) => id >= 1 && id <= maxId && step(id) < moves(table, row(id))

  return {
    maxId,
    count,
    has,
    item: id => Object.fromEntries(fields.map(([name, value]) => [name, value(id)])) as Item,
    value: (id, field) => read[field]?.(id),
    time: (id, field) => field === 'createdTime' ? milliseconds(id) : undefined,
    idsBy: (field, value) => field === 'ownerId'
      ? Array.from({ length: historySlots }, (_, at) => (Number(value) - 1) * historySlots + at + 1).filter(has)
      : undefined,
  }
}

/** One product row to a deal, with the deal's number as its own. */
/** In percent: most is sold at its list price. */
const discounts = [0, 0, 0, 5, 0, 10, 0, 0, 15, 0]

export function productRows(table: DealTable): RowSource {
  function item(id: number): Item {
    const row = id - 1
    const amount = table.amount[row]!
    const wanted = [1, 1, 2, 5][scatter(row, 3, 4)]!
    const quantity = Number.isInteger(amount / wanted) ? wanted : 1
    return productRow(id, { ownerId: id, ownerType: 'D', productId: table.product[row]! + 1, productName: table.names.products[table.product[row]!]!, price: amount / quantity, quantity, discountRate: discounts[scatter(row, 5, discounts.length)]! })
  }
  return {
    maxId: table.count,
    count: table.count,
    has: id => id >= 1 && id <= table.count,
    item,
    value: (id, field) => field === 'id' || field === 'ownerId' ? id : field === 'ownerType' ? 'D' : item(id)[field],
  }
}

interface ProductRowInput {
  ownerId: number
  ownerType: string
  productId: number
  productName: string
  price: number
  quantity: number
  taxRate?: number
  taxIncluded?: string
  discountRate?: number
  sort?: number
}

/** A complete row from what is usually given. */
export function productRow(id: number, { taxRate = 20, taxIncluded = 'N', discountRate = 0, sort = 10, ...given }: ProductRowInput): Item {
  const { price } = given
  const exclusive = taxIncluded === 'Y' ? price / (1 + taxRate / 100) : price
  return {
    id,
    ...given,
    priceAccount: price,
    priceExclusive: round(exclusive),
    priceNetto: round(discountRate === 100 ? exclusive : exclusive / (1 - discountRate / 100)),
    priceBrutto: round(price / (1 - (discountRate === 100 ? 0 : discountRate) / 100)),
    customized: 'Y',
    discountTypeId: 2,
    discountRate,
    discountSum: round(discountRate === 100 ? 0 : exclusive / (1 - discountRate / 100) - exclusive),
    taxRate,
    taxIncluded,
    measureCode: 796,
    measureName: 'pièce',
    sort,
    type: 1,
    storeId: null,
    xmlId: '',
  }
}

function round(amount: number): number {
  return Math.round(amount * 100) / 100
}
