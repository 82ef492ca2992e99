import type { FastifyInstance } from 'fastify'
import { documentFileApi } from '@comptoir/shared/purchasing/document-file.contract'
import { portalInvoiceApi } from '@comptoir/shared/purchasing/portal-invoices.contract'
import { purchasingApi } from '@comptoir/shared/purchasing/purchasing.contract'
import { tolerancesApi } from '@comptoir/shared/purchasing/tolerances.contract'
import { serve } from '../../platform/http/serve.ts'
import { readTolerances } from '../../platform/purchasing/match-tolerances.postgres.ts'
import type { Tx } from '../../platform/storage/database.ts'
import { deleteDocument, mayRead, mayWrite, type Asker, type DocumentTable } from './document-access.postgres.ts'
import { recording, recordNew } from './document-history.postgres.ts'
import { eInvoiceRoutes } from './e-invoice/e-invoice.routes.ts'
import { importDocuments } from './files/import-documents.job.ts'
import { invoiceRoutes } from './invoice.routes.ts'
import { insertOrder, promiseLines, updateOrder } from './order-writes.postgres.ts'
import { getOrder } from './orders.postgres.ts'
import { readOverview } from './overview.postgres.ts'
import { listPortalInvoices, takePortalInvoices } from './portal-invoices.postgres.ts'
import type { PurchasingDeps } from './purchasing-deps.ts'
import { quotationRoutes } from './quotations/quotation.routes.ts'
import { getReceipt, insertReceipt, updateReceipt } from './receipts.postgres.ts'
import { deleteSpend, insertSpend } from './spend.postgres.ts'
import { insertPrice, insertRequest, updatePrice, updateRequest } from './terms.postgres.ts'
import { listTolerances, saveTolerance } from './tolerances.postgres.ts'
import { readVendorPurchasing } from './vendor-purchasing.postgres.ts'

const done = { isDone: true }

export function purchasingRoutes(app: FastifyInstance, deps: PurchasingDeps): void {
  const { db, now } = deps
  serve(app, purchasingApi.overview, (_request, caller) => readOverview(db, caller, now()))
  serve(app, purchasingApi.vendor, ({ params }, caller) => readVendorPurchasing(db, caller, params.vendorId, now()))
  orderRoutes(app, deps)
  invoiceRoutes(app, deps)
  eInvoiceRoutes(app, deps)
  quotationRoutes(app, deps)
  serve(app, documentFileApi.run, ({ body: { content, ...file } }, caller) => importDocuments(deps, caller, { ...file, bytes: Buffer.from(content, 'base64') }))
  termRoutes(app, deps)
  serve(app, portalInvoiceApi.list, (_request, caller) => listPortalInvoices(db, caller))
  serve(app, portalInvoiceApi.take, async ({ body }, caller) => ({ created: await db.transaction().execute(tx => takePortalInvoices(tx, caller, body.portalInvoiceIds, now())) }))

  serve(app, purchasingApi.createSpend, ({ params, body }, caller) => db.transaction().execute(tx => insertSpend(tx, caller, params.vendorId, body, now())))
  serve(app, purchasingApi.deleteSpend, async ({ params }, caller) => {
    await db.transaction().execute(tx => deleteSpend(tx, caller, params.purchaseId, now()))
    return done
  })
  serve(app, tolerancesApi.list, (_request, caller) => listTolerances(db, caller))
  serve(app, purchasingApi.tolerance, async ({ params }, caller) => {
    await mayRead(db, caller, params.vendorId)
    return (await readTolerances(db, caller.portal.id, [params.vendorId]))(params.vendorId)
  })
  serve(app, purchasingApi.saveTolerance, async ({ params, body: { isOwn, ...tolerance } }, caller) => {
    await mayWrite(db, caller, params.vendorId)
    return db.transaction().execute(tx => saveTolerance(tx, caller, params.vendorId, isOwn ? tolerance : null, now()))
  })
  serve(app, purchasingApi.portalTolerance, ({ body }, caller) => db.transaction().execute(tx => saveTolerance(tx, caller, null, body, now())))
}

