import type { FastifyInstance } from 'fastify'
import { exchangeRateApi } from '@comptoir/shared/sources/exchange-rate.contract'
import { serve } from '../../platform/http/serve.ts'
import type { Jobs } from '../../platform/jobs/jobs.ts'
import type { Database } from '../../platform/storage/database.ts'
import { listExchangeRates, saveExchangeRate, undoRateChange, type RateDeps } from './exchange-rates.postgres.ts'
import { sendRevaluation } from './revaluation.job.ts'

export interface ExchangeRateDeps {
  readonly db: Database
  readonly jobs: Jobs
  readonly now: () => Date
}

export function exchangeRateRoutes(app: FastifyInstance, { db, jobs, now }: ExchangeRateDeps): void {
  const deps: RateDeps = { db, sendRevaluation: (tx, portalId) => sendRevaluation(jobs, tx, portalId) }
  serve(app, exchangeRateApi.list, (_request, caller) => listExchangeRates(db, caller))
  serve(app, exchangeRateApi.save, async ({ body }, caller) => {
    await saveExchangeRate(deps, caller, body, now())
    return listExchangeRates(db, caller)
  })
  serve(app, exchangeRateApi.undo, async ({ params }, caller) => {
    await undoRateChange(deps, caller, params.changeId, now())
    return listExchangeRates(db, caller)
  })
}
