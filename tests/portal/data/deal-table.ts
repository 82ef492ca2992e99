import type { Item, RowSource } from '../crm/collection.ts'
import { startOfPortalDay, toPortalTime } from '../core/zoned-time.ts'
import { emptyValue } from '../crm/field-values.ts'
import { standardFields } from '../crm/fields.ts'
import { campaignOf } from './campaigns.ts'
import { dealStages, sources } from './directories.ts'
import { scatter } from './random.ts'

export interface DealTableNames {
  products: string[]
  /** By company id. */
  companies: Map<number, string>
}

export interface DealTable {
  readonly count: number
  /** Positions in `dealStages`. */
  readonly stage: Uint8Array
  /** Last open stage before a loss. */
  readonly lostAt: Uint8Array
  readonly owner: Uint16Array
  readonly company: Uint32Array
  readonly product: Uint8Array
  readonly currency: Uint8Array
  readonly amount: Float64Array
  /** Unix seconds. */
  readonly created: Uint32Array
  readonly moved: Uint32Array
  readonly close: Uint32Array
  readonly names: DealTableNames
  /** The lead that a row was made of. */
  readonly leads: Map<number, number>
}

export const tableCurrencies = ['EUR', 'USD', 'GBP']

export function createDealTable(count: number, names: DealTableNames): DealTable {
  return {
    count,
    names,
    leads: new Map(),
    stage: new Uint8Array(count),
    lostAt: new Uint8Array(count),
    owner: new Uint16Array(count),
    company: new Uint32Array(count),
    product: new Uint8Array(count),
    currency: new Uint8Array(count),
    amount: new Float64Array(count),
    created: new Uint32Array(count),
    moved: new Uint32Array(count),
    close: new Uint32Array(count),
  }
}

const probability = [10, 25, 50, 75, 100, 0, 0]
export const lostStage = 5
export const wonStage = 4

const sourceOf = (row: number) => sources[scatter(row, 1, sources.length)]!
const time = (seconds: number) => toPortalTime(seconds * 1000)
const day = (seconds: number) => toPortalTime(startOfPortalDay(seconds * 1000))

const blanks = new Map(standardFields(2).map(field => [field.name, emptyValue(field)]))
blanks.set('ufCrmRenewal', 'N')
const fieldNames = [...blanks.keys()].filter(name => name !== 'id')

/** Deals 1 … count, each field computed from the columns when it is asked for. */
export function dealRows(table: DealTable): RowSource {
  const { stage, owner, company, product, currency, amount, created, moved, close, names, leads } = table

  const read: Record<string, (row: number) => unknown> = {
    id: row => row + 1,
    title: row => `${names.products[product[row]!]} – ${names.companies.get(company[row]!) ?? 'nouveau client'}`,
    stageId: row => dealStages[stage[row]!]![0],
    stageSemanticId: row => dealStages[stage[row]!]![2],
    closed: row => stage[row]! >= wonStage ? 'Y' : 'N',
    isNew: row => stage[row] === 0 ? 'Y' : 'N',
    categoryId: () => 0,
    probability: row => probability[stage[row]!],
    opportunity: row => amount[row],
    currencyId: row => tableCurrencies[currency[row]!],
    companyId: row => company[row],
    contactId: row => company[row],
    contactIds: row => company[row] === 0 ? [] : [company[row]],
    assignedById: row => owner[row],
    createdBy: row => owner[row],
    updatedBy: row => owner[row],
    movedBy: row => owner[row],
    lastActivityBy: row => owner[row],
    createdTime: row => time(created[row]!),
    updatedTime: row => time(moved[row]!),
    movedTime: row => time(moved[row]!),
    lastActivityTime: row => time(moved[row]!),
    begindate: row => day(created[row]!),
    closedate: row => day(close[row]!),
    typeId: () => 'SALE',
    sourceId: sourceOf,
    leadId: row => leads.get(row) ?? 0,
    utmSource: row => campaignOf(sourceOf(row), row)?.utmSource ?? null,
    utmMedium: row => campaignOf(sourceOf(row), row)?.utmMedium ?? null,
    utmCampaign: row => campaignOf(sourceOf(row), row)?.utmCampaign ?? null,
    opened: () => 'Y',
    ufCrmRenewal: row => scatter(row, 2, 5) === 0 ? 'Y' : 'N',
  }

  const times: Record<string, (row: number) => number> = {
    createdTime: row => created[row]! * 1000,
    updatedTime: row => moved[row]! * 1000,
    movedTime: row => moved[row]! * 1000,
    lastActivityTime: row => moved[row]! * 1000,
    begindate: row => startOfPortalDay(created[row]! * 1000),
    closedate: row => startOfPortalDay(close[row]! * 1000),
  }

  const value = (id: number, field: string): unknown => {
    const reader = read[field]
    return reader ? reader(id - 1) : blanks.get(field)
  }

  return {
    maxId: table.count,
    count: table.count,
    has: id => id >= 1 && id <= table.count,
    value,
    time: (id, field) => times[field]?.(id - 1),
    item(id) {
      const item: Item = { id }
      for (const name of fieldNames)
        item[name] = value(id, name)
      return item
    },
  }
}
