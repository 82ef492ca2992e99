import { AppError } from '@comptoir/shared/errors'
import type { Recurrence } from '@comptoir/shared/reports/recurrence'
import type { AdCostSettings } from '@comptoir/shared/sources/ad-columns'
import type { TokenCipher } from '../../platform/bitrix24/token-cipher.ts'
import { queue, type Jobs } from '../../platform/jobs/jobs.ts'
import type { Database, Tx } from '../../platform/storage/database.ts'
import { nextRead } from './next-read.ts'
import type { SourceTable } from './read-table.ts'
import { endReadingAlert, raiseReadingAlert } from './reading-alert.postgres.ts'
import { failRun, forgetOldRuns, noteRun, type RunPlace } from './source-runs.postgres.ts'
import { openHeaders, restorableMs, type SourceRow } from './sources.postgres.ts'
import { takeTable } from './take-delivery.postgres.ts'

export interface SourceReading extends RunPlace { readonly sourceId: string }

const readQueue = queue<SourceReading>({ name: 'sources.read', retries: 3, expireInSeconds: 300, concurrency: 1 })
const tickQueue = queue<Record<string, never>>({ name: 'sources.tick', policy: 'short' })

export type FetchAddress = (address: string, headers: Readonly<Record<string, string>>) => Promise<Buffer>

export interface SourceJobDeps {
  readonly db: Database
  readonly jobs: Jobs
  readonly cipher: TokenCipher
  readonly now: () => Date
  readonly fetchAddress: FetchAddress
}

export function sourceJobs(deps: SourceJobDeps): void {
  const { db, jobs, now } = deps
  jobs.work(tickQueue, async () => {
    await noteDueReads(deps)
    await forgetOldRuns(db, now())
    await db.deleteFrom('data_sources').where('removed_at', '<', new Date(now().getTime() - restorableMs)).execute()
  })
  jobs.work(readQueue, (reading, { isLastTry }) => readSource(deps, reading, isLastTry))
}

export const resumeSources = ({ jobs }: { jobs: Jobs }): Promise<void> =>
  jobs.schedule(tickQueue, '* * * * *', {}, { timeZone: 'UTC', key: 'all' })

export const sendReading = (jobs: Pick<Jobs, 'send'>, tx: Tx, reading: SourceReading): Promise<boolean> => jobs.send(readQueue, reading, { tx })

/** Later than this after its time, a reading was missed and is made up for, once. */
const catchUpAfterMs = 15 * 60_000

export const noteDueReads = ({ db, jobs, now }: Pick<SourceJobDeps, 'db' | 'now'> & { jobs: Pick<Jobs, 'send'> }): Promise<number> => db.transaction().execute(async (tx) => {
  const due = await tx.selectFrom('data_sources as s').innerJoin('portals as p', 'p.portal_id', 's.portal_id')
    .select(['s.portal_id', 's.source_id', 's.next_run_at', 's.recurrence', 's.time_zone'])
    .where('s.next_run_at', '<=', now()).where('s.is_paused', '=', false).where('s.removed_at', 'is', null).where('p.status', '=', 'installed')
    .orderBy('s.next_run_at').limit(50).forUpdate('s').skipLocked().execute()
  for (const { portal_id: portalId, source_id: sourceId, next_run_at: dueAt, recurrence, time_zone: zone } of due) {
    if (dueAt === null)
      continue
    const runId = await noteRun(tx, portalId, { sourceId, dueAt, reason: now().getTime() - dueAt.getTime() > catchUpAfterMs ? 'caught_up' : 'schedule' })
    if (runId !== null)
      await sendReading(jobs, tx, { portalId, sourceId, runId })
    await tx.updateTable('data_sources').set({ next_run_at: recurrence === null ? null : nextRead(recurrence as Recurrence, now(), zone ?? 'UTC') })
      .where('portal_id', '=', portalId).where('source_id', '=', sourceId).execute()
  }
  return due.length
})

/** What a person has to mend is noted down at once; what may pass is tried again first. */
export async function readSource(deps: Pick<SourceJobDeps, 'db' | 'cipher' | 'now' | 'fetchAddress'>, { portalId, sourceId, runId }: SourceReading, isLastTry: boolean): Promise<void> {
  const { db, now } = deps
  const source = await db.selectFrom('data_sources').selectAll().where('portal_id', '=', portalId).where('source_id', '=', sourceId).where('removed_at', 'is', null).executeTakeFirst()
  const run = await db.updateTable('source_runs').set({ state: 'running' }).where('portal_id', '=', portalId).where('run_id', '=', runId).where('state', '<>', 'done').returning('reason').executeTakeFirst()
  if (!source || !run)
    return
  try {
    await takeTable(db, source, { portalId, runId }, await fetchTable(deps, source), now())
    await db.transaction().execute(tx => endReadingAlert(tx, portalId, sourceId, 'read', now()))
  }
  catch (error) {
    await failRun(db, { portalId, runId }, error, now())
    const isWorthAnotherTry = !(error instanceof AppError) || error.isRetryable
    if (isWorthAnotherTry && !isLastTry)
      throw error
    // Whoever asks for a reading sees what became of it.
    if (run.reason !== 'person')
      await raiseReadingAlert(db, source, error instanceof AppError ? error.code : 'internal', now())
  }
}

async function fetchTable({ cipher, fetchAddress }: Pick<SourceJobDeps, 'cipher' | 'fetchAddress'>, source: SourceRow): Promise<SourceTable> {
  const headers = openHeaders(cipher, source.portal_id, source.headers_sealed)
  const { readPages } = await import('./read-pages.ts')
  return readPages(address => fetchAddress(address, headers), source.address ?? '', (source.settings as AdCostSettings).rowsPath)
}
