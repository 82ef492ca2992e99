import { sql, type Selectable } from 'kysely'
import type { Tx } from '../../platform/storage/database.ts'
import type { PaymentTables } from '../../platform/storage/tables/payments.ts'
import { recordingPayables } from './payable-history.postgres.ts'

type PayableRecord = Selectable<PaymentTables['payables']>

export const baseShareOf = (row: Pick<PayableRecord, 'amount_minor' | 'amount_base_minor'>, amountMinor: number): number | null =>
  row.amount_base_minor === null ? null : Math.round(row.amount_base_minor * (amountMinor / row.amount_minor))

export async function nextInstalment(tx: Tx, row: Pick<PayableRecord, 'portal_id' | 'vendor_id' | 'reference' | 'invoice_id'>): Promise<number> {
  const { last } = await tx.selectFrom('payables').select(eb => eb.fn.max('installment_no').as('last'))
    .where('portal_id', '=', row.portal_id).where('vendor_id', '=', row.vendor_id).where('reference', '=', row.reference)
    .where(eb => row.invoice_id === null ? eb('invoice_id', 'is', null) : eb('invoice_id', '=', row.invoice_id)).executeTakeFirstOrThrow()
  return (last ?? 1) + 1
}

/** The payable becomes the part that was paid; what is left is open, due on the same day. Both together are what it was. */
export async function payPart(tx: Tx, row: PayableRecord, { paidMinor, paidOn, by }: { readonly paidMinor: number, readonly paidOn: string, readonly by: number | null }): Promise<void> {
  const paidBase = baseShareOf(row, paidMinor)
  const installment_no = await nextInstalment(tx, row)
  await recordingPayables(tx, { portalId: row.portal_id, by }, [row.payable_id], async () => {
    await tx.updateTable('payables').set({
      amount_minor: paidMinor, amount_base_minor: paidBase, status: 'paid', paid_on: paidOn, paid_by: 'statement', version: sql<number>`version + 1`, updated_at: sql<Date>`now()`, updated_by: by,
    }).where('portal_id', '=', row.portal_id).where('payable_id', '=', row.payable_id).execute()
    const rest = await tx.insertInto('payables').values({
      portal_id: row.portal_id, vendor_id: row.vendor_id, invoice_id: row.invoice_id, reference: row.reference, installment_no, issued_on: row.issued_on,
      due_on: row.due_on, legal_due_on: row.legal_due_on, amount_minor: row.amount_minor - paidMinor, currency: row.currency,
      amount_base_minor: paidBase === null || row.amount_base_minor === null ? null : row.amount_base_minor - paidBase, origin: row.origin, created_by: by,
    }).returning('payable_id').executeTakeFirstOrThrow()
    return [rest.payable_id]
  })
}
