import { AppError, isErrorCode } from '@comptoir/shared/errors'
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
  const record = await getImport(db, portalId, importId).catch(nullWhenGone)
  // Discarded, or its portal was uninstalled: there is nothing left to do it for.
  if (!record)
    return
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

function nullWhenGone(error: unknown): null {
  if (error instanceof AppError && error.code === 'import.not_found')
    return null
  throw error
}

const steps = { previewing: 'preview', running: 'run', undoing: 'undo' } as const

/**
 * After a start: whatever was under way when the process before this one died goes on at once, without waiting for the
 * queue to notice the death. Where it is still under way elsewhere, the delivery finds its turn taken and ends.
 */
export async function resumeImports({ db, jobs }: { readonly db: Database, readonly jobs: Pick<Jobs, 'send'> }): Promise<void> {
  const rows = await db.selectFrom('imports').select(['portal_id', 'import_id', 'state'])
    .where('state', 'in', Object.keys(steps) as (keyof typeof steps)[]).where('error_code', 'is', null).execute()
  for (const { portal_id: portalId, import_id: importId, state } of rows)
    await jobs.send(importQueue, { portalId, importId, step: steps[state as keyof typeof steps] })
}

export function importJobs(jobs: Jobs, deps: ImportWorkDeps): void {
  jobs.work(importQueue, (work, run) => workOnImport(deps, work, run))
}
