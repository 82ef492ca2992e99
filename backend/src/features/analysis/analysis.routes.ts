import type { FastifyInstance } from 'fastify'
import { analysisApi } from '@comptoir/shared/analysis/analysis.contract'
import { serve } from '../../platform/http/serve.ts'
import { keptAnswer, type Asked } from '../../platform/results/kept-answers.postgres.ts'
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
  const kept = <T extends object>(caller: Asked['caller'], question: Asked['question'], count: (at: Date) => Promise<T>) => {
    const at = now()
    return keptAnswer(db, { caller, question, now: at }, () => count(at))
  }
  serve(app, analysisApi.retention, ({ query }, caller) => kept(caller, ['retention', query], at => readRetention(db, caller, query, at)))
  serve(app, analysisApi.rfm, ({ query }, caller) => kept(caller, ['rfm', query], at => readRfm(db, caller, query, at)))
  serve(app, analysisApi.conversion, ({ query }, caller) => kept(caller, ['conversion', query], at => readConversion(db, caller, query, at)))
  serve(app, analysisApi.activityEffect, ({ query }, caller) => kept(caller, ['activityEffect', query], at => readActivityEffect(db, caller, query, at)))
  serve(app, analysisApi.winLoss, ({ query }, caller) => kept(caller, ['winLoss', query], at => readWinLoss(db, caller, query, at)))
}
