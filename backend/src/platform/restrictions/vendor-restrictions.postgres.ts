import { restrictionsOf, type Restrictions } from '@comptoir/shared/vendors/life-cycle'
import type { Database, Tx } from '../storage/database.ts'

export interface VendorRestrictions extends Restrictions {
  /** Kinds of mandatory documents that ran out and hold payments back, whatever the status allows. */
  readonly expiredDocuments: readonly string[]
}

/** What the status and the documents of vendors let happen now: asked before an order is confirmed or a payment prepared. */
export async function vendorRestrictions(db: Database | Tx, portalId: number, vendorIds: readonly string[]): Promise<ReadonlyMap<string, VendorRestrictions>> {
  if (vendorIds.length === 0)
    return new Map()
  const [vendors, holds] = await Promise.all([
    db.selectFrom('vendors').select(['vendor_id', 'status']).where('portal_id', '=', portalId).where('vendor_id', 'in', vendorIds).execute(),
    db.selectFrom('vendor_holds').select(['vendor_id', 'document_kind']).where('portal_id', '=', portalId)
      .where('vendor_id', 'in', vendorIds).where('lifted_at', 'is', null).orderBy('since').execute(),
  ])
  return new Map(vendors.map(({ vendor_id, status }) => {
    const held = holds.filter(hold => hold.vendor_id === vendor_id)
    const byStatus = restrictionsOf(status)
    return [vendor_id, {
      ...byStatus,
      payments: held.length > 0 ? 'held' as const : byStatus.payments,
      expiredDocuments: held.flatMap(({ document_kind }) => document_kind ?? []),
    }]
  }))
}
