import { sql, type Selectable } from 'kysely'
import { AppError } from '@comptoir/shared/errors'
import type { LinkCosts } from '@comptoir/shared/vendors/deal-vendor.contract'
import { requireVendor } from '../../platform/access/vendor-gate.postgres.ts'
import type { Database } from '../../platform/storage/database.ts'
import type { VendorTables } from '../../platform/storage/tables/vendors.ts'
import { recordChanges } from './vendor-history.postgres.ts'
import { visibleVendors, type Onlooker } from './visible-vendors.postgres.ts'

export interface LinkKey { readonly dealId: number, readonly vendorId: string }

type LinkRecord = Selectable<VendorTables['deal_vendors']>

const toColumns = ({ currency, plannedMinor, actualMinor, note }: LinkCosts) =>
  ({ currency: currency.toUpperCase(), planned_cost_minor: plannedMinor, actual_cost_minor: actualMinor, note: note?.trim() || null })

const historyOf = (row: LinkRecord) => ({
  dealId: row.deal_id,
  plannedMinor: row.planned_cost_minor,
  actualMinor: row.actual_cost_minor,
  currency: row.currency,
  note: row.note,
})

/** A link is mostly what it costs. */
const editsCosts = { group: 'prices', role: 'editor' } as const

/** @throws AppError vendor.not_found, vendor.forbidden, vendor.link_taken */
export async function insertLink(db: Database, onlooker: Onlooker, { dealId, vendorId }: LinkKey, costs: LinkCosts, now: Date): Promise<void> {
  const { portal, viewer } = onlooker
  await db.transaction().execute(async (tx) => {
    await requireVendor(tx, onlooker, vendorId, editsCosts)
    const row = await tx.insertInto('deal_vendors').values({
      portal_id: portal.id,
      deal_id: dealId,
      vendor_id: vendorId,
      ...toColumns(costs),
      created_at: now,
      created_by: viewer.userId,
      updated_at: now,
      updated_by: viewer.userId,
    }).onConflict(conflict => conflict.doNothing()).returningAll().executeTakeFirst()
    if (!row)
      throw new AppError('vendor.link_taken', { details: { vendorId } })
    await recordChanges(tx, row, [{ field: 'deal', from: null, to: historyOf(row) }], { viewer, now })
  })
}

/** @throws AppError vendor.link_not_found, vendor.link_changed */
export async function updateLink(db: Database, onlooker: Onlooker, key: LinkKey & { readonly version: number }, costs: LinkCosts, now: Date): Promise<void> {
  const { viewer } = onlooker
  await db.transaction().execute(async (tx) => {
    const stored = await lockLink(tx, onlooker, key)
    if (stored.version !== key.version)
      throw new AppError('vendor.link_changed', { details: { vendorId: key.vendorId, version: stored.version } })
    const row = await tx.updateTable('deal_vendors')
      .set({ ...toColumns(costs), version: sql<number>`version + 1`, updated_at: now, updated_by: viewer.userId })
      .where('portal_id', '=', stored.portal_id).where('deal_id', '=', key.dealId).where('vendor_id', '=', key.vendorId)
      .returningAll().executeTakeFirstOrThrow()
    await recordChanges(tx, row, [{ field: 'deal', from: historyOf(stored), to: historyOf(row) }], { viewer, now })
  })
}

/** @throws AppError vendor.link_not_found */
export async function deleteLink(db: Database, onlooker: Onlooker, key: LinkKey, now: Date): Promise<void> {
  await db.transaction().execute(async (tx) => {
    const stored = await lockLink(tx, onlooker, key)
    await tx.deleteFrom('deal_vendors').where('portal_id', '=', stored.portal_id)
      .where('deal_id', '=', key.dealId).where('vendor_id', '=', key.vendorId).execute()
    await recordChanges(tx, stored, [{ field: 'deal', from: historyOf(stored), to: null }], { viewer: onlooker.viewer, now })
  })
}

async function lockLink(tx: Database, onlooker: Onlooker, { dealId, vendorId }: LinkKey): Promise<LinkRecord> {
  const row = await visibleVendors(tx, onlooker)
    .innerJoin('deal_vendors as l', join => join.onRef('l.portal_id', '=', 'vendors.portal_id').onRef('l.vendor_id', '=', 'vendors.vendor_id'))
    .selectAll('l').where('l.deal_id', '=', dealId).where('l.vendor_id', '=', vendorId).forUpdate('l').executeTakeFirst()
  if (!row)
    throw new AppError('vendor.link_not_found', { details: { vendorId } })
  await requireVendor(tx, onlooker, vendorId, editsCosts)
  return row
}
