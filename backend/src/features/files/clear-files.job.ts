import type { FastifyBaseLogger } from 'fastify'
import type { Crm } from '../../platform/bitrix24/client.ts'
import { trashFile } from '../../platform/bitrix24/drive-calls.ts'
import { queue, type Jobs } from '../../platform/jobs/jobs.ts'
import type { Database } from '../../platform/storage/database.ts'
import { forgetFile, readRemoved } from './files.postgres.ts'

const clearFiles = queue<{ readonly reason: 'hour' | 'removed' }>({ name: 'files-clear', policy: 'exclusive' })

export interface ClearDeps {
  readonly db: Database
  readonly crm: Pick<Crm, 'for'>
  readonly log: Pick<FastifyBaseLogger, 'warn'>
}

export function fileJobs(jobs: Pick<Jobs, 'work'>, deps: ClearDeps): void {
  jobs.work(clearFiles, (_data, { signal }) => clearRemoved(deps, signal))
}

/** Also for what went with its contract, document or invoice, and for a portal that did not answer. */
export async function resumeFiles({ jobs }: { readonly jobs: Pick<Jobs, 'schedule'> }): Promise<void> {
  await jobs.schedule(clearFiles, '25 * * * *', { reason: 'hour' }, { timeZone: 'UTC', key: 'hour' })
}

export const wakeFiles = (jobs: Pick<Jobs, 'send'>): Promise<boolean> => jobs.send(clearFiles, { reason: 'removed' }, { key: 'removed' })

async function clearRemoved({ db, crm, log }: ClearDeps, signal: AbortSignal): Promise<void> {
  for (const { portal_id: portalId, file_id: fileId, drive_file_id: driveFileId } of await readRemoved(db)) {
    signal.throwIfAborted()
    try {
      await trashFile(crm.for(portalId, { lane: 'background' }), driveFileId)
      await forgetFile(db, portalId, fileId)
    }
    catch (error) {
      log.warn({ err: error, portalId, fileId }, 'file stays in the Drive')
    }
  }
}
