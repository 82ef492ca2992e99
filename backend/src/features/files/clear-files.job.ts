import type { FastifyBaseLogger } from 'fastify'
import type { Crm } from '../../platform/bitrix24/client.ts'
import { filesInFolder, trashFile } from '../../platform/bitrix24/drive-calls.ts'
import { queue, type Jobs } from '../../platform/jobs/jobs.ts'
import type { Database } from '../../platform/storage/database.ts'
import { forgetFiles, readAbandoned, readRemoved, unknownFiles } from './files.postgres.ts'

const clearFiles = queue<{ readonly reason: 'hour' | 'removed' }>({ name: 'files-clear', policy: 'exclusive' })

export interface ClearDeps {
  readonly db: Database
  readonly crm: Pick<Crm, 'for'>
  readonly log: Pick<FastifyBaseLogger, 'warn'>
  readonly now: () => Date
}

export function fileJobs(jobs: Pick<Jobs, 'work'>, deps: ClearDeps): void {
  jobs.work(clearFiles, async (_data, { signal }) => {
    await clearRemoved(deps, signal)
    await clearAbandoned(deps, signal)
  })
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
      await forgetFiles(db, portalId, [fileId])
    }
    catch (error) {
      log.warn({ err: error, portalId, fileId }, 'file stays in the Drive')
    }
  }
}

/** Longer than any upload takes. */
const abandonedAfterMs = 15 * 60_000

/** What was announced and never arrived: whatever lies in its folder without being known is what a stop left there. */
async function clearAbandoned({ db, crm, log, now }: ClearDeps, signal: AbortSignal): Promise<void> {
  for (const { portal_id: portalId, drive_folder_id: folderId, file_ids: fileIds } of await readAbandoned(db, new Date(now().getTime() - abandonedAfterMs))) {
    signal.throwIfAborted()
    try {
      const client = crm.for(portalId, { lane: 'background' })
      for (const driveFileId of await unknownFiles(db, portalId, await filesInFolder(client, folderId)))
        await trashFile(client, driveFileId)
      await forgetFiles(db, portalId, fileIds)
    }
    catch (error) {
      log.warn({ err: error, portalId, folderId }, 'abandoned files stay in the Drive')
    }
  }
}
