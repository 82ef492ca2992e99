import type { PeriodKind } from '../insights/period.ts'
import { activityGroupings, winLossDimensions, type ActivityEffectQuery, type ConversionQuery, type RetentionQuery, type RfmQuery, type WinLossQuery } from './analysis.contract.ts'
import { cohortGrains } from './cohorts.ts'

const period: PeriodKind = 'last_12_months'

/** What the views of the analysis ask before anybody has chosen anything. */
export const firstConversion: ConversionQuery = { period, categoryId: 0, horizonDays: 90 }
export const firstWinLoss: WinLossQuery = { period, by: winLossDimensions[0] }
export const firstActivityEffect: ActivityEffectQuery = { period, by: activityGroupings[0] }
export const firstRetention: RetentionQuery = { grain: cohortGrains[0] }
export const firstRfm: RfmQuery = {}
