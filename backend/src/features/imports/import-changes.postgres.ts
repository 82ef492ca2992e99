import { sql } from 'kysely'
import { AppError } from '@comptoir/shared/errors'
import type { OptionsPatch } from '@comptoir/shared/imports/import-file.schema'
import type { Duplicate, IssueRow } from '@comptoir/shared/imports/import.contract'
import type { FileProfile } from '@comptoir/shared/imports/profile'
import { dataRecords, planOf, profileFile } from '@comptoir/shared/imports/profile-file'
import type { ImportAttribute } from '@comptoir/shared/imports/vendor-extras'
import { readRow } from '@comptoir/shared/imports/row'
import type { RowDecision, RowIssueCode } from '@comptoir/shared/imports/row-context'
import type { PortalRecord } from '../../platform/http/caller.ts'
import type { Database, Tx } from '../../platform/storage/database.ts'
import { reconfigure } from './analyse.ts'
import type { DuplicateRow } from './import-duplicates.postgres.ts'
import { readSheet, replaceText, storedFile } from './import-file.postgres.ts'
import { findLinesLike, findLinesWith, forgetIssues, readFixes, readIssueLines, saveDecision, saveFixes, saveIssues } from './import-issues.postgres.ts'
import { assertCan, startableFrom, type ImportRecord } from './import-record.ts'
import { changeImport, getImport, moveImport, recallMapping } from './imports.postgres.ts'
import type { VendorValues } from './known-vendor.ts'
import { withFixes } from './line-fixes.ts'
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
  const record = await getMapped(db, portalId, importId)
  const raw = await rawCells(db, record, [line])
  return db.transaction().execute(async (tx) => {
    const lines = everywhere ? [...new Set([line, ...await findLinesLike(tx, record, column, raw.get(line)![column] ?? '')])] : [line]
    const concerned = lines.length > 1 ? await rawCells(tx, record, lines) : raw
    await saveFixes(tx, record, lines, column, value, userId)
    await readAgain(tx, record, concerned)
    return { row: await rowAsItStands(tx, record, line, raw.get(line)!), fixedRows: lines.length }
  })
}

interface Decided { readonly line?: number, readonly code?: RowIssueCode, readonly decision: RowDecision | null }

/** Leaves rows out, or reads them although they look like no data: one, or all that have a fault. */
export async function decideRows(db: Database, portalId: number, importId: string, { line, code, decision }: Decided, userId: number): Promise<{ row: IssueRow | null, decidedRows: number }> {
  const record = await getMapped(db, portalId, importId)
  const lines = line === undefined ? code === undefined ? [] : await findLinesWith(db, record, code) : [line]
  const concerned = await rawCells(db, record, lines)
  return db.transaction().execute(async (tx) => {
    await saveDecision(tx, record, lines, decision, userId)
    await readAgain(tx, record, concerned)
    return { row: line === undefined ? null : await rowAsItStands(tx, record, line, concerned.get(line)!), decidedRows: lines.length }
  })
}

type MappedImport = ImportRecord & { readonly profile: FileProfile }

async function getMapped(db: Database, portalId: number, importId: string): Promise<MappedImport> {
  const record = await getImport(db, portalId, importId)
  assertCan('configure', record)
  if (!record.profile)
    throw new AppError('import.not_found')
  return record as MappedImport
}

async function readAgain(tx: Tx, record: MappedImport, rows: ReadonlyMap<number, readonly string[]>): Promise<void> {
  await moveImport(tx, record, { is_preview_stale: true }, { states: startableFrom.configure })
  const lines = [...rows.keys()]
  if (lines.length === 0)
    return
  const fixes = await readFixes(tx, record, lines.reduce((least, line) => Math.min(least, line)), lines.reduce((most, line) => Math.max(most, line)))
  const plan = planOf(record.profile)
  const readings = [...rows].map(([line, cells]) =>
    ({ line, cells, issues: readRow(withFixes(cells, fixes.get(line)), line, plan, fixes.get(line)?.decision).issues }))
  await forgetIssues(tx, record, lines)
  await saveIssues(tx, record, readings)
}

async function rowAsItStands(tx: Tx, record: MappedImport, line: number, cells: readonly string[]): Promise<IssueRow> {
  const [row] = await readIssueLines(tx, record, [line])
  if (row)
    return row
  const fixed = (await readFixes(tx, record, line, line)).get(line)
  return { line, cells: withFixes(cells, fixed), fixedColumns: [...fixed?.cells.keys() ?? []], decision: fixed?.decision ?? null, issues: [] }
}

/**
 * Rows as the file has them. Those that were reported are kept beside their faults; a row that is right by now is looked up in the file.
 * @throws AppError import.line_unknown
 */
async function rawCells(db: Database, record: MappedImport, lines: readonly number[]): Promise<Map<number, readonly string[]>> {
  const { portalId, importId } = record
  const rows = await db.selectFrom('import_issues').select(['line', 'cells'])
    .where('portal_id', '=', portalId).where('import_id', '=', importId).where(sql<boolean>`line = any(${[...lines]}::int[])`).execute()
  const found = new Map<number, readonly string[]>(rows.map(row => [row.line, row.cells as string[]]))
  const missing = new Set(lines.filter(line => !found.has(line)))
  for await (const records of missing.size > 0 ? dataRecords(storedFile(db, record), record.profile) : []) {
    for (const { line, cells } of records) {
      if (missing.delete(line))
        found.set(line, cells)
    }
    if (missing.size === 0)
      break
  }
  const [unknown] = missing
  if (unknown !== undefined)
    throw new AppError('import.line_unknown', { details: { line: unknown } })
  return found
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
