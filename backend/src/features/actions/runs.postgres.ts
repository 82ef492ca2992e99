import { createHash } from 'node:crypto'
import { sql, type Selectable } from 'kysely'
import type { ActionDocument, ActionEffect, ActionRun, ReturnValue } from '@comptoir/shared/actions/action.contract'
import type { ActionId } from '@comptoir/shared/actions/definitions'
import type { RawSettings } from '@comptoir/shared/actions/settings'
import { AppError, type ErrorCode } from '@comptoir/shared/errors'
import type { TokenCipher } from '../../platform/bitrix24/token-cipher.ts'
import type { Database } from '../../platform/storage/database.ts'
import type { ActionTables } from '../../platform/storage/tables/actions.ts'
import type { Plan } from './operation.ts'
import type { Outcome, StoredRun } from './run.ts'

type Row = Selectable<ActionTables['action_runs']>

export interface NewRun {
  readonly portalId: number
  readonly actionId: ActionId
  readonly code: string
  readonly workflowId: string | null
  readonly document: ActionDocument | null
  readonly settings: RawSettings
  readonly eventToken: string
  readonly isWaitedFor: boolean
}

/**
 * Stores many steps in one statement; what was delivered before stays as it is. Columns travel as arrays:
 * the text of the statement stays the same for one step and for two hundred, so it is parsed and planned once.
 */
export async function storeRuns(db: Database, cipher: TokenCipher, runs: readonly NewRun[]): Promise<void> {
  await sql`
    insert into action_runs (portal_id, action_id, code, workflow_id, entity_type_id, entity_id, settings, event_token, event_token_hash, is_waited_for)
    select * from unnest(
      ${runs.map(run => run.portalId)}::int[], ${runs.map(run => run.actionId)}::text[], ${runs.map(run => run.code)}::text[],
      ${runs.map(run => run.workflowId)}::text[], ${runs.map(run => run.document?.entityTypeId ?? null)}::int[],
      ${runs.map(run => run.document?.entityId ?? null)}::int[], ${runs.map(run => JSON.stringify(run.settings))}::jsonb[],
      ${runs.map(run => cipher.seal(run.portalId, run.eventToken))}::bytea[],
      ${runs.map(run => createHash('sha256').update(run.eventToken).digest())}::bytea[], ${runs.map(run => run.isWaitedFor)}::boolean[])
    on conflict (portal_id, event_token_hash) where rerun_of is null do nothing`.execute(db)
}

export interface ClaimedRun extends StoredRun {
  readonly portalId: number
  /** This one included. */
  readonly tries: number
}

/** Takes runs whose time has come, under a lease: whoever dies with one leaves it to be taken again. */
export async function claimRuns(db: Database, { atMost, leaseMs, busyPortals }: { atMost: number, leaseMs: number, busyPortals: readonly number[] }): Promise<ClaimedRun[]> {
  const { rows } = await sql<Row>`
    update action_runs r set state = 'running', tries = r.tries + 1, started_at = coalesce(r.started_at, now()),
      next_try_at = now() + ${leaseMs} * interval '1 millisecond'
    from (
      select portal_id, run_id from action_runs
      where state in ('waiting', 'running') and next_try_at <= now() and portal_id <> all(${busyPortals}::int[])
      order by next_try_at limit ${atMost} for update skip locked
    ) due
    where r.portal_id = due.portal_id and r.run_id = due.run_id
    returning r.*`.execute(db)
  return rows.map(row => ({ ...toStored(row), portalId: row.portal_id, tries: row.tries }))
}

/** The lease ends now or later: after a passing failure, or when the app stops. */
export async function postponeRun(db: Database, portalId: number, runId: string, delayMs: number): Promise<void> {
  await db.updateTable('action_runs').set({ next_try_at: sql<Date>`now() + ${delayMs} * interval '1 millisecond'` })
    .where('portal_id', '=', portalId).where('run_id', '=', runId).where('state', '=', 'running').execute()
}

/** For the only owner of a database that starts anew: whoever held these leases is dead. */
export async function releaseLeases(db: Database): Promise<void> {
  await db.updateTable('action_runs').set({ next_try_at: sql<Date>`now()` }).where('state', '=', 'running').execute()
}

const toStored = (row: Row): StoredRun => ({
  runId: row.run_id,
  actionId: row.action_id as ActionId,
  settings: row.settings as RawSettings,
  document: documentOf(row),
  isWaitedFor: row.is_waited_for,
  outcome: row.computed_at === null ? null : {
    isSuccess: row.is_success ?? false,
    returns: (row.returns ?? {}) as Record<string, ReturnValue>,
    message: row.message ?? '',
    effects: row.effects as ActionEffect[],
    errorCode: row.error_code as ErrorCode | null,
  },
})

