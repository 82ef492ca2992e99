import { isMasked } from '@comptoir/shared/access/masks'
import { AppError } from '@comptoir/shared/errors'
import type { InvoiceFields, InvoiceLineFields, InvoiceStatus } from '@comptoir/shared/purchasing/purchasing-fields'
import type { Tx } from '../../platform/storage/database.ts'
import type { InvoiceDocument } from '../../platform/storage/tables/purchasing.ts'
import { authorship, byHand, clean, decimal, mayWrite, takeDocument, type Asker, type DocumentSource } from './document-access.postgres.ts'
import { checkIbanOf } from './invoice-alerts.postgres.ts'
import { requireOwnLines } from './receipts.postgres.ts'

const netOf = (fields: InvoiceFields): number => fields.lines.reduce((sum, line) => sum + line.netMinor, 0)

const toColumns = (fields: InvoiceFields) => ({
  kind: fields.kind,
  number: fields.number.trim(),
  issued_on: fields.issuedOn,
  due_on: fields.dueOn,
  received_on: fields.receivedOn,
  currency: fields.currency.toUpperCase(),
  net_minor: netOf(fields),
  tax_minor: fields.taxMinor,
  total_minor: netOf(fields) + fields.taxMinor,
  due_minor: fields.dueMinor,
  status: fields.status,
  payment_reference: clean(fields.paymentReference),
  order_id: fields.orderId,
  credited_invoice_id: fields.creditedInvoiceId,
  deal_id: fields.dealId,
  note: clean(fields.note),
  // Whoever may not see the account sends it back masked: then it stays.
  ...(!isMasked(fields.iban) && { iban: fields.iban?.replace(/\s/g, '').toUpperCase() || null }),
})

const toLineColumns = (line: InvoiceLineFields, position: number) => ({
  position,
  order_line_id: line.orderLineId,
  item_code: clean(line.itemCode),
  description: line.description.trim(),
  quantity: String(line.quantity),
  net_minor: line.netMinor,
  tax_rate: decimal(line.taxRate),
  tax_category: clean(line.taxCategory),
  account: clean(line.account),
  category: clean(line.category),
})

async function requireOwn(tx: Tx, portalId: number, vendorId: string, { orderId, creditedInvoiceId, lines }: InvoiceFields): Promise<void> {
  await requireOwnLines(tx, portalId, vendorId, lines.map(line => line.orderLineId))
  const order = orderId && await tx.selectFrom('purchase_orders').select('order_id').where('portal_id', '=', portalId).where('vendor_id', '=', vendorId).where('order_id', '=', orderId).executeTakeFirst()
  const credited = creditedInvoiceId && await tx.selectFrom('vendor_invoices').select('invoice_id').where('portal_id', '=', portalId).where('vendor_id', '=', vendorId).where('invoice_id', '=', creditedInvoiceId).executeTakeFirst()
  if ((orderId && !order) || (creditedInvoiceId && !credited))
    throw new AppError('purchasing.other_vendor')
}

export interface InvoiceSource extends DocumentSource { readonly document?: InvoiceDocument | null }

export async function insertInvoice(tx: Tx, asker: Asker, vendorId: string, fields: InvoiceFields, now: Date, source: InvoiceSource = byHand): Promise<string> {
  const portalId = asker.portal.id
  await mayWrite(tx, asker, vendorId)
  await requireOwn(tx, portalId, vendorId, fields)
  const { invoice_id } = await tx.insertInto('vendor_invoices').values({
    portal_id: portalId, vendor_id: vendorId, ...toColumns(fields), ...authorship(asker, now),
    origin: source.origin, source_key: source.sourceKey, document: source.document ? JSON.stringify(source.document) as unknown as InvoiceDocument : null,
  }).returning('invoice_id').executeTakeFirstOrThrow()
  await insertLines(tx, { portalId, vendorId, invoiceId: invoice_id }, fields.lines.map((line, at) => toLineColumns(line, at + 1)))
  await checkIbanOf(tx, portalId, invoice_id, now)
  return invoice_id
}

interface InvoiceKey { readonly portalId: number, readonly vendorId: string, readonly invoiceId: string }

async function insertLines(tx: Tx, { portalId, vendorId, invoiceId }: InvoiceKey, lines: readonly ReturnType<typeof toLineColumns>[]): Promise<void> {
  if (lines.length > 0)
    await tx.insertInto('vendor_invoice_lines').values(lines.map(line => ({ portal_id: portalId, vendor_id: vendorId, invoice_id: invoiceId, ...line }))).execute()
}

/** Lines keep their identity, and so do the purchases and entries that follow them. */
export async function updateInvoice(tx: Tx, asker: Asker, document: { id: string, version: number }, fields: InvoiceFields, now: Date): Promise<void> {
  const portalId = asker.portal.id
  const vendorId = await takeDocument(tx, asker, 'vendor_invoices', document, now)
  await requireOwn(tx, portalId, vendorId, fields)
  // Another content is another difference: what was accepted before says nothing of it.
  await tx.updateTable('vendor_invoices').set({ ...toColumns(fields), match_accepted_at: null, match_accepted_by: null, match_note: null })
    .where('portal_id', '=', portalId).where('invoice_id', '=', document.id).execute()
  const stored = await tx.selectFrom('vendor_invoice_lines').select('invoice_line_id').where('portal_id', '=', portalId).where('invoice_id', '=', document.id).execute()
  const known = new Set(stored.map(row => row.invoice_line_id))
  const lines = fields.lines.map((line, at) => ({ id: line.invoiceLineId && known.has(line.invoiceLineId) ? line.invoiceLineId : null, columns: toLineColumns(line, at + 1) }))
  const kept = lines.flatMap(({ id }) => id ?? [])
  const gone = [...known].filter(id => !kept.includes(id))
  if (gone.length > 0)
    await tx.deleteFrom('vendor_invoice_lines').where('portal_id', '=', portalId).where('invoice_line_id', 'in', gone).execute()
  for (const { id, columns } of lines) {
    if (id)
      await tx.updateTable('vendor_invoice_lines').set(columns).where('portal_id', '=', portalId).where('invoice_line_id', '=', id).execute()
  }
  await insertLines(tx, { portalId, vendorId, invoiceId: document.id }, lines.flatMap(({ id, columns }) => id ? [] : [columns]))
  await checkIbanOf(tx, portalId, document.id, now)
}

export async function moveInvoice(tx: Tx, asker: Asker, document: { id: string, version: number }, { status, note }: { status: InvoiceStatus, note: string | null }, now: Date): Promise<void> {
  await takeDocument(tx, asker, 'vendor_invoices', document, now)
  await tx.updateTable('vendor_invoices').set({ status, ...note !== null && { note: clean(note) } })
    .where('portal_id', '=', asker.portal.id).where('invoice_id', '=', document.id).execute()
  await checkIbanOf(tx, asker.portal.id, document.id, now)
}

export async function acceptMatch(tx: Tx, asker: Asker, document: { id: string, version: number }, { isAccepted, note }: { isAccepted: boolean, note: string | null }, now: Date): Promise<void> {
  await takeDocument(tx, asker, 'vendor_invoices', document, now)
  await tx.updateTable('vendor_invoices').set({
    match_accepted_at: isAccepted ? now : null, match_accepted_by: isAccepted ? asker.viewer.userId : null, match_note: isAccepted ? clean(note) : null,
  }).where('portal_id', '=', asker.portal.id).where('invoice_id', '=', document.id).execute()
}
