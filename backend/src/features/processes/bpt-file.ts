import { createHash } from 'node:crypto'
import { deflateSync } from 'node:zlib'

/**
 * The form in which a portal's designer exports a template, and in which it takes one in:
 * what PHP's `serialize` writes, deflated. The documentation's own sample has this shape.
 */

type PhpValue = null | boolean | number | string | readonly PhpValue[] | { readonly [key: string]: PhpValue }

export interface Activity {
  readonly type: string
  readonly name: string
  readonly title: string
  readonly properties?: Readonly<Record<string, PhpValue>>
  readonly children?: readonly Activity[]
}

export interface TemplateParameter { readonly Name: string, readonly Type: 'int' | 'string', readonly Default: string, readonly Required: '0' | '1', readonly Multiple: '0' | '1' }

/** Lengths count bytes. Lists are maps with numbers. */
function serialized(value: PhpValue): string {
  if (value === null)
    return 'N;'
  if (typeof value === 'boolean')
    return `b:${value ? 1 : 0};`
  if (typeof value === 'number')
    return Number.isInteger(value) ? `i:${value};` : `d:${value};`
  if (typeof value === 'string')
    return `s:${Buffer.byteLength(value)}:"${value}";`
  const entries: readonly (readonly [string | number, PhpValue])[] = Array.isArray(value) ? [...(value as readonly PhpValue[]).entries()] : Object.entries(value)
  return `a:${entries.length}:{${entries.map(([key, inner]) => serialized(key) + serialized(inner)).join('')}}`
}

const written = ({ type, name, title, properties = {}, children = [] }: Activity): PhpValue => ({
  Type: type, Name: name, Activated: 'Y', Properties: { ...properties, Title: title, EditorComment: '' }, Children: children.map(written),
})

/** As base64 text, the way a file travels in a request. */
export function bptFile(title: string, steps: readonly Activity[], parameters: Readonly<Record<string, TemplateParameter>> = {}): string {
  const permissions = Object.fromEntries([...'DERSTUWX'].map(right => [right, []]))
  const root = { type: 'SequentialWorkflowActivity', name: 'Template', title, properties: { Permission: permissions }, children: steps }
  const template = { VERSION: 2, TEMPLATE: [written(root)], PARAMETERS: { ...parameters } as unknown as PhpValue, VARIABLES: [], CONSTANTS: [], DOCUMENT_FIELDS: [] }
  return deflateSync(serialized(template)).toString('base64')
}

/** How the designer names the activity that an app registered under a code. */
export const appActivity = (clientId: string, code: string): string =>
  `rest_${createHash('md5').update(`${clientId}@${code}`).digest('hex')}`
