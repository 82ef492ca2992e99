import { sql, type RawBuilder } from 'kysely'
import { AppError } from '@comptoir/shared/errors'
import { numberKey } from '@comptoir/shared/purchasing/duplicate-invoice'
import type { PortalInvoice } from '@comptoir/shared/purchasing/portal-invoices.contract'
import { dealOnlooker, isVisible } from '../../platform/access/deal-gate.postgres.ts'
import { visibleVendors } from '../../platform/access/vendor-gate.postgres.ts'
import type { Database, Tx } from '../../platform/storage/database.ts'
import type { Asker } from './document-access.postgres.ts'
import { recordNew } from './document-history.postgres.ts'
import { insertInvoice } from './invoice-writes.postgres.ts'

const sourceKeyOf = (portalInvoiceId: number): string => `crm:invoice:${portalInvoiceId}`
const mostRows = 200

interface OfferedRow {
  readonly invoice_id: number
  readonly number: string
  readonly vendor_id: string
  readonly vendor_name: string
  readonly issued_on: string
  readonly due_on: string | null
  readonly amount_minor: number
  readonly tax_minor: number | null
  readonly currency: string
  readonly deal_id: number | null
}

/** Invoices of the CRM whose company is a vendor that the asker may edit, without those that were given up or taken over. */
async function readOffered(db: Database, asker: Asker, which: RawBuilder<unknown>): Promise<OfferedRow[]> {
  const { portal, viewer } = asker
  const { rows } = await sql<OfferedRow>`
    select i.invoice_id, coalesce(nullif(i.number, ''), i.invoice_id::text) as number, v.vendor_id, v.name as vendor_name,
      coalesce(i.issued_on, (i.created_at at time zone ${portal.timeZone}::text)::date) as issued_on, i.due_on, i.amount_minor, i.tax_minor, i.currency, i.deal_id
    from crm_invoices i join vendors v on v.portal_id = i.portal_id and v.company_id = i.company_id
    where i.portal_id = ${portal.id} and i.semantics <> 'F' and i.amount_minor > 0 and ${which}
      and v.vendor_id in (${visibleVendors(db, asker, { group: 'prices', role: 'editor' }).select('vendors.vendor_id')})
      and ${isVisible(dealOnlooker(portal, viewer), sql`i.assigned_by_id`)}
      and not exists (select from vendor_invoices x where x.portal_id = i.portal_id and x.source_key = 'crm:invoice:' || i.invoice_id)
    order by issued_on desc, i.invoice_id limit ${mostRows}`.execute(db)
  return rows
}

async function readKnown(db: Database, portalId: number, vendorIds: readonly string[]): Promise<ReadonlySet<string>> {
  if (vendorIds.length === 0)
    return new Set()
  const rows = await db.selectFrom('vendor_invoices').select(['vendor_id', 'number']).where('portal_id', '=', portalId).where('status', '<>', 'rejected')
    .where('vendor_id', 'in', [...new Set(vendorIds)]).execute()
  return new Set(rows.map(row => `${row.vendor_id} ${numberKey(row.number)}`))
}

export async function listPortalInvoices(db: Database, asker: Asker): Promise<PortalInvoice[]> {
  const rows = await readOffered(db, asker, sql`true`)
  const known = await readKnown(db, asker.portal.id, rows.map(row => row.vendor_id))
  return rows.map(row => ({
    portalInvoiceId: row.invoice_id,
    number: row.number,
    vendorId: row.vendor_id,
    vendorName: row.vendor_name,
    issuedOn: row.issued_on,
    dueOn: row.due_on,
    totalMinor: row.amount_minor,
    currency: row.currency,
    isKnown: known.has(`${row.vendor_id} ${numberKey(row.number)}`),
  }))
}

/** @throws AppError purchasing.not_found for one that is not offered, nor taken over before */
export async function takePortalInvoices(tx: Tx, asker: Asker, portalInvoiceIds: readonly number[], now: Date): Promise<number> {
  // Two people who take the same ones over at once: the second finds them there.
  await sql`select pg_advisory_xact_lock(hashtext('portal_invoices'), ${asker.portal.id})`.execute(tx)
  const wanted = [...new Set(portalInvoiceIds)]
  const taken = await tx.selectFrom('vendor_invoices').select('source_key').where('portal_id', '=', asker.portal.id).where('source_key', 'in', wanted.map(sourceKeyOf)).execute()
  const rows = await readOffered(tx, asker, sql`i.invoice_id = any(${wanted}::integer[])`)
  if (rows.length + taken.length < wanted.length)
    throw new AppError('purchasing.not_found')
  for (const row of rows) {
    const tax = row.tax_minor ?? 0
    const invoiceId = await insertInvoice(tx, asker, row.vendor_id, {
      kind: 'invoice', number: row.number, issuedOn: row.issued_on, dueOn: row.due_on, receivedOn: null, currency: row.currency, taxMinor: tax, dueMinor: null, status: 'registered',
      iban: null, paymentReference: null, orderId: null, creditedInvoiceId: null, dealId: row.deal_id, note: null,
      lines: [{ orderLineId: null, itemCode: null, description: row.number, quantity: 1, netMinor: row.amount_minor - tax, taxRate: null, taxCategory: null, account: null, category: null }],
    }, now, { origin: 'crm', sourceKey: sourceKeyOf(row.invoice_id) })
    await recordNew(tx, asker, 'vendor_invoices', invoiceId, now)
  }
  return rows.length
}
