import type { FastifyInstance } from 'fastify'
import formbody from '@fastify/formbody'
import qs from 'qs'

/** The host posts forms with PHP brackets. Bounded in depth and count: the sender is not verified yet. */
export async function acceptHostForms(app: FastifyInstance): Promise<void> {
  await app.register(formbody, {
    bodyLimit: 4 * 1024 * 1024,
    parser: text => qs.parse(text, { depth: 6, parameterLimit: 5_000, arrayLimit: 1_000 }) as Record<string, unknown>,
  })
}

/** A form field as text; null when it is missing, empty or not a single value. */
export function field(form: unknown, ...path: readonly string[]): string | null {
  let value: unknown = form
  for (const name of path)
    value = typeof value === 'object' && value !== null ? (value as Record<string, unknown>)[name] : undefined
  if (typeof value === 'number')
    return String(value)
  return typeof value === 'string' && value !== '' ? value : null
}

/** A map the host put into a field: as a JSON text, or spread over fields with brackets. */
export function mapField(form: unknown, name: string): Record<string, unknown> {
  const value = typeof form === 'object' && form !== null ? (form as Record<string, unknown>)[name] : undefined
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? value as Record<string, unknown> : jsonMap(field(form, name))
}

/** A JSON text the host put into a field, as a map; PHP's empty map `[]` included. */
function jsonMap(text: string | null): Record<string, unknown> {
  if (text === null)
    return {}
  try {
    const value: unknown = JSON.parse(text)
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? value as Record<string, unknown> : {}
  }
  catch {
    return {}
  }
}
