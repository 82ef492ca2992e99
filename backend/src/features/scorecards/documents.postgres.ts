import { sql, type RawBuilder } from 'kysely'
import { toMajor } from '@comptoir/shared/money'
import type { PortalRecord } from '../../platform/http/caller.ts'
import type { Database } from '../../platform/storage/database.ts'
import type { PortalDocuments, StoredInvoice, StoredLine, StoredReceipt, StoredRequest } from './portal-input.ts'

type Scored = Pick<PortalRecord, 'id' | 'currency' | 'timeZone'>

/** Everything scores are worked out from, in one pass a table; `only` one vendor's where no other is compared with. */
export async function readDocuments(db: Database, portal: Scored, only: string | null = null): Promise<PortalDocuments> {
  const [vendors, orders, receipts, invoices, contracts, requests, rates] = await Promise.all([
    readVendors(db, portal, only), readLines(db, portal, only), readReceipts(db, portal, only), readInvoices(db, portal, only),
    readContracts(db, portal, only), readRequests(db, portal, only), readRates(db, portal),
  ])
  return { vendors, orders, receipts, invoices, contracts, requests, rates, currency: portal.currency }
}

const ofVendor = (column: string, only: string | null): RawBuilder<unknown> => only === null ? sql`` : sql`and ${sql.ref(column)} = ${only}`

async function readVendors(db: Database, { id }: Scored, only: string | null): Promise<PortalDocuments['vendors']> {
  const { rows } = await sql<PortalDocuments['vendors'][number]>`
    select v.vendor_id as id, v.name, v.category from vendors v where v.portal_id = ${id} ${ofVendor('v.vendor_id', only)} order by v.vendor_id`.execute(db)
  return rows
}

/** Orders that are not drafts. An item without a code is known by its name. */
async function readLines(db: Database, { id, timeZone }: Scored, only: string | null): Promise<StoredLine[]> {
  const { rows } = await sql<StoredLine>`
    select l.line_id as line, l.vendor_id as supplier, coalesce(l.item_code, l.item_name) as item, o.ordered_on as ordered,
      l.quantity::float8 as quantity, l.unit_price::float8 as price, o.currency, l.promised_on as promised, l.requested_on as requested,
      l.is_cancelled or o.status = 'cancelled' as cancelled, o.number || ' · ' || l.item_name as label, p.log as "promiseLog"
    from purchase_order_lines l
    join purchase_orders o on o.portal_id = l.portal_id and o.order_id = l.order_id
    left join (
      select line_id, json_agg(json_build_object('on', promised_on, 'stated', (stated_at at time zone ${timeZone}::text)::date) order by stated_at, promised_on) as log
      from order_line_promises where portal_id = ${id} group by line_id having count(*) > 1
    ) p on p.line_id = l.line_id
    where l.portal_id = ${id} and o.status <> 'draft' ${ofVendor('l.vendor_id', only)}
    order by o.ordered_on, o.created_at, l.position, l.line_id`.execute(db)
  return rows
}

async function readReceipts(db: Database, { id }: Scored, only: string | null): Promise<StoredReceipt[]> {
  const { rows } = await sql<StoredReceipt>`
    select l.receipt_line_id as id, l.line_id as line, l.vendor_id as supplier, r.received_on as "on", l.quantity::float8 as quantity,
      l.rejected_quantity::float8 as rejected, concat_ws(' · ', r.number, coalesce(l.item_name, o.item_name, l.item_code)) as label
    from goods_receipt_lines l
    join goods_receipts r on r.portal_id = l.portal_id and r.receipt_id = l.receipt_id
    left join purchase_order_lines o on o.portal_id = l.portal_id and o.line_id = l.line_id
    where l.portal_id = ${id} ${ofVendor('l.vendor_id', only)} order by r.received_on, l.receipt_line_id`.execute(db)
  return rows
}

interface InvoiceRow {
  readonly id: string
  readonly supplier: string
  readonly on: string
  readonly currency: string
  readonly credit: boolean
  readonly label: string
  readonly lines: readonly { readonly line: string | null, readonly quantity: number, readonly minor: number }[]
}

/** A draft is nobody's claim yet, and what was rejected is none any more. */
async function readInvoices(db: Database, { id }: Scored, only: string | null): Promise<StoredInvoice[]> {
  const { rows } = await sql<InvoiceRow>`
    select i.invoice_id as id, i.vendor_id as supplier, i.issued_on as "on", i.currency, i.kind = 'credit_note' as credit, i.number as label,
      json_agg(json_build_object('line', l.order_line_id, 'quantity', l.quantity::float8, 'minor', l.net_minor) order by l.position) as lines
    from vendor_invoices i join vendor_invoice_lines l on l.portal_id = i.portal_id and l.invoice_id = i.invoice_id
    where i.portal_id = ${id} and i.status in ('registered', 'disputed') ${ofVendor('i.vendor_id', only)}
    group by i.portal_id, i.invoice_id order by i.issued_on, i.invoice_id`.execute(db)
  return rows.map(({ lines, ...invoice }) => ({
    ...invoice,
    lines: lines.map(({ line, quantity, minor }) => ({ line, quantity, amount: toMajor(minor, invoice.currency) })),
  }))
}

async function readContracts(db: Database, { id }: Scored, only: string | null): Promise<PortalDocuments['contracts']> {
  const { rows } = await sql<PortalDocuments['contracts'][number]>`
    select c.vendor_id as supplier, c.item_code as item, c.price::float8 as price, c.currency, c.valid_from as "from", c.valid_to as "to"
    from contract_prices c where c.portal_id = ${id} ${ofVendor('c.vendor_id', only)} order by c.valid_from nulls first, c.created_at`.execute(db)
  return rows
}

/** On the clock of the portal's zone, whose business hours count. */
async function readRequests(db: Database, { id, timeZone }: Scored, only: string | null): Promise<StoredRequest[]> {
  const wall = (column: string) => sql`to_char(${sql.ref(column)} at time zone ${timeZone}::text, 'YYYY-MM-DD"T"HH24:MI:SS')`
  const { rows } = await sql<StoredRequest>`
    select q.request_id as id, q.vendor_id as supplier, q.subject as label, ${wall('q.sent_at')} as sent, ${wall('q.answered_at')} as answered,
      q.sla_hours::float8 as "slaHours"
    from vendor_requests q where q.portal_id = ${id} ${ofVendor('q.vendor_id', only)} order by q.sent_at, q.request_id`.execute(db)
  return rows
}

async function readRates(db: Database, { id }: Scored): Promise<PortalDocuments['rates']> {
  const { rows } = await sql<{ currency: string, day: string, rate: number }>`
    select currency, valid_from as day, rate::float8 as rate from exchange_rates where portal_id = ${id} order by currency, valid_from`.execute(db)
  const rates: PortalDocuments['rates'] = {}
  for (const { currency, day, rate } of rows)
    (rates[currency] ??= []).push([day, rate])
  return rates
}
