import type { FastifyInstance } from 'fastify'
import { documentFileApi } from '@comptoir/shared/purchasing/document-file.contract'
import { purchasingApi } from '@comptoir/shared/purchasing/purchasing.contract'
import { serve } from '../../platform/http/serve.ts'
import { deleteDocument, mayRead, mayWrite } from './document-access.postgres.ts'
import { eInvoiceRoutes } from './e-invoice/e-invoice.routes.ts'
import { importDocuments } from './files/import-documents.job.ts'
import { invoiceRoutes } from './invoice.routes.ts'
import { insertOrder, promiseLines, updateOrder } from './order-writes.postgres.ts'
import { getOrder } from './orders.postgres.ts'
import { readOverview } from './overview.postgres.ts'
import type { PurchasingDeps } from './purchasing-deps.ts'
import { quotationRoutes } from './quotations/quotation.routes.ts'
import { getReceipt, insertReceipt, updateReceipt } from './receipts.postgres.ts'
import { deleteSpend, insertSpend } from './spend.postgres.ts'
import { insertPrice, insertRequest, updatePrice, updateRequest } from './terms.postgres.ts'
import { readTolerances, saveTolerance } from './tolerances.postgres.ts'
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

  serve(app, purchasingApi.createSpend, ({ params, body }, caller) => db.transaction().execute(tx => insertSpend(tx, caller, params.vendorId, body, now())))
  serve(app, purchasingApi.deleteSpend, async ({ params }, caller) => {
    await db.transaction().execute(tx => deleteSpend(tx, caller, params.purchaseId))
    return done
  })
  serve(app, purchasingApi.tolerance, async ({ params }, caller) => {
    await mayRead(db, caller, params.vendorId)
    return (await readTolerances(db, caller.portal.id, [params.vendorId]))(params.vendorId)
  })
  serve(app, purchasingApi.saveTolerance, async ({ params, body: { isOwn, ...tolerance } }, caller) => {
    await mayWrite(db, caller, params.vendorId)
    return saveTolerance(db, caller, params.vendorId, isOwn ? tolerance : null, now())
  })
  serve(app, purchasingApi.portalTolerance, ({ body }, caller) => saveTolerance(db, caller, null, body, now()))
}

function orderRoutes(app: FastifyInstance, { db, now }: PurchasingDeps): void {
  serve(app, purchasingApi.order, ({ params }, caller) => getOrder(db, caller, params.orderId, now()))
  serve(app, purchasingApi.createOrder, async ({ params, body }, caller) => {
    const orderId = await db.transaction().execute(tx => insertOrder(tx, caller, params.vendorId, body, now()))
    return getOrder(db, caller, orderId, now())
  })
  serve(app, purchasingApi.updateOrder, async ({ params, body }, caller) => {
    await db.transaction().execute(tx => updateOrder(tx, caller, { id: params.orderId, version: body.version }, body, now()))
    return getOrder(db, caller, params.orderId, now())
  })
  serve(app, purchasingApi.promise, async ({ params, body }, caller) => {
    await db.transaction().execute(tx => promiseLines(tx, caller, { id: params.orderId, version: body.version }, body, now()))
    return getOrder(db, caller, params.orderId, now())
  })
  serve(app, purchasingApi.deleteOrder, async ({ params, query }, caller) => {
    await db.transaction().execute(tx => deleteDocument(tx, caller, 'purchase_orders', { id: params.orderId, version: query.version }, now()))
    return done
  })
  serve(app, purchasingApi.createReceipt, async ({ params, body }, caller) => {
    const receiptId = await db.transaction().execute(tx => insertReceipt(tx, caller, params.vendorId, body, now()))
    return getReceipt(db, caller, receiptId)
  })
  serve(app, purchasingApi.updateReceipt, async ({ params, body }, caller) => {
    await db.transaction().execute(tx => updateReceipt(tx, caller, { id: params.receiptId, version: body.version }, body, now()))
    return getReceipt(db, caller, params.receiptId)
  })
  serve(app, purchasingApi.deleteReceipt, async ({ params, query }, caller) => {
    await db.transaction().execute(tx => deleteDocument(tx, caller, 'goods_receipts', { id: params.receiptId, version: query.version }, now()))
    return done
  })
}

function termRoutes(app: FastifyInstance, { db, now }: PurchasingDeps): void {
  serve(app, purchasingApi.createPrice, ({ params, body }, caller) => db.transaction().execute(tx => insertPrice(tx, caller, params.vendorId, body, now())))
  serve(app, purchasingApi.updatePrice, ({ params, body }, caller) =>
    db.transaction().execute(tx => updatePrice(tx, caller, { id: params.priceId, version: body.version }, body, now())))
  serve(app, purchasingApi.deletePrice, async ({ params, query }, caller) => {
    await db.transaction().execute(tx => deleteDocument(tx, caller, 'contract_prices', { id: params.priceId, version: query.version }, now()))
    return done
  })
  serve(app, purchasingApi.createRequest, ({ params, body }, caller) => db.transaction().execute(tx => insertRequest(tx, caller, params.vendorId, body, now())))
  serve(app, purchasingApi.updateRequest, ({ params, body }, caller) =>
    db.transaction().execute(tx => updateRequest(tx, caller, { id: params.requestId, version: body.version }, body, now())))
  serve(app, purchasingApi.deleteRequest, async ({ params, query }, caller) => {
    await db.transaction().execute(tx => deleteDocument(tx, caller, 'vendor_requests', { id: params.requestId, version: query.version }, now()))
    return done
  })
}
