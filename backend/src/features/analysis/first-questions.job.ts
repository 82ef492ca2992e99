import { firstActivityEffect, firstConversion, firstRetention, firstRfm, firstWinLoss } from '@comptoir/shared/analysis/first-queries'
import type { FirstQuestion } from '../../platform/results/answers-ahead.job.ts'
import type { Database } from '../../platform/storage/database.ts'
import { readActivityEffect } from './activity-effect.postgres.ts'
import { readConversion } from './conversion.postgres.ts'
import { readRetention } from './retention.postgres.ts'
import { readRfm } from './rfm.postgres.ts'
import { readWinLoss } from './win-loss.postgres.ts'

/** What the views ask first; the names are those of the routes. */
export const firstAnalyses = (db: Database): FirstQuestion[] => [
  { question: ['retention', firstRetention], count: (reader, at) => readRetention(db, reader, firstRetention, at) },
  { question: ['rfm', firstRfm], count: (reader, at) => readRfm(db, reader, firstRfm, at) },
  { question: ['conversion', firstConversion], count: (reader, at) => readConversion(db, reader, firstConversion, at) },
  { question: ['winLoss', firstWinLoss], count: (reader, at) => readWinLoss(db, reader, firstWinLoss, at) },
  { question: ['activityEffect', firstActivityEffect], count: (reader, at) => readActivityEffect(db, reader, firstActivityEffect, at) },
]
