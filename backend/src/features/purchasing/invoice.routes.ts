import type { FastifyInstance } from 'fastify'
import { AppError } from '@comptoir/shared/errors'
import { purchasingApi } from '@comptoir/shared/purchasing/purchasing.contract'
import type { InvoiceFields } from '@comptoir/shared/purchasing/purchasing-fields'
import { fitsRate, fitsTax } from '@comptoir/shared/purchasing/tax-category'
import { serve } from '../../platform/http/serve.ts'
import type { Tx } from '../../platform/storage/database.ts'
import { deleteDocument, type Asker } from './document-access.postgres.ts'
import { recording, recordNew } from './document-history.postgres.ts'
import { checkIbanOf } from './invoice-alerts.postgres.ts'
import { warnOfInvoice } from './invoice-warnings.postgres.ts'
import { acceptMatch, insertInvoice, moveInvoice, updateInvoice } from './invoice-writes.postgres.ts'
import { getInvoice } from './invoices.postgres.ts'
import type { PurchasingDeps } from './purchasing-deps.ts'

export function invoiceRoutes(app: FastifyInstance, { db, now, onInvoice }: PurchasingDeps): void {
  const write = async (caller: Asker, invoiceId: string, work: (tx: Tx) => Promise<void>) => {
    await db.transaction().execute(async (tx) => {
      await recording(tx, caller, { table: 'vendor_invoices', id: invoiceId, now: now() }, () => work(tx))
      await onInvoice?.(tx, { portalId: caller.portal.id, invoiceId, isDeleted: false })
    })
    return getInvoice(db, caller, invoiceId)
  }

  serve(app, purchasingApi.invoice, ({ params }, caller) => getInvoice(db, caller, params.invoiceId))
  serve(app, purchasingApi.checkInvoice, ({ params, body }, caller) => warnOfInvoice(db, caller, params.vendorId, body))
  serve(app, purchasingApi.createInvoice, async ({ params, body }, caller) => {
    requireFittingTax(body)
    const invoiceId = await db.transaction().execute(async (tx) => {
      const id = await insertInvoice(tx, caller, params.vendorId, body, now())
      await recordNew(tx, caller, 'vendor_invoices', id, now())
      await onInvoice?.(tx, { portalId: caller.portal.id, invoiceId: id, isDeleted: false })
      return id
    })
    return getInvoice(db, caller, invoiceId)
  })
  serve(app, purchasingApi.updateInvoice, async ({ params: { invoiceId }, body }, caller) => {
    requireFittingTax(body)
    return write(caller, invoiceId, tx => updateInvoice(tx, caller, { id: invoiceId, version: body.version }, body, now()))
  })
  serve(app, purchasingApi.invoiceStatus, ({ params: { invoiceId }, body }, caller) =>
    write(caller, invoiceId, tx => moveInvoice(tx, caller, { id: invoiceId, version: body.version }, body, now())))
  serve(app, purchasingApi.acceptMatch, ({ params: { invoiceId }, body }, caller) =>
    write(caller, invoiceId, tx => acceptMatch(tx, caller, { id: invoiceId, version: body.version }, body, now())))
  serve(app, purchasingApi.deleteInvoice, async ({ params: { invoiceId }, query }, caller) => {
    await db.transaction().execute(async (tx) => {
      await onInvoice?.(tx, { portalId: caller.portal.id, invoiceId, isDeleted: true })
      await recording(tx, caller, { table: 'vendor_invoices', id: invoiceId, now: now() },
        () => deleteDocument(tx, caller, 'vendor_invoices', { id: invoiceId, version: query.version }, now()))
      await checkIbanOf(tx, caller.portal.id, invoiceId, now())
    })
    return { isDone: true }
  })
}

/** What a person enters; a document from elsewhere is taken as it states itself. */
function requireFittingTax({ taxMinor, lines }: Pick<InvoiceFields, 'taxMinor' | 'lines'>): void {
  const odd = lines.findIndex(line => !fitsRate(line))
  if (odd >= 0)
    throw new AppError('purchasing.tax_mismatch', { details: { line: odd + 1 } })
  if (!fitsTax(taxMinor, lines))
    throw new AppError('purchasing.tax_mismatch', { details: { taxMinor } })
}
