import { cellText } from '../imports/sheet-text.ts'

export interface JsonTable {
  readonly headers: readonly string[]
  readonly rows: readonly (readonly string[])[]
  /** Where the rows were found. */
  readonly rowsPath: string
}

const deepest = 4
const mostColumns = 200

type JsonObject = Readonly<Record<string, unknown>>

const isObject = (value: unknown): value is JsonObject => typeof value === 'object' && value !== null && !Array.isArray(value)

/** A list of objects as a table; objects inside become columns with dots: `metrics.clicks`. Null where there is no such list. */
export function jsonTable(value: unknown, rowsPath: string | null): JsonTable | null {
  const found = rowsPath === null ? findRows(value) : at(value, rowsPath)
  if (!found)
    return null
  const flat = found.rows.map(row => flatten(row))
  const headers = [...new Set(flat.flatMap(row => [...row.keys()]))].slice(0, mostColumns)
  return { headers, rows: flat.map(row => headers.map(header => cellText(row.get(header)))), rowsPath: found.path }
}

interface Found { readonly rows: readonly JsonObject[], readonly path: string }

/** The longest list of objects, the nearest one first. */
function findRows(value: unknown, path = '', depth = 0): Found | null {
  if (Array.isArray(value)) {
    const rows = value.filter(isObject)
    return rows.length > 0 && rows.length === value.length ? { rows, path } : null
  }
  if (!isObject(value) || depth >= deepest)
    return null
  return Object.entries(value)
    .map(([name, inner]) => findRows(inner, path === '' ? name : `${path}.${name}`, depth + 1))
    .reduce<Found | null>((best, found) => found && (!best || found.rows.length > best.rows.length) ? found : best, null)
}

function at(value: unknown, path: string): Found | null {
  const inner = path === '' ? value : path.split('.').reduce<unknown>((here, name) => isObject(here) ? here[name] : undefined, value)
  if (isObject(inner))
    return { rows: [inner], path }
  return Array.isArray(inner) && inner.every(isObject) ? { rows: inner, path } : null
}

function flatten(row: JsonObject, prefix = '', depth = 0, flat = new Map<string, unknown>()): Map<string, unknown> {
  for (const [name, value] of Object.entries(row)) {
    const key = prefix === '' ? name : `${prefix}.${name}`
    if (isObject(value) && depth < deepest)
      flatten(value, key, depth + 1, flat)
    else if (!Array.isArray(value))
      flat.set(key.slice(0, 200), value)
  }
  return flat
}
