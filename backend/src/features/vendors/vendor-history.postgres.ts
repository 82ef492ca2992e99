import { seenValue } from '@comptoir/shared/access/masks'
import { satisfies } from '@comptoir/shared/access/rights'
import type { Viewer } from '@comptoir/shared/portal/portal.contract'
import type { Vendor } from '@comptoir/shared/vendors/vendor-fields'
import type { VendorStatus } from '@comptoir/shared/vendors/vendor-status'
import type { VendorChange } from '@comptoir/shared/vendors/vendor.contract'
import type { Database, Tx } from '../../platform/storage/database.ts'
import { findPeople, personOf } from './vendor-row.postgres.ts'
import type { StatusChange } from './vendor.ts'

export interface ChangeLine {
  readonly field: string
  readonly from: unknown
  readonly to: unknown
}

interface Made { readonly viewer: Viewer, readonly now: Date, readonly reason?: string | null }

/** One line per field, in the transaction that changes it. */
export async function recordChanges(
  tx: Tx, vendor: { readonly portal_id: number, readonly vendor_id: string }, lines: readonly ChangeLine[], { viewer, now, reason = null }: Made,
): Promise<void> {
  await tx.insertInto('vendor_changes').values(lines.map(({ field, from, to }) => ({
    portal_id: vendor.portal_id,
    vendor_id: vendor.vendor_id,
    field,
    old_value: toJson(from),
    new_value: toJson(to),
    reason,
    origin: 'person' as const,
    at: now,
    by_user_id: viewer.userId,
  }))).execute()
}

const toJson = (value: unknown): string | null => value === null || value === undefined ? null : JSON.stringify(value)

const pageSize = 50

export async function readHistory(db: Database, portalId: number, { vendorId, rights }: Pick<Vendor, 'vendorId' | 'rights'>, before: number | null): Promise<{ changes: VendorChange[], nextBefore: number | null }> {
  const rows = await db.selectFrom('vendor_changes').selectAll()
    .where('portal_id', '=', portalId).where('vendor_id', '=', vendorId)
    .$if(before !== null, query => query.where('vendor_change_id', '<', before))
    .orderBy('vendor_change_id', 'desc').limit(pageSize + 1).execute()
  const page = rows.slice(0, pageSize)
  const people = await findPeople(db, portalId, page.map(row => row.by_user_id))
  const open = { bank: satisfies(rights, { group: 'bank' }), prices: satisfies(rights, { group: 'prices' }), documents: satisfies(rights, { group: 'documents' }) }
  return {
    changes: page.map(row => ({
      changeId: row.vendor_change_id,
      field: row.field,
      oldValue: seenValue(row.field, row.old_value, open),
      newValue: seenValue(row.field, row.new_value, open),
      reason: row.reason,
      origin: row.origin,
      at: row.at.toISOString(),
      by: personOf(people, row.by_user_id),
    })),
    nextBefore: rows.length > pageSize ? page.at(-1)?.vendor_change_id ?? null : null,
  }
}

export async function findLastStatusChange(db: Database, portalId: number, vendorId: string): Promise<StatusChange | null> {
  const row = await db.selectFrom('vendor_changes').select(['old_value', 'new_value', 'by_user_id', 'at'])
    .where('portal_id', '=', portalId).where('vendor_id', '=', vendorId).where('field', '=', 'status')
    .orderBy('vendor_change_id', 'desc').limit(1).executeTakeFirst()
  return row ? { from: row.old_value as VendorStatus | null, to: row.new_value as VendorStatus, byUserId: row.by_user_id, at: row.at } : null
}
