import { AppError } from '@comptoir/shared/errors'
import type { Receipt } from '@comptoir/shared/purchasing/purchasing.contract'
import type { ReceiptFields, ReceiptLineFields } from '@comptoir/shared/purchasing/purchasing-fields'
import type { Database, Tx } from '../../platform/storage/database.ts'
import { authorship, byHand, clean, mayWrite, takeDocument, vendorOf, type Asker } from './document-access.postgres.ts'

export async function listReceipts(db: Database, { portal }: Asker, { vendorId, receiptId, limit = 200 }: { vendorId: string, receiptId?: string, limit?: number }): Promise<Receipt[]> {
  const receipts = await db.selectFrom('goods_receipts as r')
    .innerJoin('vendors as v', join => join.onRef('v.portal_id', '=', 'r.portal_id').onRef('v.vendor_id', '=', 'r.vendor_id'))
    .selectAll('r').select('v.name as vendor_name').where('r.portal_id', '=', portal.id).where('r.vendor_id', '=', vendorId)
    .$if(receiptId !== undefined, query => query.where('r.receipt_id', '=', receiptId!))
    .orderBy('r.received_on', 'desc').orderBy('r.number', 'desc').limit(limit).execute()
  const lines = receipts.length === 0
    ? []
    : await db.selectFrom('goods_receipt_lines as l')
        .leftJoin('purchase_order_lines as p', join => join.onRef('p.portal_id', '=', 'l.portal_id').onRef('p.line_id', '=', 'l.line_id'))
        .leftJoin('purchase_orders as o', join => join.onRef('o.portal_id', '=', 'p.portal_id').onRef('o.order_id', '=', 'p.order_id'))
        .selectAll('l').select(['o.number as order_number', 'p.item_name as ordered_name', 'p.item_code as ordered_code'])
        .where('l.portal_id', '=', portal.id).where('l.receipt_id', 'in', receipts.map(row => row.receipt_id)).orderBy('l.position').execute()
  return receipts.map(receipt => ({
    receiptId: receipt.receipt_id,
    vendorId,
    vendorName: receipt.vendor_name,
    number: receipt.number,
    receivedOn: receipt.received_on,
    note: receipt.note,
    origin: receipt.origin,
    version: receipt.version,
    lines: lines.filter(line => line.receipt_id === receipt.receipt_id).map(line => ({
      receiptLineId: line.receipt_line_id,
      orderLineId: line.line_id,
      orderNumber: line.order_number,
      itemCode: line.item_code ?? line.ordered_code,
      itemName: line.item_name ?? line.ordered_name,
      quantity: Number(line.quantity),
      rejectedQuantity: Number(line.rejected_quantity),
      rejectReason: line.reject_reason,
    })),
  }))
}

export async function getReceipt(db: Database, asker: Asker, receiptId: string): Promise<Receipt> {
  const vendorId = await vendorOf(db, asker, 'goods_receipts', receiptId)
  const [receipt] = await listReceipts(db, asker, { vendorId, receiptId })
  return receipt!
}

const toColumns = (fields: ReceiptFields) => ({ number: fields.number.trim(), received_on: fields.receivedOn, note: clean(fields.note) })

export async function insertReceipt(tx: Tx, asker: Asker, vendorId: string, fields: ReceiptFields, now: Date, source = byHand): Promise<string> {
  await mayWrite(tx, asker, vendorId)
  const { receipt_id } = await tx.insertInto('goods_receipts').values({ portal_id: asker.portal.id, vendor_id: vendorId, ...toColumns(fields), ...authorship(asker, now), origin: source.origin, source_key: source.sourceKey })
    .returning('receipt_id').executeTakeFirstOrThrow()
  await insertLines(tx, asker, { vendorId, receiptId: receipt_id }, fields.lines)
  return receipt_id
}

/** Nothing refers to a receipt's lines: they are written anew. */
export async function updateReceipt(tx: Tx, asker: Asker, document: { id: string, version: number }, fields: ReceiptFields, now: Date): Promise<void> {
  const vendorId = await takeDocument(tx, asker, 'goods_receipts', document, now)
  await tx.updateTable('goods_receipts').set(toColumns(fields)).where('portal_id', '=', asker.portal.id).where('receipt_id', '=', document.id).execute()
  await tx.deleteFrom('goods_receipt_lines').where('portal_id', '=', asker.portal.id).where('receipt_id', '=', document.id).execute()
  await insertLines(tx, asker, { vendorId, receiptId: document.id }, fields.lines)
}

async function insertLines(tx: Tx, { portal }: Asker, { vendorId, receiptId }: { vendorId: string, receiptId: string }, lines: readonly ReceiptLineFields[]): Promise<void> {
  await requireOwnLines(tx, portal.id, vendorId, lines.map(line => line.orderLineId))
  await tx.insertInto('goods_receipt_lines').values(lines.map((line, at) => ({
    portal_id: portal.id,
    receipt_id: receiptId,
    vendor_id: vendorId,
    position: at + 1,
    line_id: line.orderLineId,
    item_code: clean(line.itemCode),
    item_name: clean(line.itemName),
    quantity: String(line.quantity),
    rejected_quantity: String(Math.min(line.rejectedQuantity, line.quantity)),
    reject_reason: clean(line.rejectReason),
  }))).execute()
}

/** @throws AppError purchasing.other_vendor */
export async function requireOwnLines(db: Database, portalId: number, vendorId: string, lineIds: readonly (string | null)[]): Promise<void> {
  const wanted = [...new Set(lineIds.filter(lineId => lineId !== null))]
  if (wanted.length === 0)
    return
  const own = await db.selectFrom('purchase_order_lines').select('line_id').where('portal_id', '=', portalId).where('vendor_id', '=', vendorId).where('line_id', 'in', wanted).execute()
  if (own.length < wanted.length)
    throw new AppError('purchasing.other_vendor')
}
