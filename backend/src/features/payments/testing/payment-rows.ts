import { randomUUID } from 'node:crypto'
import type { Insertable } from 'kysely'
import { nameKey } from '@comptoir/shared/vendors/name-key'
import type { Database } from '../../../platform/storage/database.ts'
import type { PaymentTables } from '../../../platform/storage/tables/payments.ts'
import type { PurchasingTables } from '../../../platform/storage/tables/purchasing.ts'
import type { VendorTables } from '../../../platform/storage/tables/vendors.ts'

export async function addPortal(db: Database): Promise<number> {
  const memberId = randomUUID()
  const { portal_id: portalId } = await db.insertInto('portals').values({
    member_id: memberId, domain: `${memberId}.test`, client_endpoint: '', server_endpoint: '', status: 'installed',
  }).returning('portal_id').executeTakeFirstOrThrow()
  await db.insertInto('crm_users').values([
    { portal_id: portalId, user_id: 7, name: 'Ada', last_name: 'Morel' },
    { portal_id: portalId, user_id: 8, name: 'Bruno', last_name: 'Lenoir' },
    { portal_id: portalId, user_id: 9, name: 'Chloé', last_name: 'Vidal' },
  ]).execute()
  await db.insertInto('crm_currencies').values([
    { portal_id: portalId, currency: 'EUR', rate: '1', is_base: true }, { portal_id: portalId, currency: 'USD', rate: '0.9' },
  ]).execute()
  return portalId
}

export async function addVendor(db: Database, portalId: number, values: Partial<Insertable<VendorTables['vendors']>> = {}): Promise<string> {
  const name = values.name ?? `Papeterie ${randomUUID().slice(0, 8)}`
  const { vendor_id } = await db.insertInto('vendors')
    .values({ portal_id: portalId, status: 'active', ...values, name, name_key: nameKey(name) })
    .returning('vendor_id').executeTakeFirstOrThrow()
  return vendor_id
}

export async function addInvoice(db: Database, portalId: number, vendorId: string, values: Partial<Insertable<PurchasingTables['vendor_invoices']>>): Promise<string> {
  const { invoice_id } = await db.insertInto('vendor_invoices').values({
    portal_id: portalId, vendor_id: vendorId, number: `F-${randomUUID().slice(0, 6)}`, issued_on: '2026-03-01', currency: 'EUR',
    net_minor: 10_000, tax_minor: 2_000, total_minor: 12_000, ...values,
  }).returning('invoice_id').executeTakeFirstOrThrow()
  return invoice_id
}

export async function addPayable(db: Database, portalId: number, vendorId: string, values: Partial<Insertable<PaymentTables['payables']>> = {}): Promise<string> {
  const amount = values.amount_minor ?? 12_000
  const { payable_id } = await db.insertInto('payables').values({
    portal_id: portalId, vendor_id: vendorId, reference: `F-${randomUUID().slice(0, 6)}`, issued_on: '2026-02-01', due_on: '2026-03-03',
    currency: 'EUR', amount_base_minor: amount, ...values, amount_minor: amount,
  }).returning('payable_id').executeTakeFirstOrThrow()
  return payable_id
}
