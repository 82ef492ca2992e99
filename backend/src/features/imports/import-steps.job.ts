import { isErrorCode } from '@comptoir/shared/errors'
import type { Jobs, JobRun } from '../../platform/jobs/jobs.ts'
import type { Database } from '../../platform/storage/database.ts'
import { importQueue, type ImportWork } from './import-queue.job.ts'
import { changeImport, getImport } from './imports.postgres.ts'
import { previewImport } from './preview.job.ts'
import { runImport } from './run.job.ts'
import { undoImport } from './undo.job.ts'

export interface ImportWorkDeps {
  readonly db: Database
  readonly now: () => Date
}

/** One delivery of a step. Delivered twice, late or after a crash, it goes on from what is settled or finds nothing to do. */
export async function workOnImport(deps: ImportWorkDeps, { portalId, importId, step }: ImportWork, run: Pick<JobRun, 'signal' | 'isLastTry'>): Promise<void> {
  const { db } = deps
  const record = await getImport(db, portalId, importId)
  try {
    if (step === 'preview' && record.state === 'previewing')
      await previewImport(deps, record, run.signal)
    if (step === 'run' && record.state === 'running')
      await runImport(deps, record, run.signal)
    if (step === 'undo' && record.state === 'undoing')
      await undoImport(deps, record, run.signal)
  }
  catch (error) {
    const code = (error as { code?: unknown }).code
    const isFinal = run.isLastTry || (isErrorCode(code) && code !== 'internal')
    if (!isFinal || run.signal.aborted)
      throw error
    // A run may go on after a failed run, but not over a half-done undo.
    const state = { preview: 'analysed', run: 'failed', undo: 'undoing' } as const
    await changeImport(db, record, { state: state[step], error_code: isErrorCode(code) ? code : 'internal' }, { states: ['previewing', 'running', 'undoing'] })
    throw error
  }
}

export function importJobs(jobs: Jobs, deps: ImportWorkDeps): void {
  jobs.work(importQueue, (work, run) => workOnImport(deps, work, run))
}
