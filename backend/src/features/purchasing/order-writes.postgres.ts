import type { OrderFields, OrderLineFields } from '@comptoir/shared/purchasing/purchasing-fields'
import type { Tx } from '../../platform/storage/database.ts'
import { authorship, byHand, clean, decimal, mayOrder, mayWrite, takeDocument, unlessInUse, type Asker } from './document-access.postgres.ts'

const toColumns = (fields: OrderFields) => ({
  number: fields.number.trim(),
  ordered_on: fields.orderedOn,
  currency: fields.currency.toUpperCase(),
  status: fields.status,
  deal_id: fields.dealId,
  department: clean(fields.department),
  category: clean(fields.category),
  note: clean(fields.note),
})

const toLineColumns = (line: OrderLineFields, position: number) => ({
  position,
  item_code: clean(line.itemCode),
  item_name: line.itemName.trim(),
  unit: clean(line.unit),
  quantity: String(line.quantity),
  unit_price: decimal(line.unitPrice),
  requested_on: line.requestedOn,
  is_cancelled: line.isCancelled,
})

export async function insertOrder(tx: Tx, asker: Asker, vendorId: string, fields: OrderFields, now: Date, source = byHand): Promise<string> {
  await mayWrite(tx, asker, vendorId)
  if (source === byHand)
    await mayOrder(tx, asker, vendorId, fields, now)
  const { order_id } = await tx.insertInto('purchase_orders').values({
    portal_id: asker.portal.id, vendor_id: vendorId, ...toColumns(fields), buyer_user_id: asker.viewer.userId || null, ...authorship(asker, now),
    origin: source.origin, source_key: source.sourceKey,
  }).returning('order_id').executeTakeFirstOrThrow()
  await insertLines(tx, asker, { vendorId, orderId: order_id }, fields.lines.map((line, at) => ({ line, position: at + 1 })), now)
  return order_id
}

async function insertLines(tx: Tx, asker: Asker, { vendorId, orderId }: { vendorId: string, orderId: string }, lines: readonly { line: OrderLineFields, position: number }[], now: Date): Promise<void> {
  for (const { line, position } of lines) {
    const { line_id } = await tx.insertInto('purchase_order_lines').values({
      portal_id: asker.portal.id, order_id: orderId, vendor_id: vendorId, ...toLineColumns(line, position),
    }).returning('line_id').executeTakeFirstOrThrow()
    if (line.promisedOn)
      await addPromise(tx, asker, line_id, line.promisedOn, now)
  }
}

/** Lines that are no longer named go, unless something refers to them; a promised day other than the last one is a new promise. */
export async function updateOrder(tx: Tx, asker: Asker, document: { id: string, version: number }, fields: OrderFields, now: Date): Promise<void> {
  const portalId = asker.portal.id
  const vendorId = await takeDocument(tx, asker, 'purchase_orders', document, now)
  const before = await tx.selectFrom('purchase_orders').select(['status', 'confirmed_at']).where('portal_id', '=', portalId).where('order_id', '=', document.id).executeTakeFirstOrThrow()
  if (before.status !== 'confirmed')
    await mayOrder(tx, asker, vendorId, fields, now)
  if (before.confirmed_at === null)
    await forgetPromises(tx, portalId, document.id)
  await tx.updateTable('purchase_orders').set(toColumns(fields)).where('portal_id', '=', portalId).where('order_id', '=', document.id).execute()
  const stored = await tx.selectFrom('purchase_order_lines').select('line_id').where('portal_id', '=', portalId).where('order_id', '=', document.id).execute()
  const known = new Set(stored.map(row => row.line_id))
  const kept = new Set(fields.lines.flatMap(({ lineId }) => lineId && known.has(lineId) ? [lineId] : []))
  const gone = [...known].filter(lineId => !kept.has(lineId))
  if (gone.length > 0)
    await unlessInUse(() => tx.deleteFrom('purchase_order_lines').where('portal_id', '=', portalId).where('line_id', 'in', gone).execute())
  for (const [at, line] of fields.lines.entries()) {
    if (line.lineId && kept.has(line.lineId)) {
      await tx.updateTable('purchase_order_lines').set(toLineColumns(line, at + 1)).where('portal_id', '=', portalId).where('line_id', '=', line.lineId).execute()
      if (line.promisedOn)
        await addPromise(tx, asker, line.lineId, line.promisedOn, now)
    }
    else {
      await insertLines(tx, asker, { vendorId, orderId: document.id }, [{ line, position: at + 1 }], now)
    }
  }
}

/** Days that an order named before its confirmation were promised by nobody yet. */
async function forgetPromises(tx: Tx, portalId: number, orderId: string): Promise<void> {
  const lines = tx.selectFrom('purchase_order_lines').select('line_id').where('portal_id', '=', portalId).where('order_id', '=', orderId)
  await tx.deleteFrom('order_line_promises').where('portal_id', '=', portalId).where('line_id', 'in', lines).execute()
  await tx.updateTable('purchase_order_lines').set({ promised_on: null }).where('portal_id', '=', portalId).where('order_id', '=', orderId).execute()
}

/** The first promise is frozen by the table itself; the same day again is none. */
async function addPromise(tx: Tx, { portal, viewer }: Asker, lineId: string, promisedOn: string, now: Date): Promise<void> {
  const last = await tx.selectFrom('order_line_promises').select('promised_on').where('portal_id', '=', portal.id).where('line_id', '=', lineId)
    .orderBy('stated_at', 'desc').orderBy('promised_on', 'desc').limit(1).executeTakeFirst()
  if (last?.promised_on !== promisedOn)
    await tx.insertInto('order_line_promises').values({ portal_id: portal.id, line_id: lineId, promised_on: promisedOn, stated_at: now, by_user_id: viewer.userId }).execute()
}

export async function promiseLines(tx: Tx, asker: Asker, document: { id: string, version: number }, { promisedOn, lineIds }: { promisedOn: string, lineIds: readonly string[] }, now: Date): Promise<void> {
  await takeDocument(tx, asker, 'purchase_orders', document, now)
  const own = await tx.selectFrom('purchase_order_lines').select('line_id').where('portal_id', '=', asker.portal.id)
    .where('order_id', '=', document.id).where('line_id', 'in', [...lineIds]).execute()
  for (const { line_id } of own)
    await addPromise(tx, asker, line_id, promisedOn, now)
}
