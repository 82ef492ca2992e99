import type { MirrorEntity } from '@comptoir/shared/mirror/mirror.contract'
import { changedSince, type ItemList } from '../../platform/bitrix24/crm-lists.ts'
import { createKeysetReading, type KeysetList, type KeysetReading, type Row } from '../../platform/bitrix24/keyset.ts'
import type { Tx } from '../../platform/storage/database.ts'
import type { Reading } from './reading.job.ts'
import { saveState, type EntityState } from './sync-state.postgres.ts'

/** How rows of a list get into the mirror, and out of it. */
export interface ItemTable {
  readonly entity: MirrorEntity
  readonly list: KeysetList
  /** `isNews`: found as changed, not in a reading from the first record. */
  readonly save: (tx: Tx, rows: readonly Row[], options: { isNews: boolean }) => Promise<void>
  /** Likely to fill the first batch by itself, so its first chain need not wait for a count. */
  readonly isLarge?: boolean
  /** Removes what lies in the range and was not there; absent where rows are never taken away. */
  readonly sweep?: (tx: Tx, range: { above: number, upTo: number | null, present: readonly number[] }) => Promise<void>
}

interface Place {
  readonly portalId: number
  readonly state: EntityState
  readonly now: () => Date
}

/** The first page tells how many there are; the chains after it are as long as needed. */
const firstPage = 50
/** Clocks of a cluster differ and transactions commit late: a little is read twice rather than never. */
const overlapMs = 5 * 60_000

/** From the first record to the last, in ascending order of id, going on where a killed run stopped. */
export function fullReading(table: ItemTable, { portalId, state, now }: Place): Reading {
  const isResumed = state.cursor > 0 && state.started_at !== null
  const keyset = createKeysetReading(table.list, { after: isResumed ? state.cursor : 0, expected: table.isLarge ? null : firstPage })
  let startedAt = isResumed ? state.started_at : null
  let rowsRead = isResumed ? state.rows_read : 0
  let rowsExpected = isResumed ? state.rows_expected : null

  return {
    entity: table.entity,
    get isDone() {
      return keyset.isDone
    },
    get isUncounted() {
      return keyset.remaining === null
    },
    commands: slots => keyset.commands(slots),
    take(answer) {
      const above = keyset.after
      const { rows, lastId } = keyset.take(answer)
      const { isDone } = keyset
      startedAt ??= answer.startedAt ?? now()
      rowsRead += rows.length
      rowsExpected ??= keyset.remaining === null ? null : keyset.remaining + rows.length
      const progress = { cursor: lastId, rows_read: rowsRead, rows_expected: rowsExpected, started_at: startedAt, error_code: null }
      return async (tx) => {
        await table.save(tx, rows, { isNews: false })
        await table.sweep?.(tx, { above, upTo: isDone ? null : lastId, present: idsOf(table.list, rows) })
        await saveState(tx, portalId, table.entity, isDone
          ? { ...progress, cursor: table.sweep ? 0 : lastId, mode: 'incremental', status: 'idle', watermark: progress.started_at, finished_at: now() }
          : { ...progress, status: 'running' })
      }
    },
  }
}

/** Only what changed since the last run. A killed run goes on in the same window. */
export function changedReading(table: ItemTable & { readonly list: ItemList }, { portalId, state, now }: Place): Reading {
  const since = new Date((state.watermark ?? new Date(0)).getTime() - overlapMs)
  const isResumed = state.cursor > 0 && state.started_at !== null
  const keyset = createKeysetReading(changedSince(table.list, since), { after: isResumed ? state.cursor : 0, expected: firstPage })
  let startedAt = isResumed ? state.started_at : null
  let rowsRead = isResumed ? state.rows_read : 0
  return incremental(table, { portalId, keyset, now }, (rows, at) => {
    startedAt ??= at
    rowsRead += rows
    return keyset.isDone
      ? { cursor: 0, status: 'idle', watermark: startedAt, started_at: startedAt, finished_at: now(), rows_read: rowsRead, error_code: null }
      : { cursor: keyset.after, status: 'running', started_at: startedAt, rows_read: rowsRead, error_code: null }
  })
}

/** For a list that only grows: everything behind the last row read. */
export function appendedReading(table: ItemTable, { portalId, state, now }: Place): Reading {
  const keyset = createKeysetReading(table.list, { after: state.cursor, expected: firstPage })
  let startedAt: Date | null = null
  let rowsRead = 0
  return incremental(table, { portalId, keyset, now }, (rows, at) => {
    startedAt ??= at
    rowsRead += rows
    const place = { cursor: keyset.after, rows_read: rowsRead, error_code: null }
    return keyset.isDone ? { ...place, status: 'idle', watermark: startedAt, finished_at: now() } : { ...place, status: 'running' }
  })
}

function incremental(
  table: ItemTable,
  { portalId, keyset, now }: { portalId: number, keyset: KeysetReading, now: () => Date },
  progress: (rows: number, at: Date) => Parameters<typeof saveState>[3],
): Reading {
  return {
    entity: table.entity,
    get isDone() {
      return keyset.isDone
    },
    commands: slots => keyset.commands(slots),
    take(answer) {
      const { rows } = keyset.take(answer)
      const change = progress(rows.length, answer.startedAt ?? now())
      return async (tx) => {
        await table.save(tx, rows, { isNews: true })
        await saveState(tx, portalId, table.entity, change)
      }
    },
  }
}

const idsOf = ({ idField }: KeysetList, rows: readonly Row[]): number[] => rows.map(row => Number(row[idField]))