export async function settleRun(db: Database, portalId: number, runId: string, outcome: Outcome, apply: Plan['apply']): Promise<boolean> {
  return db.transaction().execute(async (tx) => {
    const { numUpdatedRows } = await tx.updateTable('action_runs')
      .set({
        computed_at: new Date(),
        is_success: outcome.isSuccess,
        returns: JSON.stringify(outcome.returns),
        message: outcome.message,
        effects: JSON.stringify(outcome.effects),
        error_code: outcome.errorCode,
      })
      .where('portal_id', '=', portalId).where('run_id', '=', runId).where('computed_at', 'is', null)
      .executeTakeFirst()
    if (numUpdatedRows === 0n)
      return false
    await apply?.(tx, runId)
    return true
  })
}

export async function finishRun(db: Database, portalId: number, runId: string, state: 'answered' | 'unanswered' | 'failed', errorCode: ErrorCode | null): Promise<void> {
  await db.updateTable('action_runs').set({ state, error_code: errorCode, finished_at: new Date() })
    .where('portal_id', '=', portalId).where('run_id', '=', runId).where('state', '=', 'running').execute()
}

export async function readEventToken(db: Database, cipher: TokenCipher, portalId: number, runId: string): Promise<string> {
  const row = await db.selectFrom('action_runs').select('event_token')
    .where('portal_id', '=', portalId).where('run_id', '=', runId).executeTakeFirst()
  if (!row)
    throw new AppError('action.run_unknown')
  return cipher.open(portalId, row.event_token)
}

/** The same inputs again, under a name of its own; the host's right to an answer goes along. */
export async function copyRun(db: Database, portalId: number, runId: string, userId: number): Promise<string> {
  const original = await db.selectFrom('action_runs').selectAll()
    .where('portal_id', '=', portalId).where('run_id', '=', runId).executeTakeFirst()
  if (!original)
    throw new AppError('action.run_unknown')
  if (original.state === 'waiting' || original.state === 'running')
    throw new AppError('action.run_unfinished')
  const copy = await db.insertInto('action_runs').values({
    portal_id: portalId,
    action_id: original.action_id,
    code: original.code,
    workflow_id: original.workflow_id,
    entity_type_id: original.entity_type_id,
    entity_id: original.entity_id,
    settings: JSON.stringify(original.settings),
    event_token: original.event_token,
    event_token_hash: original.event_token_hash,
    is_waited_for: original.is_waited_for,
    rerun_of: original.rerun_of ?? original.run_id,
    requested_by: userId,
  }).returning('run_id').executeTakeFirstOrThrow()
  return copy.run_id
}

export interface RunFilter {
  readonly actionId?: string
  readonly state?: Row['state']
  /** `<received at>_<run id>` of the last row of the page before. */
  readonly before?: string
}

const pageSize = 50

export async function listRuns(db: Database, portalId: number, { actionId, state, before }: RunFilter): Promise<{ runs: ActionRun[], next: string | null }> {
  const [at, id] = before?.split('_') ?? []
  const rows = await db.selectFrom('action_runs').selectAll()
    .where('portal_id', '=', portalId)
    .$if(actionId !== undefined, query => query.where('action_id', '=', actionId ?? ''))
    .$if(state !== undefined, query => query.where('state', '=', state ?? 'waiting'))
    .$if(Boolean(at && id), query => query.where(sql<boolean>`(date_trunc('milliseconds', received_at), run_id) < (${at}::timestamptz, ${id}::uuid)`))
    .orderBy(sql`date_trunc('milliseconds', received_at)`, 'desc').orderBy('run_id', 'desc')
    .limit(pageSize + 1)
    .execute()
  const page = rows.slice(0, pageSize)
  const last = page.at(-1)
  return { runs: page.map(toRun), next: rows.length > pageSize && last ? `${last.received_at.toISOString()}_${last.run_id}` : null }
}

export async function findRun(db: Database, portalId: number, runId: string): Promise<ActionRun> {
  const row = await db.selectFrom('action_runs').selectAll().where('portal_id', '=', portalId).where('run_id', '=', runId).executeTakeFirst()
  if (!row)
    throw new AppError('action.run_unknown')
  return toRun(row)
}

function toRun(row: Row): ActionRun {
  const settings = row.settings as RawSettings
  const until = row.finished_at ?? row.computed_at
  return {
    runId: row.run_id,
    actionId: row.action_id,
    operation: settings.operation ?? null,
    document: documentOf(row),
    state: row.state,
    isSuccess: row.is_success,
    settings,
    returns: row.returns as ActionRun['returns'],
    message: row.message,
    effects: row.effects as ActionEffect[],
    errorCode: row.error_code,
    receivedAt: row.received_at.toISOString(),
    finishedAt: row.finished_at?.toISOString() ?? null,
    durationMs: until ? until.getTime() - row.received_at.getTime() : null,
    workflowId: row.workflow_id,
    rerunOf: row.rerun_of,
  }
}

const documentOf = (row: Pick<Row, 'entity_type_id' | 'entity_id'>): ActionDocument | null =>
  row.entity_type_id !== null && row.entity_id !== null ? { entityTypeId: row.entity_type_id, entityId: row.entity_id } : null
