import type { Selectable } from 'kysely'
import type { Price, VendorRequest } from '@comptoir/shared/purchasing/purchasing.contract'
import type { PriceFields, RequestFields } from '@comptoir/shared/purchasing/purchasing-fields'
import type { Database, Tx } from '../../platform/storage/database.ts'
import type { PurchasingTables } from '../../platform/storage/tables/purchasing.ts'
import { authorship, clean, mayWrite, takeDocument, toNumber, type Asker } from './document-access.postgres.ts'

/** Agreed prices, and what a vendor was asked: single rows without lines. */

const toPrice = (row: Selectable<PurchasingTables['contract_prices']>): Price => ({
  priceId: row.price_id,
  itemCode: row.item_code,
  itemName: row.item_name,
  price: Number(row.price),
  currency: row.currency,
  validFrom: row.valid_from,
  validTo: row.valid_to,
  version: row.version,
})

const toRequest = (row: Selectable<PurchasingTables['vendor_requests']>): VendorRequest => ({
  requestId: row.request_id,
  subject: row.subject,
  sentAt: row.sent_at.toISOString(),
  answeredAt: row.answered_at?.toISOString() ?? null,
  slaHours: toNumber(row.sla_hours),
  note: row.note,
  version: row.version,
})

export async function listPrices(db: Database, { portal }: Asker, vendorId: string): Promise<Price[]> {
  const rows = await db.selectFrom('contract_prices').selectAll().where('portal_id', '=', portal.id).where('vendor_id', '=', vendorId)
    .orderBy('item_code').orderBy('valid_from', 'desc').limit(500).execute()
  return rows.map(toPrice)
}

export async function listRequests(db: Database, { portal }: Asker, vendorId: string): Promise<VendorRequest[]> {
  const rows = await db.selectFrom('vendor_requests').selectAll().where('portal_id', '=', portal.id).where('vendor_id', '=', vendorId)
    .orderBy('sent_at', 'desc').limit(200).execute()
  return rows.map(toRequest)
}

const priceColumns = (fields: PriceFields) => ({
  item_code: fields.itemCode.trim(),
  item_name: clean(fields.itemName),
  price: String(fields.price),
  currency: fields.currency.toUpperCase(),
  valid_from: fields.validFrom,
  valid_to: fields.validTo,
})

const requestColumns = (fields: RequestFields) => ({
  subject: fields.subject.trim(),
  sent_at: new Date(fields.sentAt),
  answered_at: fields.answeredAt === null ? null : new Date(fields.answeredAt),
  sla_hours: fields.slaHours === null ? null : String(fields.slaHours),
  note: clean(fields.note),
})

export async function insertPrice(tx: Tx, asker: Asker, vendorId: string, fields: PriceFields, now: Date): Promise<Price> {
  await mayWrite(tx, asker, vendorId)
  return toPrice(await tx.insertInto('contract_prices').values({ portal_id: asker.portal.id, vendor_id: vendorId, ...priceColumns(fields), ...authorship(asker, now) }).returningAll().executeTakeFirstOrThrow())
}

export async function updatePrice(tx: Tx, asker: Asker, document: { id: string, version: number }, fields: PriceFields, now: Date): Promise<Price> {
  await takeDocument(tx, asker, 'contract_prices', document, now)
  return toPrice(await tx.updateTable('contract_prices').set(priceColumns(fields)).where('portal_id', '=', asker.portal.id).where('price_id', '=', document.id).returningAll().executeTakeFirstOrThrow())
}

export async function insertRequest(tx: Tx, asker: Asker, vendorId: string, fields: RequestFields, now: Date): Promise<VendorRequest> {
  await mayWrite(tx, asker, vendorId)
  return toRequest(await tx.insertInto('vendor_requests').values({ portal_id: asker.portal.id, vendor_id: vendorId, ...requestColumns(fields), ...authorship(asker, now) }).returningAll().executeTakeFirstOrThrow())
}

export async function updateRequest(tx: Tx, asker: Asker, document: { id: string, version: number }, fields: RequestFields, now: Date): Promise<VendorRequest> {
  await takeDocument(tx, asker, 'vendor_requests', document, now)
  return toRequest(await tx.updateTable('vendor_requests').set(requestColumns(fields)).where('portal_id', '=', asker.portal.id).where('request_id', '=', document.id).returningAll().executeTakeFirstOrThrow())
}
