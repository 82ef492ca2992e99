import { AppError } from '@comptoir/shared/errors'
import { dayAt, type Day } from '@comptoir/shared/insights/calendar'
import { sql } from 'kysely'
import { requireVendor } from '../../platform/access/vendor-gate.postgres.ts'
import type { Caller } from '../../platform/http/caller.ts'
import type { Database, Tx } from '../../platform/storage/database.ts'
import { vendorRestrictions } from '../../platform/restrictions/vendor-restrictions.postgres.ts'
import type { DocumentOrigin } from '../../platform/storage/tables/purchasing.ts'

/** Whoever asks: portal and viewer of a request. */
export type Asker = Pick<Caller, 'portal' | 'viewer'>

/** Orders, receipts and invoices show amounts: whoever may not see prices does not see them. */
export const mayRead = (db: Database, asker: Asker, vendorId: string) => requireVendor(db, asker, vendorId, { group: 'prices' })
export const mayWrite = (db: Database, asker: Asker, vendorId: string) => requireVendor(db, asker, vendorId, { group: 'prices', role: 'editor' })

/** A vendor that was stopped gets no new order; what was ordered before may still be noted down. @throws AppError vendor.orders_blocked */
export async function mayOrder(tx: Tx, { portal }: Asker, vendorId: string, { status, orderedOn }: { readonly status: string, readonly orderedOn: Day }, now: Date): Promise<void> {
  if (status !== 'confirmed' || orderedOn < dayAt(now, portal.timeZone))
    return
  if ((await vendorRestrictions(tx, portal.id, [vendorId])).get(vendorId)?.orders === 'blocked')
    throw new AppError('vendor.orders_blocked', { details: { vendorId } })
}

const keys = {
  purchase_orders: 'order_id', goods_receipts: 'receipt_id', vendor_invoices: 'invoice_id', contract_prices: 'price_id', vendor_requests: 'request_id',
} as const
export type DocumentTable = keyof typeof keys

/** The vendor a document belongs to, once the asker may read it. @throws AppError purchasing.not_found */
export async function vendorOf(db: Database, asker: Asker, table: DocumentTable, id: string): Promise<string> {
  const { rows } = await sql<{ vendor_id: string }>`
    select vendor_id from ${sql.table(table)} where portal_id = ${asker.portal.id} and ${sql.ref(keys[table])} = ${id}`.execute(db)
  const row = rows[0]
  if (!row)
    throw new AppError('purchasing.not_found', { details: { id } })
  await mayRead(db, asker, row.vendor_id)
  return row.vendor_id
}

/**
 * Locks a document that is about to be changed and counts its version up; its vendor is the answer.
 * @throws AppError purchasing.not_found, purchasing.changed_meanwhile
 */
export async function takeDocument(tx: Tx, asker: Asker, table: DocumentTable, { id, version }: { id: string, version: number }, now: Date): Promise<string> {
  const vendorId = await vendorOf(tx, asker, table, id)
  await mayWrite(tx, asker, vendorId)
  const { rows } = await sql`
    update ${sql.table(table)} set version = version + 1, updated_at = ${now}, updated_by = ${asker.viewer.userId}
    where portal_id = ${asker.portal.id} and ${sql.ref(keys[table])} = ${id} and version = ${version} returning 1`.execute(tx)
  if (rows.length === 0)
    throw new AppError('purchasing.changed_meanwhile', { details: { id } })
  return vendorId
}

/** What refers to a document keeps it. @throws AppError purchasing.line_in_use */
export async function unlessInUse<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work()
  }
  catch (error) {
    if ((error as { code?: string }).code === '23503')
      throw new AppError('purchasing.line_in_use', { cause: error })
    throw error
  }
}

export async function deleteDocument(tx: Tx, asker: Asker, table: DocumentTable, document: { id: string, version: number }, now: Date): Promise<void> {
  await takeDocument(tx, asker, table, document, now)
  await unlessInUse(() => sql`delete from ${sql.table(table)} where portal_id = ${asker.portal.id} and ${sql.ref(keys[table])} = ${document.id}`.execute(tx))
}

/** The door a document came through, and its identity there. */
export interface DocumentSource { readonly origin: DocumentOrigin, readonly sourceKey: string | null }
export const byHand: DocumentSource = { origin: 'person', sourceKey: null }

export const authorship = ({ viewer }: Asker, now: Date) => ({ created_at: now, created_by: viewer.userId, updated_at: now, updated_by: viewer.userId })

export const clean = (text: string | null | undefined): string | null => text?.trim() || null
export const decimal = (value: number | null): string | null => value === null ? null : String(value)
export const toNumber = (text: string | null): number | null => text === null ? null : Number(text)
