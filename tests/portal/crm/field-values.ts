import type { Field } from './fields.ts'
import { startOfPortalDay, toPortalTime } from '../core/zoned-time.ts'
import { RestError } from '../rest/registry.ts'

const numeric = new Set(['integer', 'user', 'crm_company', 'crm_contact', 'crm_lead', 'crm_deal', 'crm_entity', 'crm_category'])

/** Milliseconds of an ISO date; a day without a clock time is midnight at the portal. */
export function parseTime(value: unknown): number | null {
  if (typeof value !== 'string' || value === '')
    return null
  const day = /^(\d{4})-(\d{2})-(\d{2})$/.exec(value)
  if (day)
    return startOfPortalDay(Date.UTC(Number(day[1]), Number(day[2]) - 1, Number(day[3]), 12))
  const local = /^\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}(:\d{2})?$/.test(value)
  const at = Date.parse(local ? `${value.replace(' ', 'T')}Z` : value)
  if (Number.isNaN(at))
    return null
  return local ? at - 3_600_000 : at
}

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
