import { sql } from 'kysely'
import { AppError } from '@comptoir/shared/errors'
import type { OptionsPatch } from '@comptoir/shared/imports/import-file.schema'
import type { Duplicate, IssueRow } from '@comptoir/shared/imports/import.contract'
import { planOf, profileFile } from '@comptoir/shared/imports/profile-file'
import type { ImportAttribute } from '@comptoir/shared/imports/vendor-extras'
import { readRow } from '@comptoir/shared/imports/row'
import type { PortalRecord } from '../../platform/http/caller.ts'
import type { Database } from '../../platform/storage/database.ts'
import { reconfigure } from './analyse.ts'
import type { DuplicateRow } from './import-duplicates.postgres.ts'
import { readSheet, replaceText, storedFile } from './import-file.postgres.ts'
import { findLinesLike, forgetIssues, readFixes, readIssueLines, saveFixes, saveIssues, withFixes } from './import-issues.postgres.ts'
import { assertCan, startableFrom, type ImportRecord } from './import-record.ts'
import { changeImport, getImport, moveImport, recallMapping } from './imports.postgres.ts'
import type { VendorValues } from './known-vendor.ts'
import { applyChanges, mergeVendor } from './merge-vendor.ts'

const listAttributes = async (db: Database, portalId: number): Promise<ImportAttribute[]> =>
  (await db.selectFrom('vendor_attributes').select(['attribute_id', 'label', 'kind', 'options', 'field_group'])
    .where('portal_id', '=', portalId).where('is_archived', '=', false).orderBy('position').execute())
    .map(row => ({ attributeId: row.attribute_id, label: row.label, kind: row.kind, options: row.options, group: row.field_group }))

/** Reads the whole file once and stores what it is. */
export async function analyseImport(db: Database, portal: Pick<PortalRecord, 'id' | 'currency'>, importId: string): Promise<void> {
  const row = await db.selectFrom('imports').select(['file_name', 'options']).where('portal_id', '=', portal.id).where('import_id', '=', importId).executeTakeFirstOrThrow()
  const profile = await profileFile(storedFile(db, { portalId: portal.id, importId, fileName: row.file_name }), {
    options: row.options as ImportRecord['options'],
    currency: portal.currency,
    attributes: await listAttributes(db, portal.id),
    recall: signature => recallMapping(db, portal.id, signature),
  })
  await changeImport(db, { portalId: portal.id, importId }, { state: 'analysed', profile: JSON.stringify(profile) }, { states: ['uploading', 'analysed'] })
}

export async function configureImport(db: Database, portal: PortalRecord, importId: string, set: OptionsPatch, reset: readonly string[]): Promise<void> {
  const record = await getImport(db, portal.id, importId)
  assertCan('configure', record)
  const { options, isConfirmationOnly, isReshaped } = reconfigure(record.options, set, reset)
  const states = startableFrom.configure
  if (isConfirmationOnly)
    return moveImport(db, record, { options: JSON.stringify(options) }, { states })
  await db.transaction().execute(async (tx) => {
    await moveImport(tx, record, { state: 'analysed', options: JSON.stringify(options), preview: null, is_preview_stale: false, progress_rows: 0 }, { states })
    if (!isReshaped)
      return
    for (const table of ['import_fixes', 'import_duplicates', 'import_issues'] as const)
      await tx.deleteFrom(table).where('portal_id', '=', portal.id).where('import_id', '=', importId).execute()
  })
  await analyseImport(db, portal, importId)
}

/** Another sheet of the workbook is another file: nothing that was chosen or corrected for the one before holds for it. */
export async function chooseSheet(db: Database, portal: PortalRecord, importId: string, sheet: string): Promise<void> {
  const record = await getImport(db, portal.id, importId)
  assertCan('configure', record)
  const read = await readSheet(db, record, sheet)
  await db.transaction().execute(async (tx) => {
    await moveImport(tx, record, { state: 'analysed', options: JSON.stringify({}), preview: null, is_preview_stale: false, progress_rows: 0 }, { states: startableFrom.configure })
    for (const table of ['import_fixes', 'import_duplicates', 'import_issues', 'import_diffs'] as const)
      await tx.deleteFrom(table).where('portal_id', '=', portal.id).where('import_id', '=', importId).execute()
    await replaceText(tx, record, read)
  })
  await analyseImport(db, portal, importId)
}

interface Fix {
  readonly line: number
  readonly column: number
  readonly value: string
  readonly everywhere: boolean
}

/** Puts a correction in place and reads the rows again; the dry run's counts are then out of date. */
export async function fixCell(db: Database, portalId: number, importId: string, { line, column, value, everywhere }: Fix, userId: number): Promise<{ row: IssueRow, fixedRows: number }> {
  const record = await getImport(db, portalId, importId)
  assertCan('configure', record)
  const { profile } = record
  const raw = await rawCells(db, record, [line])
  const cells = raw.get(line)
  if (!profile || !cells)
    throw new AppError('import.line_unknown', { details: { line } })
  return db.transaction().execute(async (tx) => {
    await moveImport(tx, record, { is_preview_stale: true }, { states: startableFrom.configure })
    const lines = everywhere ? await findLinesLike(tx, record, column, cells[column] ?? '') : [line]
    const concerned = lines.length > 1 ? await rawCells(tx, record, lines) : raw
    await saveFixes(tx, record, lines, column, value, userId)
    const fixes = await readFixes(tx, record, Math.min(...lines), Math.max(...lines))
    const plan = planOf(profile)
    const readings = lines.map(at => ({ line: at, cells: concerned.get(at)!, issues: readRow(withFixes(concerned.get(at)!, fixes.get(at)), at, plan).issues }))
    await forgetIssues(tx, record, lines)
    await saveIssues(tx, record, readings)
    const [row] = await readIssueLines(tx, record, [line])
    const fixed = fixes.get(line)
    return { row: row ?? { line, cells: withFixes(cells, fixed), fixedColumns: [...fixed?.keys() ?? []], issues: [] }, fixedRows: lines.length }
  })
}

/** Rows as the file has them, of lines that were reported. */
async function rawCells(db: Database, { portalId, importId }: ImportRecord, lines: readonly number[]): Promise<Map<number, string[]>> {
  const rows = await db.selectFrom('import_issues').select(['line', 'cells'])
    .where('portal_id', '=', portalId).where('import_id', '=', importId).where(sql<boolean>`line = any(${[...lines]}::int[])`).execute()
  return new Map(rows.map(row => [row.line, row.cells as string[]]))
}

const known = (values: VendorValues): Record<string, string | number> =>
  Object.fromEntries(Object.entries(values).filter((entry): entry is [string, string | number] => entry[1] !== null))

/** A proposal with what a merge would make of the two. */
export function toDuplicate(row: DuplicateRow, { profile, options }: ImportRecord): Duplicate {
  const [incoming, candidate] = [row.incoming, row.candidate] as VendorValues[]
  const { changes } = mergeVendor(candidate!, incoming!, {
    updates: profile?.updates ?? 'fill', blankErases: options.blankErases ?? false, mapped: new Set(profile?.columns.map(({ field }) => field)), isFoundByName: true,
  })
  return {
    incomingKey: row.incoming_key, line: row.line, reason: row.reason, score: row.score, vendorId: row.vendor_id,
    incoming: known(incoming!), candidate: known(candidate!), merged: known(applyChanges(candidate!, changes)), decision: row.decision,
  }
}
