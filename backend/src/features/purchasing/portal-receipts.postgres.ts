import { sql } from 'kysely'
import type { Database, Tx } from '../../platform/storage/database.ts'

export interface ReceiptReading {
  readonly readAt: Date
  readonly readCount: number
  readonly createdCount: number
  readonly knownCount: number
  readonly withoutVendorCount: number
  readonly errorCode: string | null
}

const prefix = 'crm:document:'
export const sourceKeyOf = (documentId: number): string => `${prefix}${documentId}`

export async function knownReceiptIds(db: Database, portalId: number, ids: readonly number[]): Promise<ReadonlySet<number>> {
  if (ids.length === 0)
    return new Set()
  const rows = await db.selectFrom('goods_receipts').select('source_key').where('portal_id', '=', portalId).where('source_key', 'in', ids.map(sourceKeyOf)).execute()
  return new Set(rows.map(row => Number(row.source_key!.slice(prefix.length))))
}

/** Two readings at once wait for each other here, receipt by receipt. */
export async function isWrittenMeanwhile(tx: Tx, portalId: number, documentId: number): Promise<boolean> {
  await sql`select pg_advisory_xact_lock(hashtext('portal_receipts'), ${portalId})`.execute(tx)
  return (await knownReceiptIds(tx, portalId, [documentId])).size > 0
}

export async function findVendorsOfCompanies(db: Database, portalId: number, companyIds: readonly number[]): Promise<ReadonlyMap<number, string>> {
  if (companyIds.length === 0)
    return new Map()
  const rows = await db.selectFrom('vendors').select(['company_id', 'vendor_id']).where('portal_id', '=', portalId).where('company_id', 'in', [...new Set(companyIds)]).execute()
  return new Map(rows.map(row => [row.company_id!, row.vendor_id]))
}

/** As the deals' product rows spell them: the catalogue itself is not read. */
export async function productNames(db: Database, portalId: number, productIds: readonly number[]): Promise<ReadonlyMap<number, string>> {
  if (productIds.length === 0)
    return new Map()
  const rows = await db.selectFrom('crm_product_rows').select(['product_id', 'product_name']).distinctOn('product_id')
    .where('portal_id', '=', portalId).where('product_id', 'in', [...new Set(productIds)]).orderBy('product_id').orderBy('deal_id', 'desc').execute()
  return new Map(rows.map(row => [row.product_id!, row.product_name]))
}

export async function saveReading(db: Database, portalId: number, reading: ReceiptReading): Promise<ReceiptReading> {
  const values = {
    read_at: reading.readAt, read_count: reading.readCount, created_count: reading.createdCount, known_count: reading.knownCount,
    without_vendor_count: reading.withoutVendorCount, error_code: reading.errorCode,
  }
  await db.insertInto('portal_receipt_readings').values({ portal_id: portalId, ...values }).onConflict(conflict => conflict.column('portal_id').doUpdateSet(values)).execute()
  return reading
}

export async function lastReading(db: Database, portalId: number): Promise<ReceiptReading | null> {
  const row = await db.selectFrom('portal_receipt_readings').selectAll().where('portal_id', '=', portalId).executeTakeFirst()
  return row
    ? { readAt: row.read_at, readCount: row.read_count, createdCount: row.created_count, knownCount: row.known_count, withoutVendorCount: row.without_vendor_count, errorCode: row.error_code }
    : null
}
