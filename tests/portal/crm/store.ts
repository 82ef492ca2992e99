import type { ItemChange } from '../state.ts'
import type { Collection, Item } from './collection.ts'

export type { Collection, Item }

export interface StatusEntry {
  id: number
  entityId: string
  statusId: string
  name: string
  sort: number
  isSystem: boolean
  categoryId: number | null
  color: string | null
  /** P process, S success, F failure; null for plain directories. */
  semantics: 'P' | 'S' | 'F' | null
}

export interface Category {
  id: number
  entityTypeId: number
  name: string
  sort: number
  isDefault: boolean
  code: string | null
}

export interface Currency {
  code: string
  fullName: string
  /** How much of the base currency `amountCount` units are worth. */
  amount: number
  amountCount: number
  isBase: boolean
  formatString: string
  sort: number
  /** Names and formats by language, where they were set. */
  languages?: Record<string, Record<string, unknown>>
}

export interface DynamicType {
  id: number
  entityTypeId: number
  title: string
}

export interface WriteContext {
  userId: number
  startsAutomation?: boolean
  byAutomation?: boolean
}

/** The CRM's records. Items are kept in the camelCase of crm.item.*. */
export interface CrmStore {
  /** Items of one type: 1, 2, 3, 4, 7, 31 and the smart processes. */
  items(entityTypeId: number): Collection | undefined
  readonly productRows: Collection
  readonly stageHistory: (entityTypeId: number) => Collection
  readonly requisites: Collection
  readonly bankDetails: Collection
  readonly stockDocuments: Collection
  readonly stockElements: Collection
  readonly contractorLinks: Collection
  readonly activities: Collection
  readonly statuses: StatusEntry[]
  readonly categories: Category[]
  readonly currencies: Currency[]
  readonly types: DynamicType[]
  readonly userFields: Map<number, UserField[]>
  add(entityTypeId: number, fields: Record<string, unknown>, context: WriteContext): Item
  update(entityTypeId: number, id: number, fields: Record<string, unknown>, context: WriteContext): Item
  remove(entityTypeId: number, id: number, context: WriteContext): void
  onChange(listener: (change: ItemChange) => void): () => void
  clear(): void
}

export interface UserField {
  name: string
  type: string
  title: string
  isMultiple: boolean
  items?: { ID: string, VALUE: string }[]
}
