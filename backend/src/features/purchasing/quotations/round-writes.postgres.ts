import { AppError } from '@comptoir/shared/errors'
import { sql } from 'kysely'
import type { QuotationFields, Round, RoundChanges, RoundFields } from '@comptoir/shared/purchasing/quotation.contract'
import type { Tx } from '../../../platform/storage/database.ts'
import { authorship, clean, decimal, mayWrite, type Asker } from '../document-access.postgres.ts'

export async function insertRound(tx: Tx, asker: Asker, fields: RoundFields, now: Date): Promise<string> {
  const portalId = asker.portal.id
  for (const vendorId of fields.vendorIds)
    await mayWrite(tx, asker, vendorId)
  const currency = fields.currency.toUpperCase()
  const { round_id } = await tx.insertInto('quotation_rounds').values({
    portal_id: portalId, title: fields.title.trim(), currency, opened_on: fields.openedOn, closes_on: fields.closesOn, note: clean(fields.note), ...authorship(asker, now),
  }).returning('round_id').executeTakeFirstOrThrow()
  await tx.insertInto('quotation_items').values(fields.items.map((item, at) => ({
    portal_id: portalId, round_id, position: at + 1, item_code: clean(item.itemCode), item_name: item.itemName.trim(), unit: clean(item.unit), quantity: String(item.quantity),
  }))).execute()
  await tx.insertInto('quotations').values(fields.vendorIds.map(vendorId => ({ portal_id: portalId, round_id, vendor_id: vendorId, currency, ...authorship(asker, now) }))).execute()
  return round_id
}

/** A vendor that was not asked may quote as well. @throws AppError purchasing.not_found */
export async function saveQuotation(tx: Tx, asker: Asker, { roundId, vendorId }: { roundId: string, vendorId: string }, fields: QuotationFields, now: Date): Promise<void> {
  const portalId = asker.portal.id
  await mayWrite(tx, asker, vendorId)
  const items = await tx.selectFrom('quotation_items').select('item_id').where('portal_id', '=', portalId).where('round_id', '=', roundId).execute()
  const known = new Set(items.map(row => row.item_id))
  if (known.size === 0 || fields.lines.some(({ itemId }) => !known.has(itemId)))
    throw new AppError('purchasing.not_found', { details: { id: roundId } })
  const values = {
    number: clean(fields.number), received_on: fields.receivedOn, valid_until: fields.validUntil, currency: fields.currency.toUpperCase(), lead_time_days: fields.leadTimeDays,
    payment_term_days: fields.paymentTermDays, terms: clean(fields.terms), shipping_minor: fields.shippingMinor, is_declined: fields.isDeclined, updated_at: now, updated_by: asker.viewer.userId,
  }
  const { quotation_id } = await tx.insertInto('quotations').values({ portal_id: portalId, round_id: roundId, vendor_id: vendorId, ...authorship(asker, now), ...values })
    .onConflict(conflict => conflict.constraint('quotations__round_vendor').doUpdateSet({ ...values, version: sql<number>`quotations.version + 1` }))
    .returning('quotation_id').executeTakeFirstOrThrow()
  await tx.deleteFrom('quotation_lines').where('portal_id', '=', portalId).where('quotation_id', '=', quotation_id).execute()
  if (fields.lines.length > 0)
    await tx.insertInto('quotation_lines').values(fields.lines.map(line => ({ portal_id: portalId, quotation_id, item_id: line.itemId, unit_price: decimal(line.unitPrice), lead_time_days: line.leadTimeDays }))).execute()
}

/** @throws AppError purchasing.changed_meanwhile */
export async function awardRound(tx: Tx, asker: Asker, roundId: string, { version, status, awards }: { version: number, status: Round['status'], awards: readonly { itemId: string, vendorId: string | null }[] }, now: Date): Promise<void> {
  const portalId = asker.portal.id
  for (const vendorId of new Set(awards.flatMap(award => award.vendorId ?? [])))
    await mayWrite(tx, asker, vendorId)
  const { numUpdatedRows } = await tx.updateTable('quotation_rounds').set({ status, version: version + 1, updated_at: now, updated_by: asker.viewer.userId })
    .where('portal_id', '=', portalId).where('round_id', '=', roundId).where('version', '=', version).executeTakeFirst()
  if (numUpdatedRows === 0n)
    throw new AppError('purchasing.changed_meanwhile', { details: { id: roundId } })
  for (const { itemId, vendorId } of awards)
    await tx.updateTable('quotation_items').set({ awarded_vendor_id: vendorId }).where('portal_id', '=', portalId).where('round_id', '=', roundId).where('item_id', '=', itemId).execute()
}