interface Writer {
  /** Does something to a document and writes into its vendor's history what that changed. */
  change<T>(caller: Asker, table: DocumentTable, id: string, work: (tx: Tx) => Promise<T>): Promise<T>
  create(caller: Asker, table: DocumentTable, work: (tx: Tx) => Promise<string>): Promise<string>
  remove(caller: Asker, table: DocumentTable, document: { id: string, version: number }): Promise<{ isDone: boolean }>
}

function writerOf({ db, now }: PurchasingDeps): Writer {
  const change: Writer['change'] = (caller, table, id, work) =>
    db.transaction().execute(tx => recording(tx, caller, { table, id, now: now() }, () => work(tx)))
  return {
    change,
    create: (caller, table, work) => db.transaction().execute(async (tx) => {
      const id = await work(tx)
      await recordNew(tx, caller, table, id, now())
      return id
    }),
    async remove(caller, table, document) {
      await change(caller, table, document.id, tx => deleteDocument(tx, caller, table, document, now()))
      return done
    },
  }
}

function orderRoutes(app: FastifyInstance, deps: PurchasingDeps): void {
  const { db, now } = deps
  const { change, create, remove } = writerOf(deps)
  serve(app, purchasingApi.order, ({ params }, caller) => getOrder(db, caller, params.orderId, now()))
  serve(app, purchasingApi.createOrder, async ({ params, body }, caller) =>
    getOrder(db, caller, await create(caller, 'purchase_orders', tx => insertOrder(tx, caller, params.vendorId, body, now())), now()))
  serve(app, purchasingApi.updateOrder, async ({ params: { orderId }, body }, caller) => {
    await change(caller, 'purchase_orders', orderId, tx => updateOrder(tx, caller, { id: orderId, version: body.version }, body, now()))
    return getOrder(db, caller, orderId, now())
  })
  serve(app, purchasingApi.promise, async ({ params: { orderId }, body }, caller) => {
    await change(caller, 'purchase_orders', orderId, tx => promiseLines(tx, caller, { id: orderId, version: body.version }, body, now()))
    return getOrder(db, caller, orderId, now())
  })
  serve(app, purchasingApi.deleteOrder, ({ params, query }, caller) => remove(caller, 'purchase_orders', { id: params.orderId, version: query.version }))
  serve(app, purchasingApi.createReceipt, async ({ params, body }, caller) =>
    getReceipt(db, caller, await create(caller, 'goods_receipts', tx => insertReceipt(tx, caller, params.vendorId, body, now()))))
  serve(app, purchasingApi.updateReceipt, async ({ params: { receiptId }, body }, caller) => {
    await change(caller, 'goods_receipts', receiptId, tx => updateReceipt(tx, caller, { id: receiptId, version: body.version }, body, now()))
    return getReceipt(db, caller, receiptId)
  })
  serve(app, purchasingApi.deleteReceipt, ({ params, query }, caller) => remove(caller, 'goods_receipts', { id: params.receiptId, version: query.version }))
}

function termRoutes(app: FastifyInstance, deps: PurchasingDeps): void {
  const { db, now } = deps
  const { change, remove } = writerOf(deps)
  serve(app, purchasingApi.createPrice, ({ params, body }, caller) => db.transaction().execute(async (tx) => {
    const price = await insertPrice(tx, caller, params.vendorId, body, now())
    await recordNew(tx, caller, 'contract_prices', price.priceId, now())
    return price
  }))
  serve(app, purchasingApi.updatePrice, ({ params: { priceId }, body }, caller) =>
    change(caller, 'contract_prices', priceId, tx => updatePrice(tx, caller, { id: priceId, version: body.version }, body, now())))
  serve(app, purchasingApi.deletePrice, ({ params, query }, caller) => remove(caller, 'contract_prices', { id: params.priceId, version: query.version }))
  serve(app, purchasingApi.createRequest, ({ params, body }, caller) => db.transaction().execute(async (tx) => {
    const request = await insertRequest(tx, caller, params.vendorId, body, now())
    await recordNew(tx, caller, 'vendor_requests', request.requestId, now())
    return request
  }))
  serve(app, purchasingApi.updateRequest, ({ params: { requestId }, body }, caller) =>
    change(caller, 'vendor_requests', requestId, tx => updateRequest(tx, caller, { id: requestId, version: body.version }, body, now())))
  serve(app, purchasingApi.deleteRequest, ({ params, query }, caller) => remove(caller, 'vendor_requests', { id: params.requestId, version: query.version }))
}
