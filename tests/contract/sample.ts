/** The part of a JSON schema that our contracts use. */
interface Schema {
  readonly type?: string | readonly string[]
  readonly properties?: Readonly<Record<string, Schema>>
  readonly required?: readonly string[]
  readonly enum?: readonly unknown[]
  readonly const?: unknown
  readonly anyOf?: readonly Schema[]
  readonly items?: Schema
  readonly format?: string
  readonly minimum?: number
  readonly minLength?: number
  readonly minItems?: number
  readonly minProperties?: number
  readonly pattern?: string
}

const formats: Readonly<Record<string, string>> = { 'uuid': '00000000-0000-4000-8000-000000000000', 'date-time': '2026-01-01T00:00:00.000Z', 'date': '2026-01-01' }

/** Some value that the schema lets through; names that stand for something that exists are filled in from `known`. */
export function sampleOf(schema: object, known: Readonly<Record<string, unknown>> = {}): unknown {
  const { type, properties = {}, required = [], items, anyOf, ...rest } = schema as Schema
  if ('const' in rest)
    return rest.const
  if (rest.enum)
    return rest.enum[0]
  if (anyOf)
    return sampleOf(anyOf.find(one => one.type !== 'null') ?? {}, known)
  switch (Array.isArray(type) ? type[0] as string : type) {
    case 'object': {
      // The same name may mean something else elsewhere.
      const isKnown = (name: string): boolean => name in known && ((properties[name] as Schema).enum?.includes(known[name]) ?? true)
      const names = Object.keys(properties).filter(name => required.includes(name) || isKnown(name) || (rest.minProperties ?? 0) > 0)
      return Object.fromEntries(names.map(name => [name, (isKnown(name) ? known[name] : null) ?? sampleOf(properties[name] ?? {}, known)]))
    }
    case 'array': return Array.from({ length: rest.minItems ?? 0 }, () => sampleOf(items ?? {}, known))
    case 'string': return formats[rest.format ?? ''] ?? textFor(rest.pattern, Math.max(1, rest.minLength ?? 1))
    case 'integer':
    case 'number': return rest.minimum ?? 1
    case 'boolean': return true
    default: return null
  }
}

const texts = ['2026-01-01', '08:00', 'EUR', 'FR', '2026-01', 'https://x', '607000', 'fec', 'x', 'new']

function textFor(pattern: string | undefined, length: number): string {
  const fits = pattern === undefined ? undefined : texts.find(text => new RegExp(pattern).test(text))
  return fits ?? 'x'.repeat(length)
}
