import { useQuery } from '@pinia/colada'
import { analysisApi, type WinLossDimension } from '@comptoir/shared/analysis/analysis.contract'
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
}

export const useConversion = (chosen: () => ConversionChoice) => useQuery({
  key: () => ['analysis', 'conversion', JSON.stringify(chosen())],
  query: ({ signal }) => {
    const { period, ...rest } = chosen()
    return call(analysisApi.conversion, { query: { ...period, ...rest } }, { signal })
  },
})

export const useWinLoss = (period: () => PeriodChoice, by: () => WinLossDimension) => useQuery({
  key: () => ['analysis', 'win-loss', by(), { ...period() }],
  query: ({ signal }) => call(analysisApi.winLoss, { query: { ...period(), by: by() } }, { signal }),
})
