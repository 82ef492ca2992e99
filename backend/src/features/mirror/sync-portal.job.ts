import { AppError } from '@comptoir/shared/errors'
import type { Crm } from '../../platform/bitrix24/client.ts'
import type { Database } from '../../platform/storage/database.ts'
import { compareCounts } from './compare-counts.job.ts'
import { currencyReading, departmentReading, stageReading, userReading } from './directory-reading.job.ts'
import { planCheck, planRun } from './plan-run.job.ts'
import { allLists, mirroredLists } from './mirror-tables.job.ts'
import { readBatches, type BatchRun } from './read-batches.job.ts'
import { isCheckDue } from './sync-schedule.ts'
import { readSmartTypes } from './smart-types.postgres.ts'
import { readRun, readStates, saveRun, settleStates, startOver } from './sync-state.postgres.ts'

export interface SyncDeps {
  readonly db: Database
  readonly crm: Pick<Crm, 'for'>
  readonly now: () => Date
}

export interface SyncOrder {
  readonly portalId: number
  readonly timeZone: string
  readonly signal?: AbortSignal
}

/** Brings the mirror up to date. What the host refuses is noted for the panel; only our own faults are thrown. */
export async function syncPortal(deps: SyncDeps, order: SyncOrder): Promise<void> {
  const { db, now } = deps
  const { portalId } = order
  try {
    const isComplete = await runOnce(deps, order)
    if (isComplete)
      await saveRun(db, portalId, { last_run_at: now(), waiting_until: null, error_code: null })
  }
  catch (error) {
    if (!(error instanceof AppError))
      throw error
    const patience = typeof error.details.retryAfterMs === 'number' ? error.details.retryAfterMs : 0
    await saveRun(db, portalId, {
      last_run_at: now(),
      error_code: error.code,
      waiting_until: error.code === 'crm.limit' ? new Date(now().getTime() + Math.max(patience, 1_000)) : null,
    })
  }
  finally {
    await settleStates(db, portalId)
  }
}

async function runOnce(deps: SyncDeps, order: SyncOrder): Promise<boolean> {
  const { db, crm, now } = deps
  const { portalId, timeZone, signal } = order
  const client = crm.for(portalId, { lane: 'background', onPatience: until => saveRun(db, portalId, { waiting_until: until }) })
  const mayGoOn = async () => {
    const run = await readRun(db, portalId)
    return run !== null && !run.is_paused && run.rebuild_requested_at === null
  }
  const batches: BatchRun = { db, client, portalId, signal, mayGoOn }
  await readStates(db, portalId)
  if ((await readRun(db, portalId))?.rebuild_requested_at)
    await startOver(db, portalId)
  const place = { db, portalId, now, lists: mirroredLists(portalId, await readSmartTypes(db, portalId)) }
  const first = planRun(place, await readStates(db, portalId))
  const isRead = await readBatches(batches, first.readings, first.dropped)
  const run = await readRun(db, portalId)
  if (!isRead)
    return run?.rebuild_requested_at && !signal?.aborted ? runOnce(deps, order) : false
  if (!isCheckDue({ checkedAt: run?.reconciled_at ?? null, isCheckRequested: Boolean(run?.check_requested_at) }, timeZone, now()))
    return true
  const states = await readStates(db, portalId)
  for (const table of allLists(place.lists)) {
    // What the host refuses to list can't be counted either; its row says so.
    if (states[table.entity]?.status !== 'failed')
      await compareCounts({ db, client, portalId }, table)
  }
  const check = planCheck(place, states)
  return readBatches(batches, check.readings, check.dropped)
}

export async function readDirectories({ db, crm, now }: SyncDeps, portalId: number): Promise<void> {
  await readStates(db, portalId)
  const place = { portalId, now }
  await readBatches({ db, client: crm.for(portalId, { lane: 'viewer' }), portalId }, [stageReading(place), currencyReading(place), departmentReading(place), userReading(place)])
}
