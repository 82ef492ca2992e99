import { hasExpression } from './expression.ts'
import type { ActionDefinition, FieldDefinition, OperationDefinition } from './definitions.ts'

/** Settings as the host keeps them: every value a text, an absent one empty. */
export type RawSettings = Readonly<Record<string, string>>

export type SettingProblem =
  | { readonly field: string, readonly reason: 'missing' | 'not_a_choice' | 'not_a_number' | 'not_a_day' }
  /** Known only when the step runs. */
  | { readonly field: string, readonly reason: 'out_of_range' }
  | { readonly field: 'operation', readonly reason: 'unknown_operation' }

export interface CheckedSettings {
  readonly operation: OperationDefinition
  readonly values: RawSettings
}

/**
 * Checks settings against the action's definition. While they are edited an expression passes any field;
 * when the step runs (`isResolved`) the host has replaced them, and what is left is a wrong value.
 */
export function checkSettings(action: ActionDefinition, raw: RawSettings, { isResolved }: { isResolved: boolean }):
  { readonly settings: CheckedSettings | null, readonly problems: readonly SettingProblem[] } {
  const operation = action.operations.find(({ id }) => id === raw.operation)
  if (!operation)
    return { settings: null, problems: [{ field: 'operation', reason: 'unknown_operation' }] }
  const fields = operation.fields.filter(field => isAsked(field, raw))
  const problems = fields.flatMap(field => problemOf(field, raw[field.id]?.trim() ?? '', isResolved) ?? [])
  const values = Object.fromEntries(fields.map(({ id }) => [id, raw[id]?.trim() ?? '']))
  return { settings: problems.length === 0 ? { operation, values } : null, problems }
}

/** Whether the other settings make this one matter. */
export const isAsked = ({ onlyWhen }: FieldDefinition, raw: RawSettings): boolean =>
  !onlyWhen || onlyWhen.is.includes(raw[onlyWhen.field]?.trim() ?? '')

function problemOf(field: FieldDefinition, value: string, isResolved: boolean): SettingProblem | null {
  if (value === '')
    return field.isRequired ? { field: field.id, reason: 'missing' } : null
  if (!isResolved && hasExpression(value))
    return null
  if (field.options && !field.options.includes(value))
    return { field: field.id, reason: 'not_a_choice' }
  if (field.kind === 'number' && parseNumber(value) === null)
    return { field: field.id, reason: 'not_a_number' }
  if (field.kind === 'day' && dayOf(value) === null)
    return { field: field.id, reason: 'not_a_day' }
  return null
}

/** `1 234,56`, `1,234.56` or `1234.56`: people and expressions write all of them. The last mark is the decimal one. */
export function parseNumber(text: string): number | null {
  const compact = text.replace(/[\s\u00A0\u202F'’]/g, '').replace(/[€$£%]/g, '')
  if (!/^[+-]?(\d[\d.,]*|[.,]\d+)$/.test(compact))
    return null
  const mark = Math.max(compact.lastIndexOf(','), compact.lastIndexOf('.'))
  const marks = compact.replace(/[^.,]/g, '')
  // One kind of mark, several times (1.234.567): they all group thousands.
  const isDecimal = mark >= 0 && !(marks.length > 1 && new Set(marks).size === 1)
  const digits = isDecimal
    ? `${compact.slice(0, mark).replace(/[.,]/g, '')}.${compact.slice(mark + 1)}`
    : compact.replace(/[.,]/g, '')
  const value = Number(digits)
  return Number.isFinite(value) ? value : null
}

/** `2026-03-31`, or a portal's `31.03.2026` and `31/03/2026`; null for what is no day of the calendar. */
export function dayOf(text: string): string | null {
  const iso = /^(\d{4})-(\d\d)-(\d\d)/.exec(text)
  const local = /^(\d\d)[./](\d\d)[./](\d{4})/.exec(text)
  const [year, month, day] = iso ? [iso[1], iso[2], iso[3]] : [local?.[3], local?.[2], local?.[1]]
  if (!year || !month || !day)
    return null
  const at = new Date(`${year}-${month}-${day}T00:00:00Z`)
  return !Number.isNaN(at.getTime()) && at.toISOString().startsWith(`${year}-${month}-${day}`) ? `${year}-${month}-${day}` : null
}
