import type { Tolerance } from '@comptoir/shared/purchasing/purchasing.contract'
import type { Tolerances } from '@comptoir/shared/purchasing/tolerances.contract'
import { sql } from 'kysely'
import { mayDo, visibleVendors } from '../../platform/access/vendor-gate.postgres.ts'
import { recordHistory } from '../../platform/history/record-history.postgres.ts'
import { readTolerances, usualTolerance, type KeptTolerance } from '../../platform/purchasing/match-tolerances.postgres.ts'
import type { Database, Tx } from '../../platform/storage/database.ts'
import type { Asker } from './document-access.postgres.ts'

const columnsOf = (row: { price_percent: string, quantity_percent: string, amount_minor: number }): Tolerance =>
  ({ pricePercent: Number(row.price_percent), quantityPercent: Number(row.quantity_percent), amountMinor: row.amount_minor })

/** The portal's own, and those of the vendors whose prices stand open to the asker. */
export async function listTolerances(db: Database, asker: Asker): Promise<Tolerances> {
  const [portal, vendors] = await Promise.all([
    db.selectFrom('match_tolerances').selectAll().where('portal_id', '=', asker.portal.id).where('vendor_id', 'is', null).executeTakeFirst(),
    visibleVendors(db, asker, { group: 'prices' })
      .innerJoin('match_tolerances as m', join => join.onRef('m.portal_id', '=', 'vendors.portal_id').onRef('m.vendor_id', '=', 'vendors.vendor_id'))
      .select(['vendors.vendor_id', 'vendors.name', 'm.price_percent', 'm.quantity_percent', 'm.amount_minor', mayDo(asker, { group: 'prices', role: 'editor' }).as('may_edit')])
      .orderBy('vendors.name_key').execute(),
  ])
  return {
    portal: portal ? columnsOf(portal) : usualTolerance,
    isUsual: !portal,
    vendors: vendors.map(row => ({ vendorId: row.vendor_id, vendorName: row.name, mayEdit: row.may_edit as boolean, ...columnsOf(row) })),
  }
}

export async function saveTolerance(tx: Tx, { portal, viewer }: Asker, vendorId: string | null, tolerance: Tolerance | null, now: Date): Promise<KeptTolerance> {
  const before = vendorId === null ? null : (await readTolerances(tx, portal.id, [vendorId]))(vendorId)
  if (tolerance === null) {
    await tx.deleteFrom('match_tolerances').where('portal_id', '=', portal.id).where('vendor_id', vendorId === null ? 'is' : '=', vendorId).execute()
  }
  else {
    const values = { price_percent: String(tolerance.pricePercent), quantity_percent: String(tolerance.quantityPercent), amount_minor: tolerance.amountMinor, updated_at: now, updated_by: viewer.userId }
    await tx.insertInto('match_tolerances').values({ portal_id: portal.id, vendor_id: vendorId, ...values })
      .onConflict(conflict => conflict.constraint('match_tolerances__vendor').doUpdateSet({ ...values, version: sql<number>`match_tolerances.version + 1` })).execute()
  }
  const after = (await readTolerances(tx, portal.id, vendorId === null ? [] : [vendorId]))(vendorId)
  if (vendorId !== null)
    await recordHistory(tx, [{ portalId: portal.id, vendorId, field: 'tolerance', from: partsOf(before, portal.currency), to: partsOf(after, portal.currency), by: viewer.userId, at: now }])
  return after
}

/** In the history a vendor without a tolerance of its own has none. */
const partsOf = (tolerance: KeptTolerance | null, currency: string) => tolerance?.isOwn
  ? { pricePercent: tolerance.pricePercent, quantityPercent: tolerance.quantityPercent, amountMinor: tolerance.amountMinor, currency }
  : null
