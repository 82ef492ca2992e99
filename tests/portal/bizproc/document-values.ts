import type { Field, FieldType } from '../crm/fields.ts'
import type { Item } from '../crm/store.ts'
import type { Portal } from '../state.ts'
import type { DocumentReference } from './documents.ts'
import type { DocumentId, DocumentType, TemplateProperty } from './model.ts'
import { fieldsOf } from '../crm/item-rules.ts'
import { entityTypeIdOf, parseDocumentId } from './documents.ts'
import { portalDate, portalDateTime, toIsoTime } from './portal-time.ts'

interface Found extends DocumentReference {
  readonly item: Item
}

export function findDocument(portal: Portal, documentId: DocumentId): Found | null {
  const reference = parseDocumentId(documentId)
  const item = reference && portal.crm.items(reference.entityTypeId)?.get(reference.itemId)
  return reference && item ? { ...reference, item } : null
}

function outward(field: Field, value: unknown): unknown {
  if (Array.isArray(value))
    return value.map(part => outward(field, part))
  if (value === null || value === undefined || value === '')
    return ''
  if (field.type === 'user')
    return Number(value) > 0 ? `user_${value}` : ''
  const at = field.type === 'date' || field.type === 'datetime' ? Date.parse(String(value)) : Number.NaN
  if (Number.isNaN(at))
    return value
  return field.type === 'date' ? portalDate(at) : portalDateTime(at)
}

/** The record's fields by document code, as expressions hand them on; null when there is no such record. */
export function readDocument(portal: Portal, documentId: DocumentId): Record<string, unknown> | null {
  const found = findDocument(portal, documentId)
  return found && Object.fromEntries(fieldsOf(portal.crm, found.entityTypeId)
    .map(field => [field.upper, outward(field, found.item[field.name])]))
}

function inward(field: Field, text: string): string | number {
  if (field.type === 'user')
    return Number(text.replace(/^user_/, '')) || 0
  return field.type === 'date' || field.type === 'datetime' ? toIsoTime(text) : text
}

export interface FieldWrite {
  readonly code: string
  readonly value: string | string[]
}

/** Writes as the workflow: events of this change carry no tokens, and stage automation runs. */
export function writeDocument(portal: Portal, documentId: DocumentId, writes: readonly FieldWrite[], userId: number): void {
  const found = findDocument(portal, documentId)
  if (!found)
    throw new Error(documentId[2])
  const fields = fieldsOf(portal.crm, found.entityTypeId)
  const changes = writes.flatMap(({ code, value }) => {
    const field = fields.find(({ upper, name }) => upper === code || name === code)
    if (!field)
      return []
    const parts = (Array.isArray(value) ? value : [value]).map(part => inward(field, part))
    return [[field.name, field.isMultiple ? parts.filter(part => part !== '') : parts[0] ?? '']]
  })
  portal.crm.update(found.entityTypeId, found.itemId, Object.fromEntries(changes), {
    userId,
    startsAutomation: true,
    byAutomation: true,
  })
}

const documentTypes: Partial<Record<FieldType, string>> = {
  integer: 'int',
  double: 'double',
  text: 'text',
  boolean: 'bool',
  date: 'date',
  datetime: 'datetime',
  user: 'user',
  crm_status: 'select',
  enumeration: 'select',
  crm_company: 'UF:crm',
  crm_contact: 'UF:crm',
  crm_lead: 'UF:crm',
  crm_deal: 'UF:crm',
  crm_entity: 'UF:crm',
}

function optionsOf(portal: Portal, { statusType, items, type }: Field): Record<string, string> | null {
  if (items)
    return Object.fromEntries(items.map(({ ID, VALUE }) => [ID, VALUE]))
  if (type === 'crm_currency')
    return Object.fromEntries(portal.crm.currencies.map(({ code, fullName }) => [code, fullName]))
  if (!statusType)
    return null
  return Object.fromEntries(portal.crm.statuses
    .filter(({ entityId }) => entityId === statusType)
    .map(({ statusId, name }) => [statusId, name]))
}

export interface DocumentField extends TemplateProperty {
  readonly Editable: boolean
}

/** The fields a template of this type may name, by document code. */
export function documentFields(portal: Portal, documentType: DocumentType): Record<string, DocumentField> {
  const entityTypeId = entityTypeIdOf(documentType)
  if (entityTypeId === null)
    return {}
  return Object.fromEntries(fieldsOf(portal.crm, entityTypeId).map(field => [field.upper, {
    Name: field.title,
    Type: documentTypes[field.type] ?? 'string',
    Multiple: field.isMultiple,
    Required: field.isRequired,
    Editable: !field.isReadOnly,
    Options: optionsOf(portal, field),
  }]))
}
