import { AppError } from '@comptoir/shared/errors'
import type { Crm } from '../../platform/bitrix24/client.ts'
import type { Database, Tx } from '../../platform/storage/database.ts'
import { deleteCompanies } from './companies.postgres.ts'
import { compareCounts } from './compare-counts.job.ts'
import { countReading } from './count-reading.job.ts'
import { deleteDeals } from './deals.postgres.ts'
import { currencyReading, departmentReading, stageReading, userReading } from './directory-reading.job.ts'
import { hintReading } from './hint-reading.job.ts'
import { appendedReading, changedReading, fullReading } from './item-reading.job.ts'
import { companyTable, dealTable, stageChangeTable } from './mirror-tables.job.ts'
import { allDeals, changedDeals } from './product-row-sources.job.ts'
import { productRowReading } from './product-row-reading.job.ts'
import { readBatches, type BatchRun } from './read-batches.job.ts'
import type { Reading } from './reading.job.ts'
import { isCheckDue } from './sync-schedule.ts'
import { readRun, readStates, saveRun, settleStates, startOver, type EntityState, type EntityStates } from './sync-state.postgres.ts'

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

/** Directories change rarely and are asked for at most this often. */
const directoryMs = 3_600_000

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
  const client = crm.for(portalId, { lane: 'background' })
  const mayGoOn = async () => {
    const run = await readRun(db, portalId)
    return run !== null && !run.is_paused && run.rebuild_requested_at === null
  }
  const batches: BatchRun = { db, client, portalId, signal, mayGoOn }
  await readStates(db, portalId)
  if ((await readRun(db, portalId))?.rebuild_requested_at)
    await startOver(db, portalId)
  const isRead = await readBatches(batches, allReadings({ db, portalId, now }, await readStates(db, portalId)))
  const run = await readRun(db, portalId)
  if (!isRead)
    return run?.rebuild_requested_at && !signal?.aborted ? runOnce(deps, order) : false
  if (!isCheckDue({ checkedAt: run?.reconciled_at ?? null, isCheckRequested: Boolean(run?.check_requested_at) }, timeZone, now()))
    return true
  for (const entity of ['deals', 'companies'] as const)
    await compareCounts({ db, client, portalId }, entity)
  const place = { db, portalId, now }
  const hinted = followUps(place)
  const isFollowed = () => hinted.every(reading => reading.isDone)
  return readBatches(batches, [...hinted, countReading({ portalId, now, mayStart: isFollowed }), changedProductRows(place, await readStates(db, portalId), isFollowed)])
}

interface Place {
  readonly db: Database
  readonly portalId: number
  readonly now: () => Date
}

/** In the order of need: what gives later rows their meaning comes first. */
function allReadings(place: Place, states: EntityStates): Reading[] {
  const { db, portalId, now } = place
  const at = (state: EntityState) => ({ portalId, state, now })
  const companies = states.companies.mode === 'full' ? fullReading(companyTable(portalId), at(states.companies)) : changedReading(companyTable(portalId), at(states.companies))
  const deals = states.deals.mode === 'full' ? fullReading(dealTable(portalId), at(states.deals)) : changedReading(dealTable(portalId), at(states.deals))
  const changes = states.stage_changes.mode === 'full' ? fullReading(stageChangeTable(portalId), at(states.stage_changes)) : appendedReading(stageChangeTable(portalId), at(states.stage_changes))
  const hinted = followUps({ db, portalId })
  const isRead = () => [companies, deals, changes, ...hinted].every(reading => reading.isDone)
  // What was just read from the first record needs no comparison, only the counts.
  const counts = states.deals.mode === 'full' ? [countReading({ portalId, now, mayStart: isRead })] : []
  const productRows = states.product_rows.mode === 'full'
    ? productRowReading({ portalId, source: allDeals({ ...place, state: states.product_rows }), mayStart: () => deals.isDone })
    : changedProductRows(place, states, () => deals.isDone && hinted.every(reading => reading.isDone))
  return [...dueDirectories(place, states), companies, deals, changes, ...hinted, ...counts, productRows]
}

function dueDirectories({ portalId, now }: Place, states: EntityStates): Reading[] {
  const readings = { stages: stageReading, currencies: currencyReading, departments: departmentReading, users: userReading }
  const isDue = ({ finished_at: at, mode }: EntityState) => mode === 'full' || at === null || now().getTime() - at.getTime() >= directoryMs
  return (Object.keys(readings) as (keyof typeof readings)[])
    .filter(entity => isDue(states[entity]))
    .map(entity => readings[entity]({ portalId, now }))
}

function followUps({ db, portalId }: { db: Database, portalId: number }): Reading[] {
  const remove = {
    deals: (tx: Tx, ids: readonly number[]) => deleteDeals(tx, portalId, ids),
    companies: (tx: Tx, ids: readonly number[]) => deleteCompanies(tx, portalId, ids),
  }
  return [
    hintReading({ ...dealTable(portalId), entity: 'deals', remove: remove.deals }, { db, portalId }),
    hintReading({ ...companyTable(portalId), entity: 'companies', remove: remove.companies }, { db, portalId }),
  ]
}

const changedProductRows = (place: Place, states: EntityStates, mayStart = () => true): Reading =>
  productRowReading({ portalId: place.portalId, source: changedDeals({ ...place, state: states.product_rows }), mayStart })

export async function readDirectories({ db, crm, now }: SyncDeps, portalId: number): Promise<void> {
  await readStates(db, portalId)
  const place = { portalId, now }
  await readBatches({ db, client: crm.for(portalId, { lane: 'viewer' }), portalId }, [stageReading(place), currencyReading(place), departmentReading(place), userReading(place)])
}
