import { sql } from 'kysely'
import type { VendorDiff } from '@comptoir/shared/imports/import.contract'
import type { Database } from '../../platform/storage/database.ts'
import type { WordedChange } from './change-words.ts'
import type { ImportRecord } from './import-record.ts'

type Key = Pick<ImportRecord, 'portalId' | 'importId'>

export interface DiffRow {
  readonly line: number
  readonly outcome: 'created' | 'updated'
  readonly vendorId: string | null
  readonly name: string
  readonly changes: readonly WordedChange[]
}

/** A sample to look through: nobody reads ten thousand differences. */
const keptPerOutcome = 500

export async function forgetDiffs(db: Database, { portalId, importId }: Key): Promise<void> {
  await db.deleteFrom('import_diffs').where('portal_id', '=', portalId).where('import_id', '=', importId).execute()
}

export async function saveDiffs(db: Database, { portalId, importId }: Key, rows: readonly DiffRow[]): Promise<void> {
  if (rows.length === 0)
    return
  const { created, updated } = await db.selectFrom('import_diffs').select([
    sql<number>`count(*) filter (where outcome = 'created')`.as('created'), sql<number>`count(*) filter (where outcome = 'updated')`.as('updated'),
  ]).where('portal_id', '=', portalId).where('import_id', '=', importId).executeTakeFirstOrThrow()
  const kept = [
    ...rows.filter(row => row.outcome === 'created').slice(0, Math.max(0, keptPerOutcome - created)),
    ...rows.filter(row => row.outcome === 'updated').slice(0, Math.max(0, keptPerOutcome - updated)),
  ]
  if (kept.length === 0)
    return
  await db.insertInto('import_diffs').values(kept.map(({ line, outcome, vendorId, name, changes }) => ({
    portal_id: portalId, import_id: importId, line, outcome, vendor_id: vendorId, name, changes: JSON.stringify(changes),
  }))).onConflict(conflict => conflict.doNothing()).execute()
}

export async function readDiffs(db: Database, { portalId, importId }: Key, outcome: 'created' | 'updated' | undefined): Promise<VendorDiff[]> {
  const rows = await db.selectFrom('import_diffs').selectAll().where('portal_id', '=', portalId).where('import_id', '=', importId)
    .$if(outcome !== undefined, query => query.where('outcome', '=', outcome!)).orderBy('line').limit(keptPerOutcome).execute()
  return rows.map(row => ({ line: row.line, outcome: row.outcome, vendorId: row.vendor_id, name: row.name, changes: row.changes as VendorDiff['changes'] }))
}
