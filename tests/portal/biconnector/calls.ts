import type { Portal } from '../state.ts'
import type { BiConnector, BiDataset, BiFieldType, BiSource } from '../state.bi.ts'
import { stringify } from 'qs'
import { checkHandlerUrl } from '../apps/handler-url.ts'

/** How BI Builder speaks with a connected system: POST, a form, 200 or it counts as unreachable, 250 seconds. */

const timeoutMs = 250_000

export type Outcome<T> = { isGood: true, value: T } | { isGood: false, reason: string }

const bad = (reason: string): { isGood: false, reason: string } => ({ isGood: false, reason })

type Door = 'urlCheck' | 'urlTableList' | 'urlTableDescription' | 'urlData'

async function post(portal: Portal, connector: BiConnector, door: Door, connection: Record<string, string>, body: Record<string, unknown>): Promise<Outcome<string>> {
  const url = connector[door]
  const startedAt = performance.now()
  const note = (status: number | null, failure: string | null) =>
    portal.journal.write('bi', { door, url, body, status, failure, ms: Math.round(performance.now() - startedAt) })
  try {
    checkHandlerUrl(portal, url)
    const answer = await fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      body: stringify({ ...body, connection }),
      redirect: 'manual',
      signal: AbortSignal.timeout(timeoutMs),
    })
    const text = await answer.text()
    note(answer.status, null)
    if (answer.status !== 200)
      return bad(`HTTP ${answer.status}`)
    return text === '' ? bad('an empty answer') : { isGood: true, value: text }
  }
  catch (error) {
    const failure = error instanceof Error ? String(error.cause ?? error.message) : String(error)
    note(null, failure)
    return bad(failure)
  }
}

function parsed(outcome: Outcome<string>): Outcome<unknown> {
  if (!outcome.isGood)
    return outcome
  try {
    return { isGood: true, value: JSON.parse(outcome.value) as unknown }
  }
  catch {
    return bad('an answer that is no JSON')
  }
}

export interface Link {
  readonly portal: Portal
  readonly connector: BiConnector
  readonly connection: Record<string, string>
}

export function linkOf(portal: Portal, source: BiSource): Link {
  const connector = portal.bi.connectors.get(source.connectorId)!
  return { portal, connector, connection: Object.fromEntries([...source.settings].map(([code, { value }]) => [code, value])) }
}

export const checkConnection = ({ portal, connector, connection }: Link): Promise<Outcome<string>> =>
  post(portal, connector, 'urlCheck', connection, {})

/** Objects of an answer whose named members are all filled. */
function filled<K extends string>(outcome: Outcome<unknown>, names: readonly K[]): Outcome<Record<K, string>[]> {
  if (!outcome.isGood)
    return outcome
  const isWhole = (one: unknown) => typeof one === 'object' && one !== null && names.every(name => Boolean((one as Record<string, unknown>)[name]))
  return Array.isArray(outcome.value) && outcome.value.every(isWhole)
    ? { isGood: true, value: outcome.value as Record<K, string>[] }
    : bad(`not every entry has ${names.join(', ')}`)
}

export const readTables = async ({ portal, connector, connection }: Link, searchString: string): Promise<Outcome<Record<'code' | 'title', string>[]>> =>
  filled(parsed(await post(portal, connector, 'urlTableList', connection, { searchString })), ['code', 'title'])

export const readColumns = async ({ portal, connector, connection }: Link, table: string): Promise<Outcome<Record<'code' | 'name' | 'type', string>[]>> =>
  filled(parsed(await post(portal, connector, 'urlTableDescription', connection, { table })), ['code', 'name', 'type'])

export const knownTypes: readonly BiFieldType[] = ['int', 'string', 'double', 'date', 'datetime']

export interface Question {
  /** Names of the dataset's fields. */
  readonly select?: readonly string[]
  readonly filter?: Readonly<Record<string, unknown>>
  readonly limit?: number
}

export interface Rows {
  readonly codes: string[]
  readonly rows: unknown[][]
}

export async function readRows(portal: Portal, dataset: BiDataset, { select, filter, limit }: Question): Promise<Outcome<Rows>> {
  const source = portal.bi.sources.get(dataset.sourceId)!
  const { connector, connection } = linkOf(portal, source)
  const fields = dataset.fields.filter(({ name }) => !select || select.includes(name))
  const answer = parsed(await post(portal, connector, 'urlData', connection, {
    table: dataset.externalCode,
    ...(select && { select: fields.map(({ name }) => name) }),
    ...(filter && { filter }),
    ...(limit !== undefined && { limit }),
    mapFields: Object.fromEntries(fields.map(({ externalCode, name }) => [externalCode, name])),
  }))
  if (!answer.isGood)
    return answer
  const [codes, ...rows] = Array.isArray(answer.value) ? answer.value as unknown[] : []
  if (!isList(codes) || !rows.every(row => isList(row) && row.length === codes.length))
    return bad('not a list of rows below a row of codes')
  return { isGood: true, value: { codes: codes.map(String), rows: rows as unknown[][] } }
}

const isList = (value: unknown): value is unknown[] => Array.isArray(value)
