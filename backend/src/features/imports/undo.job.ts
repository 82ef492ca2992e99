import type { UndoResult } from '@comptoir/shared/imports/import.contract'
import type { Database, Tx } from '../../platform/storage/database.ts'
import type { ImportRecord } from './import-record.ts'
import { changeImport, toImportRecord } from './imports.postgres.ts'
import { recordPurchasesGone } from './purchase-history.postgres.ts'
import { conflictOfRemoval, restorationOf } from './undo.ts'
import { withdrawImportProposals } from '../../platform/access/proposals.postgres.ts'
import { forgetMet, nextVendors, recordConflicts, removePurchases, removeVendors, restoreVendor, type MetVendorRow } from './undo.postgres.ts'

const nothingUndone: UndoResult = { purchasesRemoved: 0, vendorsRemoved: 0, vendorsRestored: 0, conflicts: 0 }

type Step = (tx: Tx, record: ImportRecord) => Promise<Partial<UndoResult> | null>

/**
 * Takes an import back in portions, each in one transaction with its count: purchases first, then changed fields,
 * then newcomers. What somebody has touched or uses since stays and is reported.
 */
export async function undoImport({ db, now }: { db: Database, now: () => Date }, { portalId, importId }: ImportRecord, signal: AbortSignal): Promise<void> {
  for (const step of [undoPurchases, undoUpdates, undoCreations] as const) {
    for (;;) {
      signal.throwIfAborted()
      const outcome = await db.transaction().execute(tx => portion(tx, { portalId, importId }, step))
      if (outcome === 'lost')
        return
      if (outcome === 'nothing')
        break
    }
  }
  await withdrawImportProposals(db, { portalId, importId }, now())
  await db.transaction().execute(async (tx) => {
    const { undone_by: undoneBy } = await tx.selectFrom('imports').select('undone_by').where('portal_id', '=', portalId).where('import_id', '=', importId).executeTakeFirstOrThrow()
    if (await changeImport(tx, { portalId, importId }, { state: 'undone', undone_at: now(), error_code: null }, { states: ['undoing'] }))
      await recordPurchasesGone(tx, { portalId, importId }, undoneBy)
  })
}

async function portion(tx: Tx, { portalId, importId }: Pick<ImportRecord, 'portalId' | 'importId'>, step: Step): Promise<'done' | 'nothing' | 'lost'> {
  const row = await tx.selectFrom('imports').selectAll().where('portal_id', '=', portalId).where('import_id', '=', importId).forUpdate().executeTakeFirst()
  if (row?.state !== 'undoing')
    return 'lost'
  const record = toImportRecord(row)
  const change = await step(tx, record)
  if (!change)
    return 'nothing'
  const sum = { ...nothingUndone, ...record.undoResult }
  const next = Object.fromEntries(Object.entries(sum).map(([name, count]) => [name, count + (change[name as keyof UndoResult] ?? 0)]))
  await changeImport(tx, record, { undo_result: JSON.stringify(next) }, { states: ['undoing'] })
  return 'done'
}

const undoPurchases: Step = async (tx, record) => {
  const purchasesRemoved = await removePurchases(tx, record)
  return purchasesRemoved > 0 ? { purchasesRemoved } : null
}

const toMet = (row: MetVendorRow) => ({
  versionAfter: row.version_after, version: row.version, oldValues: row.old_values, newValues: row.new_values, values: row.values,
  isTouched: row.is_touched, isUsed: row.is_used,
})

const undoUpdates: Step = async (tx, record) => {
  const vendors = await nextVendors(tx, record, 'updated')
  if (vendors.length === 0)
    return null
  const conflicts: { vendorId: string, reason: string }[] = []
  const restored: string[] = []
  for (const vendor of vendors) {
    const { values, conflict } = restorationOf(toMet(vendor))
    if (Object.keys(values).length > 0)
      await restoreVendor(tx, { ...record, attributes: record.profile?.attributes ?? [] }, { vendorId: vendor.vendor_id, values, from: vendor.new_values }, record.undoneBy)
    if (conflict)
      conflicts.push({ vendorId: vendor.vendor_id, reason: conflict })
    else
      restored.push(vendor.vendor_id)
  }
  await recordConflicts(tx, record, conflicts)
  await forgetMet(tx, record, restored)
  return { vendorsRestored: restored.length, conflicts: conflicts.length }
}

const undoCreations: Step = async (tx, record) => {
  const vendors = await nextVendors(tx, record, 'created')
  if (vendors.length === 0)
    return null
  const judged = vendors.map(vendor => ({ vendorId: vendor.vendor_id, reason: conflictOfRemoval(toMet(vendor)) }))
  const conflicts = judged.flatMap(({ vendorId, reason }) => reason ? [{ vendorId, reason }] : [])
  const removable = judged.filter(({ reason }) => reason === null).map(({ vendorId }) => vendorId)
  await recordConflicts(tx, record, conflicts)
  await removeVendors(tx, record, removable)
  return { vendorsRemoved: removable.length, conflicts: conflicts.length }
}
