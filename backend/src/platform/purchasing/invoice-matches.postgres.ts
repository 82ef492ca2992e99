import { sql } from 'kysely'
import { toMajor, toMinor } from '@comptoir/shared/money'
import { matchInvoice, type InvoiceMatch, type MatchedInvoiceLine } from '@comptoir/shared/purchasing/three-way-match'
import type { PortalRecord } from '../http/caller.ts'
import type { Database } from '../storage/database.ts'
import { readTolerances } from './match-tolerances.postgres.ts'

interface MatchRow {
  readonly invoice_id: string
  readonly vendor_id: string
  readonly currency: string
  readonly rate: string | null
  readonly invoice_line_id: string
  readonly description: string
  readonly quantity: string
  readonly net_minor: number
  readonly order_number: string | null
  readonly item_name: string
  readonly order_currency: string
  readonly ordered: string
  readonly unit_price: string | null
  readonly is_cancelled: boolean
  readonly accepted: string
  readonly other_invoiced: string
}

type MatchPortal = Pick<PortalRecord, 'id' | 'currency'>

/** Each of these invoices beside its order and receipts, by id; credit notes are left out. */
export async function matchInvoices(db: Database, portal: MatchPortal, invoiceIds: readonly string[]): Promise<ReadonlyMap<string, InvoiceMatch>> {
  if (invoiceIds.length === 0)
    return new Map()
  const rows = await readMatchRows(db, portal.id, invoiceIds)
  const toleranceOf = await readTolerances(db, portal.id, [...new Set(rows.map(row => row.vendor_id))])
  const byInvoice = Map.groupBy(rows, row => row.invoice_id)
  return new Map([...byInvoice].map(([invoiceId, lines]) => {
    const { currency, vendor_id, rate } = lines[0]!
    const { pricePercent, quantityPercent, amountMinor } = toleranceOf(vendor_id)
    const allowed = { pricePercent, quantityPercent, amountMinor: inCurrency(amountMinor, portal.currency, currency, rate) }
    return [invoiceId, matchInvoice(lines.map(toMatched), currency, allowed)]
  }))
}

const inCurrency = (minor: number, base: string, currency: string, rate: string | null): number | null =>
  rate === null ? null : toMinor(toMajor(minor, base) / Number(rate), currency)

/** Earlier invoices of the same order line have asked for its goods before this one. */
async function readMatchRows(db: Database, portalId: number, invoiceIds: readonly string[]): Promise<MatchRow[]> {
  const { rows } = await sql<MatchRow>`
    select i.invoice_id, i.vendor_id, i.currency, shown_rate(i.portal_id, i.currency, i.issued_on) as rate,
      l.invoice_line_id, l.description, l.quantity, l.net_minor,
      o.number as order_number, p.item_name, o.currency as order_currency, p.quantity as ordered, p.unit_price,
      (p.is_cancelled or o.status = 'cancelled') as is_cancelled,
      coalesce((select sum(x.quantity - x.rejected_quantity) from goods_receipt_lines x where x.portal_id = p.portal_id and x.line_id = p.line_id), 0) as accepted,
      coalesce((select sum(x.quantity * (select case
            when e.status not in ('registered', 'disputed') then 0
            when e.kind = 'credit_note' then -1
            when (e.issued_on, e.created_at, e.invoice_id) < (i.issued_on, i.created_at, i.invoice_id) then 1 else 0 end
          from vendor_invoices e where e.portal_id = x.portal_id and e.invoice_id = x.invoice_id))
        from vendor_invoice_lines x where x.portal_id = i.portal_id and x.order_line_id = p.line_id and x.invoice_id <> i.invoice_id), 0) as other_invoiced
    from vendor_invoices i join vendor_invoice_lines l using (portal_id, invoice_id)
      left join purchase_order_lines p on p.portal_id = l.portal_id and p.line_id = l.order_line_id
      left join purchase_orders o on o.portal_id = p.portal_id and o.order_id = p.order_id
    where i.portal_id = ${portalId} and i.kind = 'invoice' and i.invoice_id = any(${[...invoiceIds]}::uuid[])
    order by i.invoice_id, l.position`.execute(db)
  return rows
}

const toMatched = (row: MatchRow): MatchedInvoiceLine => ({
  invoiceLineId: row.invoice_line_id,
  description: row.description,
  quantity: Number(row.quantity),
  netMinor: Number(row.net_minor),
  order: row.order_number === null
    ? null
    : {
        orderNumber: row.order_number,
        itemName: row.item_name,
        currency: row.order_currency,
        quantity: Number(row.ordered),
        unitPrice: row.unit_price === null ? null : Number(row.unit_price),
        isCancelled: row.is_cancelled,
        acceptedQuantity: Number(row.accepted),
        otherInvoicedQuantity: Number(row.other_invoiced),
      },
})
