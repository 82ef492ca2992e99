import { isAtLeast } from '@comptoir/shared/access/rights'
import type { VendorPurchasing } from '@comptoir/shared/purchasing/purchasing.contract'
import { dayAt } from '@comptoir/shared/insights/calendar'
import { sql } from 'kysely'
import type { Database } from '../../platform/storage/database.ts'
import { mayRead, type Asker } from './document-access.postgres.ts'
import { listInvoices } from './invoices.postgres.ts'
import { listOrders } from './orders.postgres.ts'
import { readInvoicesToCheck, readTotals } from './overview.postgres.ts'
import { listReceipts } from './receipts.postgres.ts'
import { listPrices, listRequests } from './terms.postgres.ts'

/** All of a vendor's purchasing at once: the section's parts agree with each other. */
export async function readVendorPurchasing(db: Database, asker: Asker, vendorId: string, now: Date): Promise<VendorPurchasing> {
  const { portal } = asker
  const rights = await mayRead(db, asker, vendorId)
  const [vendor, counts, orders, receipts, invoices, prices, requests, toCheck] = await Promise.all([
    db.selectFrom('vendors').select('name').where('portal_id', '=', portal.id).where('vendor_id', '=', vendorId).executeTakeFirstOrThrow(),
    readCounts(db, portal.id, vendorId),
    listOrders(db, asker, { vendorId }, now),
    listReceipts(db, asker, { vendorId }),
    listInvoices(db, asker, { vendorId }),
    listPrices(db, asker, vendorId),
    listRequests(db, asker, vendorId),
    readInvoicesToCheck(db, asker, vendorId),
  ])
  const totals = await readTotals(db, asker, vendorId, dayAt(now, portal.timeZone), toCheck.length)
  const mayEdit = isAtLeast(rights.roleOf.prices ?? 'viewer', 'editor')
  return { vendorId, vendorName: vendor.name, currency: portal.currency, mayEdit, totals, orders, receipts, invoices, prices, requests, counts }
}

async function readCounts(db: Database, portalId: number, vendorId: string): Promise<VendorPurchasing['counts']> {
  const count = (table: string) => sql`(select count(*)::int from ${sql.table(table)} where portal_id = ${portalId} and vendor_id = ${vendorId})`
  const { rows } = await sql<VendorPurchasing['counts']>`
    select ${count('purchase_orders')} as orders, ${count('goods_receipts')} as receipts, ${count('vendor_invoices')} as invoices,
      ${count('contract_prices')} as prices, ${count('vendor_requests')} as requests`.execute(db)
  return rows[0]!
}
