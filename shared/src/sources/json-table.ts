import { withoutBreath, type EachInTurn } from '../each-in-turn.ts'
import { cellText } from '../imports/sheet-text.ts'

export interface JsonTable {
  readonly headers: readonly string[]
  readonly rows: readonly (readonly string[])[]
  /** Where the rows were found. */
  readonly rowsPath: string
  /** Where rows could be found, too. */
  readonly places: readonly string[]
}

const deepest = 4
const mostColumns = 200

type JsonObject = Readonly<Record<string, unknown>>

const isObject = (value: unknown): value is JsonObject => typeof value === 'object' && value !== null && !Array.isArray(value)

/** A list of objects as a table; objects inside become columns with dots: `metrics.clicks`. Null where there is no such list. */
export async function jsonTable(value: unknown, rowsPath: string | null, eachInTurn: EachInTurn = withoutBreath): Promise<JsonTable | null> {
  const lists = [...listsIn(value)]
  const found = rowsPath === null ? longest(lists) : at(value, rowsPath)
  if (!found)
    return null
  const [flat, titles] = [new Array<ReadonlyMap<string, unknown>>(), new Set<string>()]
  await eachInTurn(found.rows, (row) => {
    const cells = flatten(row)
    flat.push(cells)
    for (const title of cells.keys())
      titles.add(title)
  })
  const headers = [...titles].slice(0, mostColumns)
  const rows: string[][] = []
  await eachInTurn(flat, cells => rows.push(headers.map(header => cellText(cells.get(header)))))
  return { headers, rows, rowsPath: found.path, places: lists.map(({ path }) => path) }
}

interface Found { readonly rows: readonly JsonObject[], readonly path: string }

/** Lists of objects, in the order of the answer. */
function* listsIn(value: unknown, path = '', depth = 0): Generator<Found> {
  if (Array.isArray(value)) {
    if (value.length > 0 && value.every(isObject))
      yield { rows: value, path }
  }
  else if (isObject(value) && depth < deepest) {
    for (const [name, inner] of Object.entries(value))
      yield* listsIn(inner, path === '' ? name : `${path}.${name}`, depth + 1)
  }
}

const longest = (lists: readonly Found[]): Found | null =>
  lists.reduce<Found | null>((best, found) => !best || found.rows.length > best.rows.length ? found : best, null)

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

/** Where interfaces write the address of their next page: Meta, JSON:API, Django, HAL, OData, Google, Laravel. */
const nextPlaces = [
  ['paging', 'next'], ['links', 'next'], ['next'], ['pagination', 'next'], ['pagination', 'next_url'], ['meta', 'next'], ['_links', 'next', 'href'],
  ['@odata.nextLink'], ['nextLink'], ['next_page_url'],
]

export const nextLink = (value: unknown): string | null => nextPlaces
  .map(names => names.reduce<unknown>((here, name) => isObject(here) ? here[name] : undefined, value))
  .find((found): found is string => typeof found === 'string' && found !== '') ?? null
