import type { Collection } from '../crm/collection.ts'
import type { Field } from '../crm/fields.ts'
import type { FieldFinder } from './filter.ts'
import { kindOf } from './item-dialect.ts'

const moneyFields = new Set(['opportunity', 'taxValue', 'revenue'])
const idTypes = new Set(['crm_company', 'crm_contact', 'crm_lead', 'crm_deal', 'crm_entity'])

/** crm.deal.* and crm.company.* speak upper case, text values, and ignore what they do not know. */
export function oldFinder(fields: Field[]): FieldFinder {
  const byName = new Map(fields.map(field => [field.upper, field]))
  return (name) => {
    const field = byName.get(name.toUpperCase())
    return field && { name: field.name, kind: kindOf(field) }
  }
}

interface PhoneOrMail {
  id: number
  typeId: string
  valueType: string
  value: string
}

export function oldValue({ name, type, isMultiple }: Field, value: unknown): unknown {
  if (isMultiple)
    return Array.isArray(value) ? value.map(entry => typeof entry === 'number' ? String(entry) : entry) : []
  if (value === null || value === undefined)
    return null
  if (moneyFields.has(name))
    return Number(value).toFixed(2)
  if (idTypes.has(type) && value === 0)
    return type === 'crm_company' ? '0' : null
  return typeof value === 'object' ? value : String(value)
}

/** Selected fields of a row; phones, mails and own fields only when they are named. */
export function oldRow(items: Collection, id: number, fields: Field[], select: string[]): Record<string, unknown> {
  const wants = (name: string) => select.includes(name)
  const everyStandard = select.length === 0 || wants('*')
  const row: Record<string, unknown> = {}
  for (const field of fields) {
    if (field.name === 'fm')
      Object.assign(row, multifields(items.value(id, 'fm'), select))
    else if (wants(field.upper) || field.upper === 'ID' || (field.isDynamic ? wants('UF_*') : everyStandard))
      row[field.upper] = oldValue(field, items.value(id, field.name))
  }
  return row
}

function multifields(value: unknown, select: string[]): Record<string, unknown> {
  const entries = Array.isArray(value) ? value as PhoneOrMail[] : []
  return Object.fromEntries(['PHONE', 'EMAIL', 'WEB', 'IM'].filter(kind => select.includes(kind)).flatMap((kind) => {
    const list = entries.filter(({ typeId }) => typeId === kind)
      .map(entry => ({ ID: String(entry.id), VALUE_TYPE: entry.valueType, VALUE: entry.value, TYPE_ID: kind }))
    return list.length > 0 ? [[kind, list]] : []
  }))
}

/** The other way round: what came in upper case, as the store keeps it. */
export function oldInput(fields: Field[], input: Record<string, unknown>): Record<string, unknown> {
  const byName = new Map(fields.map(field => [field.upper, field.name]))
  const result: Record<string, unknown> = {}
  const fm: unknown[] = []
  for (const [key, value] of Object.entries(input)) {
    const upper = key.toUpperCase()
    if (upper === 'PHONE' || upper === 'EMAIL' || upper === 'WEB')
      fm.push(...Object.values(value as object).map((entry: Record<string, unknown>, at) => ({ id: at + 1, typeId: upper, valueType: entry.VALUE_TYPE ?? 'WORK', value: entry.VALUE })))
    else if (byName.has(upper))
      result[byName.get(upper)!] = value
  }
  return fm.length > 0 ? { ...result, fm } : result
}
