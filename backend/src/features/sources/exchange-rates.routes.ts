import type { FastifyInstance } from 'fastify'
import { exchangeRateApi } from '@comptoir/shared/sources/exchange-rate.contract'
import { serve } from '../../platform/http/serve.ts'
import type { Database } from '../../platform/storage/database.ts'
import { listExchangeRates, saveExchangeRate, undoRateChange } from './exchange-rates.postgres.ts'

export interface ExchangeRateDeps {
  readonly db: Database
  readonly now: () => Date
}

export function exchangeRateRoutes(app: FastifyInstance, { db, now }: ExchangeRateDeps): void {
  serve(app, exchangeRateApi.list, (_request, caller) => listExchangeRates(db, caller))
  serve(app, exchangeRateApi.save, async ({ body }, caller) => {
    await saveExchangeRate(db, caller, body, now())
    return listExchangeRates(db, caller)
  })
  serve(app, exchangeRateApi.undo, async ({ params }, caller) => {
    await undoRateChange(db, caller, params.changeId, now())
    return listExchangeRates(db, caller)
  })
}
