import type { ImportState } from '@comptoir/shared/imports/import.contract'
import type { Jobs } from '../../platform/jobs/jobs.ts'
import type { Database } from '../../platform/storage/database.ts'
import { forgetOtherSheets } from './import-file.postgres.ts'
import { importQueue, type ImportWork } from './import-queue.job.ts'
import { assertCan, assertMapped, assertReady, startableFrom, type ImportRecord } from './import-record.ts'
import { moveImport } from './imports.postgres.ts'

interface StepDeps {
  readonly db: Database
  readonly jobs: Pick<Jobs, 'send'>
  readonly now: () => Date
}

type Change = Parameters<typeof moveImport>[2]

/** The new state and the work that follows stand or fall together. */
async function enter({ db, jobs }: StepDeps, { portalId, importId }: ImportRecord, step: ImportWork['step'], change: Change, states: readonly ImportState[]): Promise<void> {
  await db.transaction().execute(async (tx) => {
    await moveImport(tx, { portalId, importId }, { ...change, error_code: null }, { states })
    if (step === 'run')
      await forgetOtherSheets(tx, { portalId, importId })
    await jobs.send(importQueue, { portalId, importId, step }, { tx })
  })
}

export async function startPreview(deps: StepDeps, record: ImportRecord): Promise<void> {
  assertCan('preview', record)
  assertMapped(record)
  await enter(deps, record, 'preview', { state: 'previewing', progress_rows: 0 }, startableFrom.preview)
}

/** From the start after a dry run; from where it stopped after a cancellation or a failure. */
export async function startRun(deps: StepDeps, record: ImportRecord): Promise<void> {
  assertCan('start', record)
  assertReady(record)
  const isNew = record.state === 'previewed'
  const change: Change = isNew
    ? { state: 'running', progress_rows: 0, carried: null, started_at: deps.now(), finished_at: null, result: null }
    : { state: 'running' }
  await enter(deps, record, 'run', change, [record.state])
}

export async function cancelStep({ db }: StepDeps, record: ImportRecord): Promise<void> {
  assertCan('cancel', record)
  const state = record.state === 'previewing' ? 'analysed' : 'cancelled'
  await moveImport(db, record, { state, ...state === 'analysed' && { progress_rows: 0 } }, { states: [record.state] })
}

export async function startUndo(deps: StepDeps, record: ImportRecord, userId: number): Promise<void> {
  assertCan('undo', record)
  await enter(deps, record, 'undo', { state: 'undoing', undone_by: userId, ...record.state !== 'undoing' && { undo_result: null } }, [record.state])
}
