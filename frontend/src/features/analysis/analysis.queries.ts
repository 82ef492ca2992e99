import { useQuery } from '@pinia/colada'
import { analysisApi, type ActivityEffectQuery, type WinLossDimension } from '@comptoir/shared/analysis/analysis.contract'
import type { CohortGrain } from '@comptoir/shared/analysis/cohorts'
import type { RfmSegment } from '@comptoir/shared/analysis/rfm'
import type { PeriodChoice } from '@comptoir/shared/insights/period'
import { call } from '../../platform/api.ts'

export const useRetention = (grain: () => CohortGrain) => useQuery({
  key: () => ['analysis', 'retention', grain()],
  query: ({ signal }) => call(analysisApi.retention, { query: { grain: grain() } }, { signal }),
})

export const useRfm = (segment: () => RfmSegment | null) => useQuery({
  key: () => ['analysis', 'rfm', segment()],
  query: ({ signal }) => call(analysisApi.rfm, { query: segment() === null ? {} : { segment: segment()! } }, { signal }),
})

export interface ConversionChoice {
  readonly period: PeriodChoice
  readonly categoryId: number
  readonly horizonDays: number
  readonly segmentId: string
}

export const useConversion = (chosen: () => ConversionChoice) => useQuery({
  key: () => ['analysis', 'conversion', JSON.stringify(chosen())],
  query: ({ signal }) => {
    const { period, segmentId, ...rest } = chosen()
    return call(analysisApi.conversion, { query: { ...period, ...within(segmentId), ...rest } }, { signal })
  },
})

export const useWinLoss = (period: () => PeriodChoice, segmentId: () => string, by: () => WinLossDimension) => useQuery({
  key: () => ['analysis', 'win-loss', by(), segmentId(), { ...period() }],
  query: ({ signal }) => call(analysisApi.winLoss, { query: { ...period(), ...within(segmentId()), by: by() } }, { signal }),
})

export const useActivityEffect = (period: () => PeriodChoice, segmentId: () => string, by: () => ActivityEffectQuery['by']) => useQuery({
  key: () => ['analysis', 'activity', by(), segmentId(), { ...period() }],
  query: ({ signal }) => call(analysisApi.activityEffect, { query: { ...period(), ...within(segmentId()), by: by() } }, { signal }),
})

const within = (segmentId: string): { segmentId?: string } => segmentId ? { segmentId } : {}
