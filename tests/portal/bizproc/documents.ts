import type { DocumentId, DocumentType } from './model.ts'

interface DocumentKind {
  readonly entityTypeId: number
  readonly entity: string
  readonly type: string
}

const dynamicEntity = 'Bitrix\\Crm\\Integration\\BizProc\\Document\\Dynamic'

const kinds: readonly DocumentKind[] = [
  { entityTypeId: 1, entity: 'CCrmDocumentLead', type: 'LEAD' },
  { entityTypeId: 2, entity: 'CCrmDocumentDeal', type: 'DEAL' },
  { entityTypeId: 3, entity: 'CCrmDocumentContact', type: 'CONTACT' },
  { entityTypeId: 4, entity: 'CCrmDocumentCompany', type: 'COMPANY' },
  { entityTypeId: 7, entity: 'Bitrix\\Crm\\Integration\\BizProc\\Document\\Quote', type: 'QUOTE' },
  { entityTypeId: 31, entity: 'Bitrix\\Crm\\Integration\\BizProc\\Document\\SmartInvoice', type: 'SMART_INVOICE' },
]

/** Automation rules exist for records with stages only: a company has none. */
const typesWithoutRobots = new Set(['CONTACT', 'COMPANY'])

function kindOf(entityTypeId: number): DocumentKind {
  return kinds.find(kind => kind.entityTypeId === entityTypeId)
    ?? { entityTypeId, entity: dynamicEntity, type: `DYNAMIC_${entityTypeId}` }
}

export function documentTypeOf(entityTypeId: number): DocumentType {
  const { entity, type } = kindOf(entityTypeId)
  return ['crm', entity, type]
}

export function documentIdOf(entityTypeId: number, itemId: number): DocumentId {
  const { entity, type } = kindOf(entityTypeId)
  return ['crm', entity, `${type}_${itemId}`]
}

const isTriple = (value: unknown): value is [string, string, string] =>
  Array.isArray(value) && value.length === 3 && value.every(part => typeof part === 'string' && part !== '')

/** Three strings, whether they came as a list or as `0`, `1`, `2` of a form. */
export function toTriple(value: unknown): [string, string, string] | null {
  const list = typeof value === 'object' && value !== null && !Array.isArray(value) ? Object.values(value) : value
  return isTriple(list) ? list : null
}

/** The CRM type behind `['crm', 'CCrmDocumentDeal', 'DEAL']`; null for what is no CRM type. */
export function entityTypeIdOf([module, entity, type]: DocumentType): number | null {
  if (module !== 'crm')
    return null
  if (entity === dynamicEntity)
    return Number(/^DYNAMIC_(\d+)$/.exec(type)?.[1] ?? 0) || null
  return kinds.find(kind => kind.entity === entity && kind.type === type)?.entityTypeId ?? null
}

export interface DocumentReference {
  readonly entityTypeId: number
  readonly itemId: number
  readonly documentType: DocumentType
}

/** The trailing number is the item; for `DYNAMIC_147_1` the number before it is the type. */
export function parseDocumentId([module, entity, id]: DocumentId): DocumentReference | null {
  const [, type, item] = /^([A-Z][A-Z_]*|DYNAMIC_\d+)_(\d+)$/.exec(id) ?? []
  if (!type || !item || Number(item) === 0)
    return null
  const documentType: DocumentType = [module, entity, type]
  const entityTypeId = entityTypeIdOf(documentType)
  return entityTypeId === null ? null : { entityTypeId, itemId: Number(item), documentType }
}

const otherDocumentTypes: readonly [module: string, entity: string, type: RegExp][] = [
  ['lists', 'BizprocDocument', /^iblock_\d+$/],
  ['lists', 'Bitrix\\Lists\\BizprocDocumentLists', /^iblock_\d+$/],
  ['disk', 'Bitrix\\Disk\\BizProcDocument', /^STORAGE_\d+$/],
]

export const isKnownDocumentType = (documentType: DocumentType): boolean =>
  entityTypeIdOf(documentType) !== null
  || otherDocumentTypes.some(([module, entity, type]) =>
    module === documentType[0] && entity === documentType[1] && type.test(documentType[2]))

export const acceptsRobots = (documentType: DocumentType): boolean =>
  entityTypeIdOf(documentType) !== null && !typesWithoutRobots.has(documentType[2])

export const isSameType = (a: DocumentType, b: DocumentType): boolean => a.every((part, index) => part === b[index])
