import type { Tolerance } from '@comptoir/shared/purchasing/purchasing.contract'
import type { Database } from '../storage/database.ts'

export const usualTolerance: Tolerance = { pricePercent: 2, quantityPercent: 0, amountMinor: 500 }

export interface KeptTolerance extends Tolerance { readonly isOwn: boolean }

/** A vendor's own tolerance, else the portal's, else the usual one. */
export async function readTolerances(db: Database, portalId: number, vendorIds: readonly string[]): Promise<(vendorId: string | null) => KeptTolerance> {
  const rows = await db.selectFrom('match_tolerances').selectAll().where('portal_id', '=', portalId)
    .where(eb => eb.or([eb('vendor_id', 'is', null), ...vendorIds.length > 0 ? [eb('vendor_id', 'in', [...vendorIds])] : []])).execute()
  return (vendorId) => {
    const own = vendorId === null ? undefined : rows.find(row => row.vendor_id === vendorId)
    const row = own ?? rows.find(({ vendor_id }) => vendor_id === null)
    return row
      ? { pricePercent: Number(row.price_percent), quantityPercent: Number(row.quantity_percent), amountMinor: row.amount_minor, isOwn: own !== undefined }
      : { ...usualTolerance, isOwn: false }
  }
}
