import { sql, type RawBuilder } from 'kysely'
import { maskIban } from '@comptoir/shared/access/masks'
import type { RecordField, RecordParts } from '@comptoir/shared/access/record-change'
import { recordHistory } from '../../platform/history/record-history.postgres.ts'
import type { Tx } from '../../platform/storage/database.ts'
import type { Asker, DocumentTable } from './document-access.postgres.ts'

const fields: Record<DocumentTable, RecordField> = {
  purchase_orders: 'order', goods_receipts: 'receipt', vendor_invoices: 'invoice', contract_prices: 'contractPrice', vendor_requests: 'request',
}

/** What a document says, line by line, in the words of its own table. */
const contents: Record<DocumentTable, (portalId: number, id: string) => RawBuilder<{ vendor_id: string, parts: RecordParts }>> = {
  purchase_orders: (portalId, id) => sql`
    select d.vendor_id, jsonb_build_object('number', d.number, 'orderedOn', d.ordered_on, 'currency', d.currency, 'status', d.status, 'dealId', d.deal_id,
      'department', d.department, 'category', d.category, 'note', d.note, 'lines', coalesce((
        select jsonb_agg(concat_ws(' · ', l.item_name, concat_ws(' × ', trim_scale(l.quantity), trim_scale(l.unit_price)), last.promised_on, case when l.is_cancelled then '✕' end) order by l.position)
        from purchase_order_lines l left join lateral (select p.promised_on from order_line_promises p where p.portal_id = l.portal_id and p.line_id = l.line_id
          order by p.stated_at desc, p.promised_on desc limit 1) last on true
        where l.portal_id = d.portal_id and l.order_id = d.order_id), '[]')) as parts
    from purchase_orders d where d.portal_id = ${portalId} and d.order_id = ${id}`,
  goods_receipts: (portalId, id) => sql`
    select d.vendor_id, jsonb_build_object('number', d.number, 'receivedOn', d.received_on, 'note', d.note, 'lines', coalesce((
        select jsonb_agg(concat_ws(' · ', coalesce(l.item_name, p.item_name, l.item_code), trim_scale(l.quantity), case when l.rejected_quantity > 0 then '−' || trim_scale(l.rejected_quantity) end, l.reject_reason) order by l.position)
        from goods_receipt_lines l left join purchase_order_lines p on p.portal_id = l.portal_id and p.line_id = l.line_id
        where l.portal_id = d.portal_id and l.receipt_id = d.receipt_id), '[]')) as parts
    from goods_receipts d where d.portal_id = ${portalId} and d.receipt_id = ${id}`,
  vendor_invoices: (portalId, id) => sql`
    select d.vendor_id, jsonb_build_object('number', d.number, 'kind', d.kind, 'issuedOn', d.issued_on, 'dueOn', d.due_on, 'currency', d.currency, 'totalMinor', d.total_minor,
      'status', d.status, 'account', d.iban, 'note', d.note, 'matchAccepted', d.match_accepted_at is not null, 'matchNote', d.match_note, 'lines', coalesce((
        select jsonb_agg(concat_ws(' · ', l.description, trim_scale(l.quantity), trim_scale(round(l.net_minor / power(10::numeric, currency_exponent(d.currency)), 3))) order by l.position)
        from vendor_invoice_lines l where l.portal_id = d.portal_id and l.invoice_id = d.invoice_id), '[]')) as parts
    from vendor_invoices d where d.portal_id = ${portalId} and d.invoice_id = ${id}`,
  contract_prices: (portalId, id) => sql`
    select d.vendor_id, jsonb_build_object('itemCode', d.item_code, 'itemName', d.item_name, 'price', trim_scale(d.price), 'currency', d.currency, 'validFrom', d.valid_from, 'validTo', d.valid_to) as parts
    from contract_prices d where d.portal_id = ${portalId} and d.price_id = ${id}`,
  vendor_requests: (portalId, id) => sql`
    select d.vendor_id, jsonb_build_object('subject', d.subject, 'sentAt', d.sent_at, 'answeredAt', d.answered_at, 'slaHours', trim_scale(d.sla_hours), 'note', d.note) as parts
    from vendor_requests d where d.portal_id = ${portalId} and d.request_id = ${id}`,
}

async function readParts(tx: Tx, portalId: number, table: DocumentTable, id: string): Promise<{ vendor_id: string, parts: RecordParts } | null> {
  const { rows: [row] } = await contents[table](portalId, id).execute(tx)
  if (!row)
    return null
  // Accounts are compared by their ends: the history shows no more of them than a mask does.
  const { account } = row.parts
  return { ...row, parts: typeof account === 'string' ? { ...row.parts, account: maskIban(account) } : row.parts }
}

/** A document was written for the first time. */
export async function recordNew(tx: Tx, { portal, viewer }: Asker, table: DocumentTable, id: string, now: Date): Promise<void> {
  const row = await readParts(tx, portal.id, table, id)
  if (row)
    await recordHistory(tx, [{ portalId: portal.id, vendorId: row.vendor_id, field: fields[table], from: null, to: row.parts, by: viewer.userId, at: now }])
}

/** Does something to a document and writes down what that changed. */
export async function recording<T>(tx: Tx, { portal, viewer }: Asker, { table, id, now, reason }: { table: DocumentTable, id: string, now: Date, reason?: string | null }, work: () => Promise<T>): Promise<T> {
  const before = await readParts(tx, portal.id, table, id)
  const done = await work()
  const after = await readParts(tx, portal.id, table, id)
  const vendorId = before?.vendor_id ?? after?.vendor_id
  if (vendorId)
    await recordHistory(tx, [{ portalId: portal.id, vendorId, field: fields[table], from: before?.parts ?? null, to: after?.parts ?? null, by: viewer.userId, reason, at: now }])
  return done
}