/** A round belongs to all the vendors that were asked: whoever may not edit one of them leaves it as it is. */
async function requireRound(tx: Tx, asker: Asker, roundId: string): Promise<void> {
  const rows = await tx.selectFrom('quotations').select('vendor_id').where('portal_id', '=', asker.portal.id).where('round_id', '=', roundId).execute()
  if (rows.length === 0)
    throw new AppError('purchasing.not_found', { details: { id: roundId } })
  for (const { vendor_id } of rows)
    await mayWrite(tx, asker, vendor_id)
}

/** @throws AppError purchasing.not_found, purchasing.changed_meanwhile */
export async function updateRound(tx: Tx, asker: Asker, roundId: string, { version, ...fields }: RoundChanges & { readonly version: number }, now: Date): Promise<void> {
  await requireRound(tx, asker, roundId)
  const round = await tx.updateTable('quotation_rounds')
    .set({ title: fields.title.trim(), closes_on: fields.closesOn, note: clean(fields.note), version: version + 1, updated_at: now, updated_by: asker.viewer.userId })
    .where('portal_id', '=', asker.portal.id).where('round_id', '=', roundId).where('version', '=', version).returning('currency').executeTakeFirst()
  if (!round)
    throw new AppError('purchasing.changed_meanwhile', { details: { id: roundId } })
  if (fields.items)
    await keepItems(tx, asker.portal.id, roundId, fields.items)
  if (fields.vendorIds)
    await keepVendors(tx, asker, { roundId, currency: round.currency }, fields.vendorIds, now)
}

async function keepItems(tx: Tx, portalId: number, roundId: string, items: NonNullable<RoundChanges['items']>): Promise<void> {
  const stored = await tx.selectFrom('quotation_items').select('item_id').where('portal_id', '=', portalId).where('round_id', '=', roundId).execute()
  const known = new Set(stored.map(row => row.item_id))
  const gone = [...known].filter(itemId => !items.some(item => item.itemId === itemId))
  if (gone.length > 0)
    await tx.deleteFrom('quotation_items').where('portal_id', '=', portalId).where('item_id', 'in', gone).execute()
  for (const [at, { itemId, ...item }] of items.entries()) {
    const values = { position: at + 1, item_code: clean(item.itemCode), item_name: item.itemName.trim(), unit: clean(item.unit), quantity: String(item.quantity) }
    await (itemId && known.has(itemId)
      ? tx.updateTable('quotation_items').set(values).where('portal_id', '=', portalId).where('item_id', '=', itemId).execute()
      : tx.insertInto('quotation_items').values({ portal_id: portalId, round_id: roundId, ...values }).execute())
  }
}

async function keepVendors(tx: Tx, asker: Asker, { roundId, currency }: { roundId: string, currency: string }, vendorIds: readonly string[], now: Date): Promise<void> {
  const portalId = asker.portal.id
  for (const vendorId of vendorIds)
    await mayWrite(tx, asker, vendorId)
  await tx.deleteFrom('quotations').where('portal_id', '=', portalId).where('round_id', '=', roundId).where('vendor_id', 'not in', [...vendorIds]).execute()
  await tx.updateTable('quotation_items').set({ awarded_vendor_id: null }).where('portal_id', '=', portalId).where('round_id', '=', roundId)
    .where('awarded_vendor_id', 'is not', null).where('awarded_vendor_id', 'not in', [...vendorIds]).execute()
  await tx.insertInto('quotations').values(vendorIds.map(vendorId => ({ portal_id: portalId, round_id: roundId, vendor_id: vendorId, currency, ...authorship(asker, now) })))
    .onConflict(conflict => conflict.constraint('quotations__round_vendor').doNothing()).execute()
}

/** @throws AppError purchasing.not_found, purchasing.changed_meanwhile */
export async function deleteRound(tx: Tx, asker: Asker, roundId: string, version: number): Promise<void> {
  await requireRound(tx, asker, roundId)
  const { numDeletedRows } = await tx.deleteFrom('quotation_rounds')
    .where('portal_id', '=', asker.portal.id).where('round_id', '=', roundId).where('version', '=', version).executeTakeFirst()
  if (numDeletedRows === 0n)
    throw new AppError('purchasing.changed_meanwhile', { details: { id: roundId } })
}
