import { sql, type Selectable, type Updateable } from 'kysely'
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

/** The payable becomes the part that was paid; what is left is open, due on the same day. Both together are what it was. Answers the rest. */
export async function payPart(tx: Tx, row: PayableRecord, { paidMinor, paidOn, by }: { readonly paidMinor: number, readonly paidOn: string, readonly by: number | null }): Promise<string> {
  const paidBase = baseShareOf(row, paidMinor)
  const installment_no = await nextInstalment(tx, row)
  let restId = ''
  await recordingPayables(tx, { portalId: row.portal_id, by }, [row.payable_id], async () => {
    await tx.updateTable('payables').set({
      amount_minor: paidMinor, amount_base_minor: paidBase, status: 'paid', paid_on: paidOn, paid_by: 'statement', version: sql<number>`version + 1`, updated_at: sql<Date>`now()`, updated_by: by,
    }).where('portal_id', '=', row.portal_id).where('payable_id', '=', row.payable_id).execute()
    const rest = await tx.insertInto('payables').values({
      portal_id: row.portal_id, vendor_id: row.vendor_id, invoice_id: row.invoice_id, reference: row.reference, installment_no, issued_on: row.issued_on,
      due_on: row.due_on, legal_due_on: row.legal_due_on, amount_minor: row.amount_minor - paidMinor, currency: row.currency,
      amount_base_minor: paidBase === null || row.amount_base_minor === null ? null : row.amount_base_minor - paidBase, origin: row.origin, created_by: by,
    }).returning('payable_id').executeTakeFirstOrThrow()
    restId = rest.payable_id
    return [restId]
  })
  return restId
}

/** A part that is taken back: it is one with its rest again, unless something has become of that meanwhile. */
export async function rejoinRest(tx: Tx, { portalId, by }: { readonly portalId: number, readonly by: number }, payableId: string, restId: string): Promise<void> {
  const payable = (id: string) => tx.selectFrom('payables').selectAll().where('portal_id', '=', portalId).where('payable_id', '=', id).forUpdate()
  const [part, rest] = [await payable(payableId).executeTakeFirst(), await payable(restId).where('status', '=', 'open').executeTakeFirst()]
  if (!part || !rest || rest.due_on !== part.due_on)
    return
  const base = part.amount_base_minor === null || rest.amount_base_minor === null ? null : part.amount_base_minor + rest.amount_base_minor
  await recordingPayables(tx, { portalId, by }, [payableId, restId], async () => {
    const changed = (id: string, values: Updateable<PaymentTables['payables']>) => tx.updateTable('payables').set({ ...values, version: sql<number>`version + 1`, updated_at: sql<Date>`now()`, updated_by: by })
      .where('portal_id', '=', portalId).where('payable_id', '=', id).execute()
    await changed(restId, { status: 'cancelled' })
    await changed(payableId, { amount_minor: part.amount_minor + rest.amount_minor, amount_base_minor: base })
  })
}
