import { integer, positive, semanticsOf, text, word, yes, type StageSemantics } from './crm-facts.ts'
import { toList, toMap } from './php-query.ts'

export interface CategoryFact {
  readonly entityTypeId: number
  readonly id: number
  readonly name: string
  readonly sort: number
  readonly isDefault: boolean
  readonly code: string | null
}

export interface StageFact {
  readonly entityTypeId: number
  readonly id: string
  readonly categoryId: number
  readonly name: string
  readonly sort: number
  readonly semantics: StageSemantics
  readonly color: string | null
}

export interface StatusFact {
  readonly directory: string
  readonly id: string
  readonly name: string
  readonly sort: number
}

export interface CurrencyFact {
  readonly currency: string
  /** Units of the base currency for one unit; null when the portal has no usable rate. */
  readonly rate: number | null
  readonly isBase: boolean
}

export interface DepartmentFact {
  readonly id: number
  readonly name: string
  readonly parentId: number | null
  readonly headUserId: number | null
}

export interface UserFact {
  readonly id: number
  readonly name: string
  readonly lastName: string
  readonly position: string
  readonly isActive: boolean
  /** Guests (extranet, mail users, bots) stand in the same directory. */
  readonly isEmployee: boolean
  readonly departmentIds: readonly number[]
}

const present = <T>(value: T | null): value is T => value !== null

export function readCategories(result: unknown, entityTypeId: number): CategoryFact[] {
  return toList(toMap(result).categories).map((entry) => {
    const row = toMap(entry)
    const id = integer(row.id)
    return id === null ? null : { entityTypeId, id, name: text(row.name), sort: integer(row.sort) ?? 0, isDefault: yes(row.isDefault), code: word(row.code) }
  }).filter(present)
}

/** `STATUS` (leads), `DEAL_STAGE`, `DEAL_STAGE_3`, `SMART_INVOICE_STAGE_5`, `DYNAMIC_177_STAGE_9`; everything else is a plain directory. */
export function readStatuses(result: unknown): { stages: StageFact[], statuses: StatusFact[] } {
  const stages: StageFact[] = []
  const statuses: StatusFact[] = []
  for (const row of toList(result).map(toMap)) {
    const directory = text(row.ENTITY_ID)
    const entry = { id: text(row.STATUS_ID), name: text(row.NAME), sort: integer(row.SORT) ?? 0 }
    const pipeline = pipelineOf(directory)
    if (pipeline)
      stages.push({ ...entry, ...pipeline, semantics: stageSemantics(row), color: word(row.COLOR) ?? word(toMap(row.EXTRA).COLOR) })
    else if (directory !== '' && entry.id !== '')
      statuses.push({ ...entry, directory })
  }
  return { stages, statuses }
}

function pipelineOf(directory: string): { entityTypeId: number, categoryId: number } | null {
  if (directory === 'STATUS')
    return { entityTypeId: 1, categoryId: 0 }
  const [, deal, dealCategory, invoiceCategory, dynamicType, dynamicCategory] =
    /^(?:(DEAL_STAGE)(?:_(\d+))?|SMART_INVOICE_STAGE_(\d+)|DYNAMIC_(\d+)_STAGE_(\d+))$/.exec(directory) ?? []
  if (deal)
    return { entityTypeId: 2, categoryId: Number(dealCategory ?? 0) }
  if (invoiceCategory)
    return { entityTypeId: 31, categoryId: Number(invoiceCategory) }
  return dynamicType ? { entityTypeId: Number(dynamicType), categoryId: Number(dynamicCategory) } : null
}

function stageSemantics(row: Record<string, unknown>): StageSemantics {
  const said = text(toMap(row.EXTRA).SEMANTICS).toLowerCase()
  return said === 'success' ? 'S' : said === 'failure' || said === 'apology' ? 'F' : semanticsOf(row.SEMANTICS, row.STATUS_ID)
}

export function readCurrencies(result: unknown): CurrencyFact[] {
  return toList(result).map((entry) => {
    const row = toMap(entry)
    const currency = text(row.CURRENCY)
    const isBase = yes(row.BASE)
    const rate = isBase ? 1 : Number(row.AMOUNT) / (Number(row.AMOUNT_CNT) || 1)
    return currency === '' ? null : { currency, rate: Number.isFinite(rate) && rate > 0 ? rate : null, isBase }
  }).filter(present)
}

export function readDepartments(result: unknown): DepartmentFact[] {
  return toList(result).map((entry) => {
    const row = toMap(entry)
    const id = positive(row.ID)
    return id === null ? null : { id, name: text(row.NAME), parentId: positive(row.PARENT), headUserId: positive(row.UF_HEAD) }
  }).filter(present)
}

export function readUsers(result: unknown): UserFact[] {
  return toList(result).map((entry) => {
    const row = toMap(entry)
    const id = positive(row.ID)
    return id === null
      ? null
      : {
          id,
          name: text(row.NAME),
          lastName: text(row.LAST_NAME),
          position: text(row.WORK_POSITION),
          // A narrow right to read people leaves the field out.
          isActive: row.ACTIVE === undefined || yes(row.ACTIVE),
          isEmployee: row.USER_TYPE === undefined || row.USER_TYPE === 'employee',
          departmentIds: toList(row.UF_DEPARTMENT).map(positive).filter(present),
        }
  }).filter(present)
}
