/** An escape that may stand for a zero character or half of a surrogate pair. Rare, so most answers are never walked. */
const suspicious = /\\u(?:0000|d[89a-f])/i

/** What the host sent, without characters that PostgreSQL refuses: one such title must not stop a whole reading. */
export function parseStorable(text: string): unknown {
  const value: unknown = JSON.parse(text)
  return suspicious.test(text) ? storable(value) : value
}

function storable(value: unknown): unknown {
  if (typeof value === 'string')
    return value.replaceAll('\0', '').toWellFormed()
  if (Array.isArray(value))
    return value.map(storable)
  if (typeof value === 'object' && value !== null)
    return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key.replaceAll('\0', '').toWellFormed(), storable(inner)]))
  return value
}
