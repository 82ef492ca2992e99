import { queue, type Jobs } from '../../platform/jobs/jobs.ts'
import type { Database, Tx } from '../../platform/storage/database.ts'
import { pendingRevaluations, revalueBatch } from './revaluation.postgres.ts'

const revaluationQueue = queue<{ portalId: number }>({ name: 'exchange_rates.revalue', expireInSeconds: 3600, concurrency: 1 })

const batchSize = 5000

/** Each correction sends its own delivery: one that is at its end when another comes in would not see it. Two at once take turns. */
export const sendRevaluation = (jobs: Pick<Jobs, 'send'>, tx: Tx, portalId: number): Promise<boolean> => jobs.send(revaluationQueue, { portalId }, { tx })

export function revaluationJobs({ db, jobs }: { readonly db: Database, readonly jobs: Jobs }): void {
  jobs.work(revaluationQueue, ({ portalId }, { signal }) => revalueAll(db, portalId, signal))
}

/** Each batch is committed with its progress: cut off anywhere, the next delivery goes on after it. */
export async function revalueAll(db: Database, portalId: number, signal: AbortSignal, size = batchSize): Promise<void> {
  while (await db.transaction().execute(tx => revalueBatch(tx, portalId, size)))
    signal.throwIfAborted()
}

/** After a start: what was under way goes on at once. */
export async function resumeRevaluations({ db, jobs }: { readonly db: Database, readonly jobs: Pick<Jobs, 'send'> }): Promise<void> {
  const portals = await pendingRevaluations(db).select('r.portal_id').distinct().execute()
  for (const { portal_id: portalId } of portals)
    await jobs.send(revaluationQueue, { portalId })
}
