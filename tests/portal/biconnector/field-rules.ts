import { RestError } from '../rest/registry.ts'

/** What `*.fields` answers, and what every call is checked against. */
export interface FieldRule {
  readonly title: string
  readonly type: 'integer' | 'string' | 'boolean' | 'datetime' | 'array'
  readonly isRequired: boolean
  readonly isReadOnly: boolean
  readonly isImmutable: boolean
  readonly isMultiple: boolean
}

type Trait = 'required' | 'readOnly' | 'immutable' | 'multiple'

export const fieldRule = (title: string, type: FieldRule['type'], ...traits: Trait[]): FieldRule => ({
  title,
  type,
  isRequired: traits.includes('required'),
  isReadOnly: traits.includes('readOnly'),
  isImmutable: traits.includes('immutable'),
  isMultiple: traits.includes('multiple'),
})

/** This family answers its own errors with HTTP 200. */
export const biError = (code: string, description: string): RestError => new RestError(200, code, description)

export const isObject = (value: unknown): value is Record<string, unknown> =>
  value !== null && typeof value === 'object' && !Array.isArray(value)

/** A form brings a list as a map with numbers. */
export const toList = (value: unknown): unknown[] =>
  Array.isArray(value) ? value : isObject(value) ? Object.values(value) : []

const isOfType: Readonly<Record<FieldRule['type'], (value: unknown) => boolean>> = {
  integer: value => /^\d+$/.test(String(value)),
  string: value => typeof value === 'string' || typeof value === 'number',
  boolean: value => typeof value === 'boolean' || /^(?:[01YN]|true|false)$/.test(String(value)),
  datetime: value => typeof value === 'string',
  array: value => typeof value === 'object' && value !== null,
}

export const readBoolean = (value: unknown): boolean => value === true || /^(?:[1Y]|true)$/.test(String(value))

const isMissing = (value: unknown): boolean => value === undefined || value === null || value === ''

/** The `fields` of an add or update, held against the rules in the order the portal checks them. */
export function checkFields(rules: readonly FieldRule[], fields: unknown, { isNew }: { isNew: boolean }): Record<string, unknown> {
  if (!isObject(fields) || Object.keys(fields).length === 0)
    throw biError('VALIDATION_FIELDS_NOT_PROVIDED', 'Fields not provided.')
  const known = new Map(rules.map(rule => [rule.title, rule]))
  const strangers = Object.keys(fields).filter(name => !known.has(name))
  if (strangers.length > 0)
    throw biError('VALIDATION_UNKNOWN_PARAMETERS', `Unknown parameters: ${strangers.join(', ')}`)
  for (const rule of rules) {
    const { title, type } = rule
    const value = fields[title]
    if (value !== undefined && rule.isReadOnly)
      throw biError('VALIDATION_READ_ONLY_FIELD', `Field "${title}" is read only.`)
    if (value !== undefined && rule.isImmutable && !isNew)
      throw biError('VALIDATION_IMMUTABLE_FIELD', `Field "${title}" is immutable.`)
    if (rule.isRequired && !rule.isReadOnly && (isNew ? isMissing(value) : value !== undefined && isMissing(value)))
      throw biError('VALIDATION_REQUIRED_FIELD_MISSING', `Field "${title}" is required.`)
    if (!isMissing(value) && !isOfType[type](value))
      throw biError('VALIDATION_INVALID_FIELD_TYPE', `Field "${title}" must be of type ${type}.`)
  }
  return fields
}

export function idOf(params: Readonly<Record<string, unknown>>): number {
  const { id } = params
  if (isMissing(id))
    throw biError('VALIDATION_ID_NOT_PROVIDED', 'ID is missing.')
  if (!/^[1-9]\d*$/.test(String(id)))
    throw biError('VALIDATION_INVALID_ID_FORMAT', 'ID has to be a positive integer.')
  return Number(id)
}
