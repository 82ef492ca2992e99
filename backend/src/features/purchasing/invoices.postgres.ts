import type { Selectable } from 'kysely'
import { isMasked, maskIban } from '@comptoir/shared/access/masks'
import type { Invoice } from '@comptoir/shared/purchasing/purchasing.contract'
import type { InvoiceMatch } from '@comptoir/shared/purchasing/three-way-match'
import type { Database } from '../../platform/storage/database.ts'
import type { PurchasingTables } from '../../platform/storage/tables/purchasing.ts'
import { mayRead, toNumber, vendorOf, type Asker } from './document-access.postgres.ts'
import { matchInvoices } from '../../platform/purchasing/invoice-matches.postgres.ts'

export interface InvoiceRow extends Selectable<PurchasingTables['vendor_invoices']> {
  readonly vendor_name: string
  readonly vendor_iban: string | null
}

const plainIban = (iban: string): string => iban.replace(/\s/g, '').toUpperCase()

/** The account on a document beside the one that is approved for the vendor. */
export function checkIban(onDocument: string | null, onFile: string | null): Invoice['ibanCheck'] {
  if (onDocument === null || isMasked(onDocument))
    return null
  if (onFile === null)
    return 'unknown'
  return plainIban(onDocument) === plainIban(onFile) ? 'same' : 'different'
}

export async function listInvoices(db: Database, asker: Asker, { vendorId, invoiceId, limit = 200 }: { vendorId: string, invoiceId?: string, limit?: number }): Promise<Invoice[]> {
  const { portal } = asker
  const invoices = await db.selectFrom('vendor_invoices as i')
    .innerJoin('vendors as v', join => join.onRef('v.portal_id', '=', 'i.portal_id').onRef('v.vendor_id', '=', 'i.vendor_id'))
    .selectAll('i').select(['v.name as vendor_name', 'v.iban as vendor_iban']).where('i.portal_id', '=', portal.id).where('i.vendor_id', '=', vendorId)
    .$if(invoiceId !== undefined, query => query.where('i.invoice_id', '=', invoiceId!))
    .orderBy('i.issued_on', 'desc').orderBy('i.number', 'desc').limit(limit).execute()
  if (invoices.length === 0)
    return []
  const ids = invoices.map(row => row.invoice_id)
  const [rights, lines, matches] = await Promise.all([mayRead(db, asker, vendorId), readLines(db, portal.id, ids), matchInvoices(db, portal, ids)])
  const seesBank = rights.groups.includes('bank')
  return invoices.map(row => toInvoice(row, lines.filter(line => line.invoice_id === row.invoice_id), matches.get(row.invoice_id) ?? null, seesBank))
}

export async function getInvoice(db: Database, asker: Asker, invoiceId: string): Promise<Invoice> {
  const vendorId = await vendorOf(db, asker, 'vendor_invoices', invoiceId)
  const [invoice] = await listInvoices(db, asker, { vendorId, invoiceId })
  return invoice!
}

type LineRow = Awaited<ReturnType<typeof readLines>>[number]

const readLines = (db: Database, portalId: number, invoiceIds: readonly string[]) =>
  db.selectFrom('vendor_invoice_lines as l')
    .leftJoin('purchase_order_lines as p', join => join.onRef('p.portal_id', '=', 'l.portal_id').onRef('p.line_id', '=', 'l.order_line_id'))
    .leftJoin('purchase_orders as o', join => join.onRef('o.portal_id', '=', 'p.portal_id').onRef('o.order_id', '=', 'p.order_id'))
    .selectAll('l').select(['o.number as order_number', 'p.item_name as ordered_item'])
    .where('l.portal_id', '=', portalId).where('l.invoice_id', 'in', [...invoiceIds]).orderBy('l.position').execute()

function toInvoice(row: InvoiceRow, lines: readonly LineRow[], match: InvoiceMatch | null, seesBank: boolean): Invoice {
  return {
    invoiceId: row.invoice_id,
    vendorId: row.vendor_id,
    vendorName: row.vendor_name,
    kind: row.kind,
    number: row.number,
    issuedOn: row.issued_on,
    dueOn: row.due_on,
    receivedOn: row.received_on,
    currency: row.currency,
    netMinor: row.net_minor,
    taxMinor: row.tax_minor,
    totalMinor: row.total_minor,
    dueMinor: row.due_minor,
    status: row.status,
    iban: seesBank ? row.iban : maskIban(row.iban),
    ibanCheck: checkIban(row.iban, row.vendor_iban),
    paymentReference: row.payment_reference,
    orderId: row.order_id,
    creditedInvoiceId: row.credited_invoice_id,
    dealId: row.deal_id,
    document: row.document,
    note: row.note,
    match: match && { status: match.status, lines: match.lines.map(line => ({ ...line, findings: [...line.findings] })) },
    isMatchAccepted: row.match_accepted_at !== null,
    matchNote: row.match_note,
    origin: row.origin,
    version: row.version,
    lines: lines.map(line => ({
      invoiceLineId: line.invoice_line_id,
      orderLineId: line.order_line_id,
      orderNumber: line.order_number,
      orderedItem: line.ordered_item,
      itemCode: line.item_code,
      description: line.description,
      quantity: Number(line.quantity),
      netMinor: line.net_minor,
      taxRate: toNumber(line.tax_rate),
      taxCategory: line.tax_category,
      account: line.account,
      category: line.category,
    })),
  }
}
