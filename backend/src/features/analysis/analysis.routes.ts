import type { FastifyInstance } from 'fastify'
import { analysisApi } from '@comptoir/shared/analysis/analysis.contract'
import { serve } from '../../platform/http/serve.ts'
import type { Database } from '../../platform/storage/database.ts'
import { readActivityEffect } from './activity-effect.postgres.ts'
import { readConversion } from './conversion.postgres.ts'
import { readRetention } from './retention.postgres.ts'
import { readRfm } from './rfm.postgres.ts'
import { readWinLoss } from './win-loss.postgres.ts'

export interface AnalysisDeps {
  readonly db: Database
  readonly now: () => Date
}

export function analysisRoutes(app: FastifyInstance, { db, now }: AnalysisDeps): void {
  serve(app, analysisApi.retention, ({ query }, caller) => readRetention(db, caller, query, now()))
  serve(app, analysisApi.rfm, ({ query }, caller) => readRfm(db, caller, query, now()))
  serve(app, analysisApi.conversion, ({ query }, caller) => readConversion(db, caller, query, now()))
  serve(app, analysisApi.activityEffect, ({ query }, caller) => readActivityEffect(db, caller, query, now()))
  serve(app, analysisApi.winLoss, ({ query }, caller) => readWinLoss(db, caller, query, now()))
}
