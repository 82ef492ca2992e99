import { sql, type Selectable, type Updateable } from 'kysely'
import { AppError } from '@comptoir/shared/errors'
import type { ImportState } from '@comptoir/shared/imports/import.contract'
import type { Database, Tx } from '../../platform/storage/database.ts'
import type { ImportTables } from '../../platform/storage/tables/imports.ts'
import type { ImportRecord } from './import-record.ts'

type Row = Selectable<ImportTables['imports']>

export const toImportRecord = (row: Row): ImportRecord => ({
  portalId: row.portal_id,
  importId: row.import_id,
  fileName: row.file_name,
  fingerprint: row.fingerprint,
  sizeBytes: row.size_bytes,
  state: row.state,
  options: row.options as ImportRecord['options'],
  profile: row.profile as ImportRecord['profile'],
  preview: row.preview as ImportRecord['preview'],
  result: row.result as ImportRecord['result'],
  undoResult: row.undo_result as ImportRecord['undoResult'],
  isPreviewStale: row.is_preview_stale,
  progressRows: row.progress_rows,
  carried: row.carried as ImportRecord['carried'],
  errorCode: row.error_code,
  createdAt: row.created_at,
  createdBy: row.created_by,
  updatedAt: row.updated_at,
  startedAt: row.started_at,
  finishedAt: row.finished_at,
  undoneAt: row.undone_at,
  undoneBy: row.undone_by,
})

/** @throws AppError import.not_found, also for an import of another portal */
export async function getImport(db: Database | Tx, portalId: number, importId: string): Promise<ImportRecord> {
  const row = await db.selectFrom('imports').selectAll().where('portal_id', '=', portalId).where('import_id', '=', importId).executeTakeFirst()
  if (!row || row.state === 'uploading')
    throw new AppError('import.not_found')
  return toImportRecord(row)
}

export interface ListedImport {
  readonly record: ImportRecord
  readonly createdByName: string | null
  readonly undoneByName: string | null
}

export async function listImports(db: Database, portalId: number, { before, limit }: { before?: Date, limit: number }): Promise<ListedImport[]> {
  const rows = await db.selectFrom('imports as i').selectAll('i')
    .leftJoin('crm_users as c', join => join.onRef('c.portal_id', '=', 'i.portal_id').onRef('c.user_id', '=', 'i.created_by'))
    .leftJoin('crm_users as u', join => join.onRef('u.portal_id', '=', 'i.portal_id').onRef('u.user_id', '=', 'i.undone_by'))
    .select([sql<string | null>`trim(c.name || ' ' || c.last_name)`.as('creator'), sql<string | null>`trim(u.name || ' ' || u.last_name)`.as('undoer')])
    .where('i.portal_id', '=', portalId).where('i.state', '!=', 'uploading')
    .$if(before !== undefined, query => query.where('i.created_at', '<', before!))
    .orderBy('i.created_at', 'desc').limit(limit).execute()
  return rows.map(({ creator, undoer, ...row }) => ({ record: toImportRecord(row), createdByName: creator, undoneByName: undoer }))
}

type ImportChange = Omit<Updateable<ImportTables['imports']>, 'portal_id' | 'import_id' | 'updated_at'>

/** Writes only while the import is in one of these states (and at this row): whoever lost the race learns it. */
export async function changeImport(
  db: Database | Tx, { portalId, importId }: Pick<ImportRecord, 'portalId' | 'importId'>, change: ImportChange,
  { states, progressRows }: { states: readonly ImportState[], progressRows?: number },
): Promise<boolean> {
  const { numUpdatedRows } = await db.updateTable('imports').set({ ...change, updated_at: sql<Date>`now()` })
    .where('portal_id', '=', portalId).where('import_id', '=', importId).where('state', 'in', [...states])
    .$if(progressRows !== undefined, query => query.where('progress_rows', '=', progressRows!))
    .executeTakeFirst()
  return numUpdatedRows > 0n
}

export async function moveImport(...[db, key, change, when]: Parameters<typeof changeImport>): Promise<void> {
  if (!await changeImport(db, key, change, when))
    throw new AppError('import.busy')
}

/** The newest import of the same bytes that is still in place. */
export async function findSameFile(db: Database, { portalId, importId, fingerprint }: ImportRecord): Promise<{ importId: string, at: Date } | null> {
  const row = await db.selectFrom('imports').select(['import_id', 'finished_at', 'created_at'])
    .where('portal_id', '=', portalId).where('fingerprint', '=', fingerprint).where('import_id', '!=', importId).where('state', '=', 'done')
    .orderBy('created_at', 'desc').limit(1).executeTakeFirst()
  return row ? { importId: row.import_id, at: row.finished_at ?? row.created_at } : null
}

export async function recallMapping(db: Database, portalId: number, signature: string): Promise<Record<string, number> | null> {
  const row = await db.selectFrom('import_mappings').select('mapping').where('portal_id', '=', portalId).where('signature', '=', signature).executeTakeFirst()
  return row ? row.mapping as Record<string, number> : null
}

export async function rememberMapping(db: Database | Tx, portalId: number, signature: string, mapping: Readonly<Record<string, number>>): Promise<void> {
  await db.insertInto('import_mappings').values({ portal_id: portalId, signature, mapping: JSON.stringify(mapping) })
    .onConflict(conflict => conflict.columns(['portal_id', 'signature']).doUpdateSet({ mapping: JSON.stringify(mapping), used_at: sql<Date>`now()` })).execute()
}

export async function deleteImport(db: Database, { portalId, importId }: ImportRecord, states: readonly ImportState[]): Promise<boolean> {
  const { numDeletedRows } = await db.deleteFrom('imports')
    .where('portal_id', '=', portalId).where('import_id', '=', importId).where('state', 'in', [...states]).executeTakeFirst()
  return numDeletedRows > 0n
}
