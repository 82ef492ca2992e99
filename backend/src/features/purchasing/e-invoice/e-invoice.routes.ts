import { createHash } from 'node:crypto'
import type { FastifyInstance } from 'fastify'
import { AppError } from '@comptoir/shared/errors'
import { checkTotals } from '@comptoir/shared/purchasing/e-invoice'
import { eInvoiceApi, mostFileBytes, type ReadEInvoice } from '@comptoir/shared/purchasing/e-invoice.contract'
import { serve } from '../../../platform/http/serve.ts'
import type { Database } from '../../../platform/storage/database.ts'
import { mayRead, type Asker } from '../document-access.postgres.ts'
import { recordNew } from '../document-history.postgres.ts'
import { warnOfInvoice } from '../invoice-warnings.postgres.ts'
import { insertInvoice } from '../invoice-writes.postgres.ts'
import { getInvoice } from '../invoices.postgres.ts'
import { listOrders } from '../orders.postgres.ts'
import type { PurchasingDeps } from '../purchasing-deps.ts'
import { invoiceOfDocument, type KnownDocuments } from './invoice-of-document.ts'
import { readEInvoice } from './read-e-invoice.ts'
import { findSeller } from './seller-vendor.postgres.ts'

const sourceKeyOf = (sha256: string): string => `e-invoice:${sha256}`

export function eInvoiceRoutes(app: FastifyInstance, { db, now, onInvoice }: PurchasingDeps): void {
  serve(app, eInvoiceApi.read, ({ body }, caller) => readFile(db, caller, body, now()))

  serve(app, eInvoiceApi.save, async ({ params: { vendorId }, body: { document, ...fields } }, caller) => {
    await mayRead(db, caller, vendorId)
    const invoiceId = await db.transaction().execute(async (tx) => {
      const sourceKey = sourceKeyOf(document.sha256)
      const known = await tx.selectFrom('vendor_invoices').select('invoice_id').where('portal_id', '=', caller.portal.id).where('source_key', '=', sourceKey).executeTakeFirst()
      if (known)
        return known.invoice_id
      const id = await insertInvoice(tx, caller, vendorId, fields, now(), { origin: 'e-invoice', sourceKey, document })
      await recordNew(tx, caller, 'vendor_invoices', id, now())
      await onInvoice?.(tx, { portalId: caller.portal.id, invoiceId: id, isDeleted: false })
      return id
    })
    return getInvoice(db, caller, invoiceId)
  })
}

async function readFile(db: Database, asker: Asker, { name, content, vendorId }: { name: string, content: string, vendorId: string | null }, now: Date): Promise<ReadEInvoice> {
  const bytes = Buffer.from(content, 'base64')
  if (bytes.length > mostFileBytes)
    throw new AppError('request.too_large')
  const eInvoice = await readEInvoice(bytes)
  const sha256 = createHash('sha256').update(bytes).digest('hex')
  const vendor = await findSeller(db, asker, eInvoice)
  const target = vendorId ?? vendor?.vendorId ?? null
  if (target !== null)
    await mayRead(db, asker, target)
  const fields = invoiceOfDocument(eInvoice, target === null ? { orders: [], invoices: [] } : { orders: await listOrders(db, asker, { vendorId: target }, now), invoices: await invoicesOf(db, asker, target) })
  const known = await db.selectFrom('vendor_invoices').select('invoice_id').where('portal_id', '=', asker.portal.id).where('source_key', '=', sourceKeyOf(sha256)).executeTakeFirst()
  return {
    document: { name, sha256, profile: eInvoice.profile.slice(0, 200) },
    eInvoice,
    fields,
    faults: checkTotals(eInvoice),
    vendor,
    knownInvoiceId: known?.invoice_id ?? null,
    warnings: target === null
      ? null
      : await warnOfInvoice(db, asker, target, {
          invoiceId: known?.invoice_id ?? null, kind: fields.kind, number: fields.number, issuedOn: fields.issuedOn, currency: fields.currency,
          totalMinor: fields.lines.reduce((sum, line) => sum + line.netMinor, 0) + fields.taxMinor, iban: fields.iban,
        }),
  }
}

async function invoicesOf(db: Database, { portal }: Asker, vendorId: string): Promise<KnownDocuments['invoices']> {
  const rows = await db.selectFrom('vendor_invoices').select(['invoice_id', 'number']).where('portal_id', '=', portal.id).where('vendor_id', '=', vendorId)
    .where('kind', '=', 'invoice').where('status', '<>', 'rejected').execute()
  return rows.map(row => ({ invoiceId: row.invoice_id, number: row.number }))
}
