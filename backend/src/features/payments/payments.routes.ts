import type { FastifyInstance } from 'fastify'
import { paymentRunApi } from '@comptoir/shared/payments/payment-run.contract'
import { paymentApi } from '@comptoir/shared/payments/payments.contract'
import { serve } from '../../platform/http/serve.ts'
import { addPayables, changePayable, saveTerm, settlePayable, splitPayable, type PaymentDeps } from './payable-changes.postgres.ts'
import { listPayables } from './payable-list.postgres.ts'
import { readSettings, saveAccount, saveRates } from './payment-settings.postgres.ts'
import { approveRun, cancelRun, createRun, exportRun, readFile, removeItems } from './run-moves.postgres.ts'
import { listRuns, readRun } from './runs.postgres.ts'
import { decideTransaction, importStatement, readStatements } from './statements.postgres.ts'
import { requireTreasury } from './treasury.postgres.ts'
import { readVendorPayments } from './vendor-payments.postgres.ts'

export function paymentRoutes(app: FastifyInstance, deps: PaymentDeps): void {
  const { db, now } = deps

  serve(app, paymentApi.payables, ({ query }, caller) => listPayables(db, caller, query, now()))
  serve(app, paymentApi.vendor, ({ params }, caller) => readVendorPayments(db, caller, params.vendorId, now()))
  serve(app, paymentApi.saveTerm, async ({ params, body }, caller) => {
    await saveTerm(deps, caller, params.vendorId, body)
    return readVendorPayments(db, caller, params.vendorId, now())
  })
  serve(app, paymentApi.addPayable, ({ body }, caller) => addPayables(deps, caller, body))
  serve(app, paymentApi.splitPayable, ({ params, body }, caller) => splitPayable(deps, caller, params.payableId, body))
  serve(app, paymentApi.changePayable, ({ params, body }, caller) => changePayable(deps, caller, params.payableId, body))
  serve(app, paymentApi.settlePayable, ({ params, body }, caller) => settlePayable(deps, caller, params.payableId, body))

  serve(app, paymentApi.settings, (_request, caller) => readSettings(db, caller.portal.id))
  serve(app, paymentApi.addAccount, ({ body }, caller) => saveAccount(deps, caller, body, null))
  serve(app, paymentApi.changeAccount, ({ params, body }, caller) => saveAccount(deps, caller, body.fields, { ...params, version: body.version }))
  serve(app, paymentApi.saveRates, ({ body }, caller) => saveRates(deps, caller, body.rates))

  runRoutes(app, deps)
  statementRoutes(app, deps)
}

function runRoutes(app: FastifyInstance, deps: PaymentDeps): void {
  const { db } = deps
  serve(app, paymentRunApi.list, async (_request, caller) => listRuns(db, caller, await requireTreasury(db, caller, 'viewer')))
  serve(app, paymentRunApi.get, async ({ params }, caller) => readRun(db, caller, params.paymentRunId, await requireTreasury(db, caller, 'viewer')))
  serve(app, paymentRunApi.create, async ({ body }, caller) => {
    const access = await requireTreasury(db, caller, 'editor')
    return readRun(db, caller, await createRun(deps, caller, body), access)
  })
  serve(app, paymentRunApi.removeItem, async ({ params, body }, caller) => {
    const access = await requireTreasury(db, caller, 'editor')
    await removeItems(deps, caller, { ...params, version: body.version }, body.payableIds)
    return readRun(db, caller, params.paymentRunId, access)
  })
  serve(app, paymentRunApi.approve, async ({ params, body }, caller) => {
    const access = await requireTreasury(db, caller, 'approver')
    await approveRun(deps, caller, { ...params, version: body.version })
    return readRun(db, caller, params.paymentRunId, access)
  })
  serve(app, paymentRunApi.export, async ({ params, body }, caller) => {
    const access = await requireTreasury(db, caller, 'editor')
    await exportRun(deps, caller, { ...params, version: body.version })
    return readRun(db, caller, params.paymentRunId, access)
  })
  serve(app, paymentRunApi.cancel, async ({ params, body }, caller) => {
    const access = await requireTreasury(db, caller, 'editor')
    await cancelRun(deps, caller, { ...params, version: body.version }, body.reason)
    return readRun(db, caller, params.paymentRunId, access)
  })
  serve(app, paymentRunApi.file, async ({ params }, caller) => {
    await requireTreasury(db, caller, 'editor')
    return readFile(db, caller.portal.id, params.paymentRunId)
  })
}

function statementRoutes(app: FastifyInstance, deps: PaymentDeps): void {
  const { db } = deps
  serve(app, paymentRunApi.statements, async ({ query }, caller) => {
    await requireTreasury(db, caller, 'viewer')
    return readStatements(db, caller, query)
  })
  serve(app, paymentRunApi.importStatement, async ({ body }, caller) => {
    await requireTreasury(db, caller, 'editor')
    return importStatement(deps, caller, body)
  })
  serve(app, paymentRunApi.match, async ({ params, body }, caller) => {
    await requireTreasury(db, caller, 'editor')
    return decideTransaction(deps, caller, params.transactionId, { kind: 'match', ...body })
  })
  serve(app, paymentRunApi.ignore, async ({ params }, caller) => {
    await requireTreasury(db, caller, 'editor')
    return decideTransaction(deps, caller, params.transactionId, { kind: 'ignore' })
  })
  serve(app, paymentRunApi.undo, async ({ params }, caller) => {
    await requireTreasury(db, caller, 'editor')
    return decideTransaction(deps, caller, params.transactionId, { kind: 'undo' })
  })
}
