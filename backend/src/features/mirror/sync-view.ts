import { mirrorEntities, type EntitySync, type LimiterView, type SyncState } from '@comptoir/shared/mirror/mirror.contract'
import { isWithoutAccess } from '@comptoir/shared/mirror/optional-lists'
import { smartEntity } from './mirrored-kinds.ts'
import { directoryMs, nextRunAt } from './sync-schedule.ts'

/** What the panel shows, from what is stored and what the limiter says right now. */

export interface EntityRow {
  readonly entity: string
  readonly mode: 'full' | 'incremental'
  readonly status: 'idle' | 'running' | 'failed' | 'paused'
  readonly rows_read: number
  readonly rows_expected: number | null
  readonly portal_count: number | null
  readonly mirror_count: number | null
  readonly counted_at: Date | null
  readonly watermark: Date | null
  readonly finished_at: Date | null
  readonly error_code: string | null
}

export interface RunRow {
  readonly is_paused: boolean
  readonly check_requested_at: Date | null
  readonly rebuild_requested_at: Date | null
  readonly last_run_at: Date | null
  readonly reconciled_at: Date | null
  readonly waiting_until: Date | null
  readonly error_code: string | null
}

export interface LimiterRow extends Omit<LimiterView, 'operating'> {
  readonly operating: readonly { readonly method: string, readonly usedSeconds: number, readonly limitSeconds: number, readonly resetsAt: number }[]
}

export interface SyncMoment {
  readonly timeZone: string
  readonly hasHints: boolean
  readonly smartTypes: readonly { readonly entityTypeId: number, readonly title: string }[]
  readonly now: Date
}

export function syncView(run: RunRow, rows: readonly EntityRow[], limiter: LimiterRow, { timeZone, hasHints, smartTypes, now }: SyncMoment): SyncState {
  const titles = new Map(smartTypes.map(({ entityTypeId, title }) => [smartEntity(entityTypeId) as string, title]))
  const marks = {
    isPaused: run.is_paused,
    isUnfinished: isUnfinished(rows),
    hasHints,
    lastRunAt: run.last_run_at,
    checkedAt: run.reconciled_at,
    isCheckRequested: run.check_requested_at !== null || run.rebuild_requested_at !== null,
    waitingUntil: run.waiting_until,
  }
  // A run that is due starts with the next tick; an instant in the past would read as a mistake.
  const due = nextRunAt(marks, timeZone, now)
  const next = due && new Date(Math.max(due.getTime(), now.getTime()))
  const entities = [...mirrorEntities, ...titles.keys()]
    .flatMap(entity => rows.filter(row => row.entity === entity))
    .map(row => ({ ...entityView(row), title: titles.get(row.entity) ?? null, nextRunAt: iso(next && nextReading(row, next)) }))
  return {
    status: statusOf(run, rows, now),
    lagSeconds: lagOf(rows, now),
    lastRunAt: iso(run.last_run_at),
    nextRunAt: iso(next),
    lastCheckAt: iso(run.reconciled_at),
    waitingUntil: run.waiting_until && run.waiting_until > now ? iso(run.waiting_until) : null,
    errorCode: run.error_code,
    entities,
    limiter: { ...limiter, operating: limiter.operating.map(entry => ({ ...entry, resetsAt: new Date(entry.resetsAt).toISOString() })) },
  }
}

/** Something still has to be read from its first record. What failed for good waits for the next ordinary run. */
export const isUnfinished = (rows: readonly Pick<EntityRow, 'mode' | 'status'>[]): boolean =>
  rows.some(({ mode, status }) => mode === 'full' && status !== 'failed')

function statusOf(run: RunRow, rows: readonly EntityRow[], now: Date): SyncState['status'] {
  if (run.is_paused)
    return 'paused'
  if (run.waiting_until && run.waiting_until > now)
    return 'waiting'
  if (rows.some(({ status }) => status === 'running'))
    return 'running'
  if (run.error_code !== null || rows.some(row => row.status === 'failed' && !isWithoutAccess({ ...row, errorCode: row.error_code })))
    return 'failed'
  return rows.every(({ finished_at: at }) => at === null) ? 'empty' : 'idle'
}

/** The mirror is as old as the oldest of its two main lists. */
function lagOf(rows: readonly EntityRow[], now: Date): number | null {
  const marks = ['deals', 'companies'].map(entity => rows.find(row => row.entity === entity)?.watermark ?? null)
  const oldest = marks.includes(null) ? null : Math.min(...marks.map(mark => mark?.getTime() ?? 0))
  return oldest === null ? null : Math.max(0, Math.round((now.getTime() - oldest) / 1000))
}

const directories: readonly string[] = ['stages', 'currencies', 'departments', 'users']

/** A run leaves out directories that were read a short while ago. */
function nextReading({ entity, mode, finished_at: finishedAt }: EntityRow, next: Date): Date {
  const isRested = directories.includes(entity) && mode === 'incremental' && finishedAt !== null
  return isRested ? new Date(Math.max(next.getTime(), finishedAt.getTime() + directoryMs)) : next
}

function entityView(row: EntityRow): Omit<EntitySync, 'title' | 'nextRunAt'> {
  return {
    entity: row.entity as EntitySync['entity'],
    mode: row.mode,
    status: row.status,
    rowsRead: row.rows_read,
    rowsExpected: row.rows_expected,
    portalCount: row.portal_count,
    mirrorCount: row.mirror_count,
    countedAt: iso(row.counted_at),
    readUpTo: iso(row.watermark),
    finishedAt: iso(row.finished_at),
    errorCode: row.error_code,
  }
}

const iso = (at: Date | null): string | null => at?.toISOString() ?? null
