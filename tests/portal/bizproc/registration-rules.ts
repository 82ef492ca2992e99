import type { App, AppRegistration, Portal } from '../state.ts'
import type { ActivityProperty, LocalizedText } from '../state.bizproc.ts'
import type { DocumentType } from './model.ts'
import { createHash } from 'node:crypto'
import { RestError } from '../rest/registry.ts'
import { acceptsRobots, isKnownDocumentType, toTriple } from './documents.ts'
import { checkHandlerUrl } from './handler-url.ts'

export type RegistrationKind = AppRegistration['kind']
export type RegistrationFields = Readonly<Record<string, unknown>>

const basicTypes = new Set(['bool', 'date', 'datetime', 'double', 'file', 'int', 'select', 'string', 'text', 'user'])

export const invalid = (description: string) => new RestError(400, 'ERROR_ACTIVITY_VALIDATION_FAILURE', description)

export const isMap = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** PHP writes an empty map as an empty list. */
const asMap = (value: unknown): Record<string, unknown> | null =>
  isMap(value) ? value : Array.isArray(value) && value.length === 0 ? {} : null

/** What templates refer to: the same app and code always give the same id. */
export const registrationId = (clientId: string, code: string): string =>
  createHash('md5').update(`${clientId}@${code}`).digest('hex')

export function checkCode(code: unknown): string {
  if (typeof code !== 'string' || code === '')
    throw invalid('Empty activity code!')
  if (!/^[\w.-]+$/.test(code))
    throw invalid('Wrong activity code!')
  return code
}

/** Inner keys come in either case: `Name` from current apps, `NAME` from older ones. */
export function innerKey(property: ActivityProperty, key: string): unknown {
  const found = Object.keys(property).find(name => name.toLowerCase() === key.toLowerCase())
  return found === undefined ? undefined : property[found]
}

const isText = (value: unknown): boolean =>
  typeof value === 'string' ? value !== '' : isMap(value) && Object.values(value).some(text => typeof text === 'string' && text !== '')

function checkText(value: unknown): LocalizedText {
  if (!isText(value))
    throw invalid('Empty activity NAME!')
  return value as LocalizedText
}

function checkProperty(id: string, property: unknown): ActivityProperty {
  if (!/^[a-z]\w*$/i.test(id))
    throw invalid(`Wrong property key ${id}!`)
  if (!isMap(property))
    throw invalid('Wrong properties array!')
  if (!isText(innerKey(property, 'Name')))
    throw invalid(`Empty property NAME ${id}!`)
  const type = innerKey(property, 'Type') ?? 'string'
  // `UF:address`, `E:ECrm`: types that a document type brings along.
  if (typeof type !== 'string' || !(basicTypes.has(type) || type.includes(':')))
    throw invalid('Wrong properties array!')
  return property
}

function checkProperties(value: unknown): Record<string, ActivityProperty> {
  const map = asMap(value)
  if (!map)
    throw invalid('Wrong properties array!')
  return Object.fromEntries(Object.entries(map).map(([id, property]) => [id, checkProperty(id, property)]))
}

function checkDocumentType(kind: RegistrationKind, value: unknown): [string, string, string] | null {
  if (value === null || value === '')
    return null
  const triple = toTriple(value)
  if (!triple || !isKnownDocumentType(triple) || (kind === 'robot' && !acceptsRobots(triple)))
    throw invalid('Wrong activity DOCUMENT_TYPE!')
  return triple
}

const listOf = (value: unknown): unknown[] => Array.isArray(value) ? value : isMap(value) ? Object.values(value) : []

const isRule = (rule: unknown): boolean => {
  const parts = listOf(rule)
  return rule === 'b24' || rule === 'box'
    || (parts.length >= 1 && parts.length <= 3 && parts.every(part => typeof part === 'string' && part !== ''))
}

function checkFilter(value: unknown): AppRegistration['filter'] {
  const filter = asMap(value)
  if (!filter || Object.keys(filter).some(key => key !== 'INCLUDE' && key !== 'EXCLUDE'))
    throw invalid('Wrong activity FILTER!')
  for (const rules of Object.values(filter)) {
    if (typeof rules !== 'object' || rules === null || !listOf(rules).every(isRule))
      throw invalid('Wrong activity FILTER!')
  }
  const rules = (key: string) => filter[key] === undefined ? {} : { [key]: listOf(filter[key]) }
  return { ...rules('INCLUDE'), ...rules('EXCLUDE') }
}

function checkAnswering(value: unknown): AppRegistration['useSubscription'] {
  return value === 'Y' || value === true ? 'Y' : value === 'N' || value === false ? 'N' : ''
}

interface Context {
  readonly portal: Portal
  readonly app: App
  readonly kind: RegistrationKind
}

type Readers = { readonly [Key in keyof AppRegistration]?: (value: unknown, context: Context) => AppRegistration[Key] }

const fieldOf = {
  handler: 'HANDLER',
  name: 'NAME',
  properties: 'PROPERTIES',
  returnProperties: 'RETURN_PROPERTIES',
  filter: 'FILTER',
  documentType: 'DOCUMENT_TYPE',
  authUserId: 'AUTH_USER_ID',
  useSubscription: 'USE_SUBSCRIPTION',
  description: 'DESCRIPTION',
  usePlacement: 'USE_PLACEMENT',
  placementHandler: 'PLACEMENT_HANDLER',
} as const

const readers: Readers = {
  handler: (value, { portal, app }) => checkHandlerUrl(portal, app, value),
  name: checkText,
  properties: checkProperties,
  returnProperties: checkProperties,
  filter: checkFilter,
  documentType: (value, { kind }) => checkDocumentType(kind, value),
  authUserId: value => Math.max(0, Math.trunc(Number(value)) || 0),
  useSubscription: checkAnswering,
  description: value => isText(value) ? value as LocalizedText : '',
  usePlacement: value => value === 'Y' || value === true,
  placementHandler: (value, { portal, app }) => value === '' || value === null ? null : checkHandlerUrl(portal, app, value),
}

/** The fields that the request names, checked; what it does not name is absent. */
export function readFields(fields: RegistrationFields, context: Context): Partial<AppRegistration> {
  const read = Object.entries(fieldOf)
    .filter(([, key]) => fields[key] !== undefined)
    .map(([name, key]) => [name, readers[name as keyof typeof fieldOf]?.(fields[key], context)])
  return Object.fromEntries(read) as Partial<AppRegistration>
}

export function checkPlacement({ usePlacement, placementHandler }: AppRegistration): void {
  if (usePlacement && !placementHandler)
    throw new RestError(400, 'ERROR_WRONG_HANDLER_URL', 'Wrong handler URL')
}

/** Whether FILTER lets the action appear for this document type; this portal is a cloud one. */
export function isOffered({ filter, kind }: AppRegistration, documentType: DocumentType): boolean {
  const matches = (rule: unknown) => rule === 'b24' || (Array.isArray(rule) || isMap(rule)
    ? listOf(rule).every((part, index) => part === documentType[index])
    : false)
  if (kind === 'robot' && !acceptsRobots(documentType))
    return false
  const { INCLUDE = [], EXCLUDE = [] } = filter ?? {}
  return (INCLUDE.length === 0 || INCLUDE.some(matches)) && !EXCLUDE.some(matches)
}
