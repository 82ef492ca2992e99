import type { Field } from './fields.ts'
import { parseTime, startOfPortalDay, toPortalTime } from '../core/zoned-time.ts'
import { RestError } from '../rest/registry.ts'

const numeric = new Set(['integer', 'user', 'crm_company', 'crm_contact', 'crm_lead', 'crm_deal', 'crm_entity', 'crm_category'])

function invalid(field: Field): RestError {
  return new RestError(400, 'CRM_FIELD_ERROR_VALUE_NOT_VALID', `Invalid value of the field "${field.title}"`)
}

function single(field: Field, value: unknown): unknown {
  if (value === null || value === undefined || value === '')
    return numeric.has(field.type) ? 0 : field.type === 'boolean' ? 'N' : field.type === 'double' ? 0 : null
  if (numeric.has(field.type) || field.type === 'double') {
    const number = Number(value)
    if (Number.isNaN(number))
      throw invalid(field)
    return field.type === 'double' ? number : Math.trunc(number)
  }
  if (field.type === 'boolean')
    return value === 'Y' || value === true || value === 1 || value === '1' || value === 'true' ? 'Y' : 'N'
  if (field.type === 'date' || field.type === 'datetime') {
    const at = parseTime(value)
    if (at === null)
      throw invalid(field)
    return toPortalTime(field.type === 'date' ? startOfPortalDay(at) : at)
  }
  return typeof value === 'object' ? value : String(value)
}

/** The value as the CRM keeps it; what does not fit is refused as the portal refuses it. */
export function storedValue(field: Field, value: unknown): unknown {
  if (!field.isMultiple)
    return single(field, value)
  if (value === null || value === undefined || value === '')
    return []
  if (typeof value !== 'object')
    throw new RestError(400, '100', `Expected an array in the field "${field.title}"`)
  const list = Array.isArray(value) ? value : Object.values(value)
  return field.type === 'crm_multifield' ? list : list.map(entry => single(field, entry))
}

/** What a field holds when nobody filled it in. */
export function emptyValue(field: Field): unknown {
  return storedValue(field, null)
}
