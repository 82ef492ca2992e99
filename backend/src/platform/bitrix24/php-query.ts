import qs from 'qs'

export type Params = Readonly<Record<string, unknown>>

/** A command of a batch: `method?a[b]=c`, with the brackets of PHP. */
export function commandText(method: string, params: Params): string {
  const query = qs.stringify(params, { arrayFormat: 'indices', format: 'RFC1738' })
  return query === '' ? method : `${method}?${query}`
}

/** PHP writes an empty map as `[]` and a map with keys 0, 1, 2 as a list: both are maps again after this. */
export function toMap(value: unknown): Record<string, unknown> {
  if (Array.isArray(value))
    return Object.fromEntries(value.map((item, index) => [String(index), item]))
  return typeof value === 'object' && value !== null ? value as Record<string, unknown> : {}
}

/** The opposite: a list that lost its brackets because its keys had gaps. */
export function toList(value: unknown): unknown[] {
  if (Array.isArray(value))
    return value
  return typeof value === 'object' && value !== null ? Object.values(value) : []
}

/** The rows a result holds under a name; a result that came as an empty map (`[]`) holds none, null is a hole in the answer. */
export function rowsUnder(result: unknown, name: string): Record<string, unknown>[] | null {
  const rows = toMap(result)[name]
  if (rows === undefined)
    return Array.isArray(result) && result.length === 0 ? [] : null
  return toList(rows).map(toMap)
}
