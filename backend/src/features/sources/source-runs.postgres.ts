import { sql } from 'kysely'
import { AppError } from '@comptoir/shared/errors'
import type { SourceRun } from '@comptoir/shared/sources/source.contract'
import type { Database, Tx } from '../../platform/storage/database.ts'

export interface RunPlace { readonly portalId: number, readonly runId: string }
export interface Settled { readonly read: number, readonly added: number, readonly changed: number, readonly same: number, readonly removed: number, readonly refused: number }

export async function lastRuns(db: Database, portalId: number, sourceIds: readonly string[], each: number): Promise<Map<string, SourceRun[]>> {
  if (sourceIds.length === 0)
    return new Map()
  const { rows } = await sql<{ source_id: string, run: Omit<SourceRun, 'dueAt' | 'finishedAt'>, due_at: Date, finished_at: Date | null }>`
    select s.source_id, r.due_at, r.finished_at, jsonb_build_object('runId', r.run_id, 'reason', r.reason, 'state', r.state, 'fileName', r.file_name, 'read', r.rows_read,
      'added', r.rows_new, 'changed', r.rows_changed, 'same', r.rows_same, 'removed', r.rows_removed, 'refused', r.rows_refused, 'errorCode', r.error_code) as run
    from unnest(${[...sourceIds]}::uuid[]) s(source_id)
      cross join lateral (select * from source_runs r where r.portal_id = ${portalId} and r.source_id = s.source_id order by r.due_at desc limit ${each}) r`.execute(db)
  const runs = new Map<string, SourceRun[]>()
  for (const { source_id: id, run, due_at: due, finished_at: finished } of rows)
    runs.set(id, [...runs.get(id) ?? [], { ...run, dueAt: due.toISOString(), finishedAt: finished?.toISOString() ?? null }])
  return runs
}

interface NewRun { readonly sourceId: string, readonly reason: SourceRun['reason'], readonly dueAt: Date, readonly fileName?: string, readonly state?: 'running' }

/** Null when this moment of the schedule has its run already. */
export async function noteRun(db: Database | Tx, portalId: number, { sourceId, reason, dueAt, fileName, state }: NewRun): Promise<string | null> {
  const row = await db.insertInto('source_runs').values({ portal_id: portalId, source_id: sourceId, reason, due_at: dueAt, file_name: fileName ?? null, ...state && { state } })
    .onConflict(conflict => conflict.doNothing()).returning('run_id').executeTakeFirst()
  return row?.run_id ?? null
}

export async function finishRun(db: Database | Tx, { portalId, runId }: RunPlace, { read, added, changed, same, removed, refused }: Settled, now: Date): Promise<void> {
  await db.updateTable('source_runs').set({
    state: 'done', rows_read: read, rows_new: added, rows_changed: changed, rows_same: same, rows_removed: removed, rows_refused: refused, error_code: null,
    error_details: null, finished_at: now,
  }).where('portal_id', '=', portalId).where('run_id', '=', runId).execute()
  // Rules that decide when a source is refreshed hear of it in the same transaction.
  await sql`select decisions_note_source(${portalId}, 'data', ${runId}::text)`.execute(db)
}

export async function failRun(db: Database, { portalId, runId }: RunPlace, error: unknown, now: Date): Promise<void> {
  const known = error instanceof AppError ? error : new AppError('internal', { cause: error })
  await db.updateTable('source_runs').set({ state: 'failed', error_code: known.code, error_details: JSON.stringify(known.details), finished_at: now })
    .where('portal_id', '=', portalId).where('run_id', '=', runId).execute()
}

/** Deliveries older than this are told by their rows alone. */
const keptDays = 180

export async function forgetOldRuns(db: Database, now: Date): Promise<void> {
  await db.deleteFrom('source_runs').where('due_at', '<', sql<Date>`${now}::timestamptz - ${keptDays} * interval '1 day'`).execute()
}
