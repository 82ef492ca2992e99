import type { Import, ImportRow } from '@comptoir/shared/imports/import.contract'
import type { Database } from '../../platform/storage/database.ts'
import { countDuplicates } from './import-duplicates.postgres.ts'
import { findWorkbook } from './import-file.postgres.ts'
import { countFixes } from './import-issues.postgres.ts'
import { canUndo, type ImportRecord } from './import-record.ts'
import { findSameFile, type ListedImport } from './imports.postgres.ts'

const iso = (date: Date | null): string | null => date?.toISOString() ?? null

export const toRow = ({ record, createdByName, undoneByName }: ListedImport): ImportRow => ({
  importId: record.importId,
  fileName: record.fileName,
  sizeBytes: record.sizeBytes,
  state: record.state,
  kind: record.profile?.kind ?? null,
  rows: record.profile?.rows ?? null,
  progressRows: record.progressRows,
  result: record.result,
  errorCode: record.errorCode,
  createdAt: record.createdAt.toISOString(),
  createdBy: createdByName,
  finishedAt: iso(record.finishedAt),
  undoneAt: iso(record.undoneAt),
  undoneBy: undoneByName,
  canUndo: canUndo(record),
})

export async function viewImport(db: Database, record: ImportRecord): Promise<Import> {
  const [duplicates, fixedCells, sameFile, workbook] = await Promise.all([countDuplicates(db, record), countFixes(db, record), findSameFile(db, record), findWorkbook(db, record)])
  const { period, ...options } = record.options
  return {
    ...toRow({ record, createdByName: null, undoneByName: null }),
    profile: record.profile as Import['profile'],
    options: { ...options, ...period && { period }, ...period === null && { refusesPeriod: true } } as Import['options'],
    preview: record.preview,
    isPreviewStale: record.isPreviewStale,
    fixedCells,
    undecidedDuplicates: duplicates.undecided,
    undoResult: record.undoResult,
    workbook,
    importedBefore: sameFile && { importId: sameFile.importId, at: sameFile.at.toISOString() },
  }
}
