import { AppError } from '@comptoir/shared/errors'
import { toMajor } from '@comptoir/shared/money'
import type { SpendFields } from '@comptoir/shared/purchasing/purchasing-fields'
import { sql } from 'kysely'
import { recordHistory } from '../../platform/history/record-history.postgres.ts'
import type { Tx } from '../../platform/storage/database.ts'
import { clean, mayWrite, type Asker } from './document-access.postgres.ts'

/** Money that left without order or invoice; at the rate every other purchase gets. */
export async function insertSpend(tx: Tx, asker: Asker, vendorId: string, fields: SpendFields, now: Date): Promise<{ purchaseId: string }> {
  await mayWrite(tx, asker, vendorId)
  const currency = fields.currency.toUpperCase()
  const { purchase_id } = await tx.insertInto('purchases').values({
    portal_id: asker.portal.id,
    vendor_id: vendorId,
    spent_on: fields.spentOn,
    amount_minor: fields.amountMinor,
    currency,
    amount_base_minor: sql<number | null>`base_minor(${asker.portal.id}, ${String(toMajor(fields.amountMinor, currency))}::numeric, ${currency}, ${fields.spentOn}::date)`,
    reference: clean(fields.reference),
    label: clean(fields.label),
    category: clean(fields.category),
    department: clean(fields.department),
    deal_id: fields.dealId,
    created_at: now,
    created_by: asker.viewer.userId,
  }).returning('purchase_id').executeTakeFirstOrThrow()
  await recordHistory(tx, [{
    portalId: asker.portal.id, vendorId, field: 'spend', from: null, by: asker.viewer.userId, at: now,
    to: { reference: clean(fields.reference), label: clean(fields.label), spentOn: fields.spentOn, amountMinor: fields.amountMinor, currency },
  }])
  return { purchaseId: purchase_id }
}

/** @throws AppError purchasing.not_found, purchasing.not_by_hand */
export async function deleteSpend(tx: Tx, asker: Asker, purchaseId: string, now: Date): Promise<void> {
  const row = await tx.selectFrom('purchases').select(['vendor_id', 'import_id', 'source_key', 'invoice_line_id', 'reference', 'label', 'spent_on', 'amount_minor', 'currency'])
    .where('portal_id', '=', asker.portal.id).where('purchase_id', '=', purchaseId).forUpdate().executeTakeFirst()
  if (!row)
    throw new AppError('purchasing.not_found', { details: { id: purchaseId } })
  await mayWrite(tx, asker, row.vendor_id)
  if (row.import_id !== null || row.source_key !== null || row.invoice_line_id !== null)
    throw new AppError('purchasing.not_by_hand')
  await tx.deleteFrom('purchases').where('portal_id', '=', asker.portal.id).where('purchase_id', '=', purchaseId).execute()
  await recordHistory(tx, [{
    portalId: asker.portal.id, vendorId: row.vendor_id, field: 'spend', to: null, by: asker.viewer.userId, at: now,
    from: { reference: row.reference, label: row.label, spentOn: row.spent_on, amountMinor: row.amount_minor, currency: row.currency },
  }])
}
