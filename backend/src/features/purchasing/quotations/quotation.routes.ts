import type { FastifyInstance } from 'fastify'
import { quotationApi } from '@comptoir/shared/purchasing/quotation.contract'
import { renderDocument } from '../../../platform/documents/render-document.ts'
import { serve } from '../../../platform/http/serve.ts'
import type { PurchasingDeps } from '../purchasing-deps.ts'
import { roundDocument } from './round-document.ts'
import { orderAwarded } from './round-orders.postgres.ts'
import { awardRound, deleteRound, insertRound, saveQuotation, updateRound } from './round-writes.postgres.ts'
import { getRound, listRounds } from './rounds.postgres.ts'

export function quotationRoutes(app: FastifyInstance, { db, now }: PurchasingDeps): void {
  serve(app, quotationApi.list, (_request, caller) => listRounds(db, caller))
  serve(app, quotationApi.get, ({ params }, caller) => getRound(db, caller, params.roundId))
  serve(app, quotationApi.export, async ({ params, query: { format, language } }, caller) => {
    const round = await getRound(db, caller, params.roundId)
    const { body, ...file } = await renderDocument(roundDocument(round, { language, timeZone: caller.portal.timeZone, now: now() }), format)
    return { ...file, base64: body.toString('base64') }
  })
  serve(app, quotationApi.create, async ({ body }, caller) => {
    const roundId = await db.transaction().execute(tx => insertRound(tx, caller, body, now()))
    return getRound(db, caller, roundId)
  })
  serve(app, quotationApi.quote, async ({ params, body }, caller) => {
    await getRound(db, caller, params.roundId)
    await db.transaction().execute(tx => saveQuotation(tx, caller, params, body, now()))
    return getRound(db, caller, params.roundId)
  })
  serve(app, quotationApi.update, async ({ params, body }, caller) => {
    await db.transaction().execute(tx => updateRound(tx, caller, params.roundId, body, now()))
    return getRound(db, caller, params.roundId)
  })
  serve(app, quotationApi.remove, async ({ params, query }, caller) => {
    await db.transaction().execute(tx => deleteRound(tx, caller, params.roundId, query.version))
    return { isDone: true }
  })
  serve(app, quotationApi.order, async ({ params }, caller) => {
    const round = await getRound(db, caller, params.roundId)
    return { orders: await db.transaction().execute(tx => orderAwarded(tx, caller, round, now())) }
  })
  serve(app, quotationApi.award, async ({ params, body }, caller) => {
    await getRound(db, caller, params.roundId)
    await db.transaction().execute(tx => awardRound(tx, caller, params.roundId, body, now()))
    return getRound(db, caller, params.roundId)
  })
}
