import { batchSize, type BatchAnswer, type Command } from './batch.ts'
import { errorOfFault, faultOfSilence, type RestFault } from './rest-fault.ts'
import { rowsUnder, toList, toMap, type Params } from './php-query.ts'

/** A list that can be read in ascending order of id. Names are the host's. */
export interface KeysetList {
  /** Unique among the lists that share a batch; a word, not a number. */
  readonly key: string
  readonly method: string
  readonly params: Params
  readonly filter?: Params
  /** `ID` for the old families, `id` for the new ones. */
  readonly idField: 'ID' | 'id'
  /** Where the rows are inside the result: `items`, or null for a bare list. */
  readonly rowsIn: string | null
  /** `user.get` spells its filter and its order differently. */
  readonly dialect?: 'user'
}

export type Row = Readonly<Record<string, unknown>>

export interface KeysetPage {
  readonly rows: readonly Row[]
  readonly lastId: number
}

export interface KeysetReading {
  /** Nothing left to read. */
  readonly isDone: boolean
  readonly after: number
  /** Rows still to come as the portal counted them; null before it did. */
  readonly remaining: number | null
  /** Commands for the next batch, at most `slots`; none when done. */
  commands(slots: number): Command[]
  /** Rows of the commands just sent. Throws only when not even the first page arrived. */
  take(answer: BatchAnswer): KeysetPage
}

const pageSize = 50

/**
 * Fifty pages in one request. Page n+1 asks for ids above the last one of page n by reference
 * (`$result[deals_0][items][49][id]`), which the host fills in while it works the batch off. Behind a page with fewer
 * than 50 rows the reference finds nothing, and the host may then read from the start again, fail, or answer nothing.
 * So a chain is never longer than the counted rest needs, and on our side a page counts only if the page before it was
 * full and its ids go on rising; everything behind the first short page is dropped unread. A short page ends the
 * reading when the count agrees (or none was made); else the next request goes on behind its last row. A full page does
 * not end it, whatever was counted: rows that a wrong count hides would be taken for deleted ones. Where one page more
 * costs too much, `trustsCount` spares it.
 */
export function createKeysetReading(list: KeysetList, { after: start = 0, expected = null, trustsCount = false }: { after?: number, expected?: number | null, trustsCount?: boolean } = {}): KeysetReading {
  let after = start
  let remaining: number | null = null
  let isDone = false
  let sent: Command[] = []

  return {
    get isDone() {
      return isDone
    },
    get after() {
      return after
    },
    get remaining() {
      return remaining
    },
    commands(slots) {
      if (isDone || slots < 1)
        return sent = []
      const rest = remaining ?? expected ?? Number.POSITIVE_INFINITY
      const needed = remaining === null || trustsCount ? Math.max(1, Math.ceil(rest / pageSize)) : Math.floor(rest / pageSize) + 1
      const pages = Math.min(slots, batchSize, needed)
      return sent = Array.from({ length: pages }, (_, page) => pageCommand(list, page, after, page === 0 && remaining === null))
    },
    take(answer) {
      const chain = readChain(list, sent, answer, after)
      const counted = sent[0] ? answer.totals.get(sent[0].key) : undefined
      if (remaining === null && counted !== undefined)
        remaining = counted
      if (remaining !== null)
        remaining = Math.max(0, remaining - chain.rows.length)
      after = chain.lastId
      isDone = chain.isAtEnd ? chain.isEmpty || !remaining : trustsCount && remaining === 0 && chain.fault === null
      if (chain.fault && chain.rows.length === 0)
        throw errorOfFault(chain.fault, { method: list.method })
      return chain
    },
  }
}

export async function* streamKeyset(
  client: { batch(commands: readonly Command[], options?: { signal?: AbortSignal }): Promise<BatchAnswer> },
  list: KeysetList,
  { after, signal }: { after?: number, signal?: AbortSignal } = {},
): AsyncGenerator<KeysetPage, void, undefined> {
  const reading = createKeysetReading(list, { after })
  while (!reading.isDone) {
    const page = reading.take(await client.batch(reading.commands(batchSize), { signal }))
    if (page.rows.length > 0)
      yield page
  }
}

interface Chain extends KeysetPage {
  /** The last accepted page was short. */
  readonly isAtEnd: boolean
  /** … and held nothing at all. */
  readonly isEmpty: boolean
  readonly fault: RestFault | null
}

function pageCommand(list: KeysetList, page: number, after: number, isCounting: boolean): Command {
  const above = page === 0 ? after : referenceTo(list, page - 1)
  const filter = { ...list.filter, [`>${list.idField}`]: above }
  // start -1 spares the portal the counting, which costs more than the page itself.
  const start = isCounting ? 0 : -1
  const params = list.dialect === 'user'
    ? { ...list.params, FILTER: filter, sort: list.idField, order: 'ASC', start }
    : { ...list.params, filter, order: { [list.idField]: 'ASC' }, start }
  return { key: keyOf(list, page), method: list.method, params }
}

const keyOf = (list: KeysetList, page: number) => `${list.key}_${page}`

function referenceTo(list: KeysetList, page: number): string {
  const path = list.rowsIn === null ? '' : `[${list.rowsIn}]`
  return `$result[${keyOf(list, page)}]${path}[${pageSize - 1}][${list.idField}]`
}

function readChain(list: KeysetList, commands: readonly Command[], answer: BatchAnswer, after: number): Chain {
  const rows: Row[] = []
  let lastId = after
  const stop = (end: Partial<Chain>): Chain => ({ rows, lastId, isAtEnd: false, isEmpty: false, fault: null, ...end })

  for (const { key } of commands) {
    const fault = answer.faults.get(key)
    if (fault)
      return stop({ fault })
    const page = rowsOf(list, answer.results.get(key))
    if (!page || !isRising(page, list.idField, lastId))
      return stop({ fault: faultOfSilence('unreadable', 200) })
    rows.push(...page)
    lastId = page.length > 0 ? Number(page.at(-1)?.[list.idField]) : lastId
    if (page.length < pageSize)
      return stop({ isAtEnd: true, isEmpty: page.length === 0 })
  }
  return stop({})
}

/** The rows of one answered command; null when the answer holds none. */
export function rowsOf({ rowsIn }: Pick<KeysetList, 'rowsIn'>, result: unknown): Row[] | null {
  if (rowsIn !== null)
    return rowsUnder(result, rowsIn)
  return result === undefined ? null : toList(result).map(toMap)
}

function isRising(page: readonly Row[], idField: string, after: number): boolean {
  let last = after
  return page.every((row) => {
    const id = Number(row[idField])
    const rises = Number.isInteger(id) && id > last
    last = id
    return rises
  })
}
