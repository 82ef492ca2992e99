import type { MeasureId } from '@comptoir/shared/scorecards/measure'
import type { MonthDetail } from '@comptoir/shared/scorecards/scorecard-card.schema'
import { scorecardApi, type WeightProfile } from '@comptoir/shared/scorecards/scorecard.contract'
import { useQuery, useQueryCache } from '@pinia/colada'
import { call } from '../../platform/api.ts'

const all = 'scorecards'

export const useVendorScorecard = (vendorId: string) => useQuery({
  key: [all, 'vendor', vendorId],
  query: ({ signal }) => call(scorecardApi.ofVendor, { params: { vendorId }, query: {} }, { signal }),
})

export const useEvidence = (vendorId: string, measure: () => MeasureId) => useQuery({
  key: () => [all, 'evidence', vendorId, measure()],
  query: ({ signal }) => call(scorecardApi.evidence, { params: { vendorId }, query: { measure: measure() } }, { signal }),
})

const monthKey = (vendorId: string, month: string) => [all, 'month', vendorId, month]

export const useMonth = (vendorId: string, month: () => string) => useQuery({
  key: () => monthKey(vendorId, month()),
  query: ({ signal }) => call(scorecardApi.month, { params: { vendorId, month: month() } }, { signal }),
})

export const useRanking = () => useQuery({
  key: [all, 'ranking'],
  query: ({ signal }) => call(scorecardApi.ranking, { query: {} }, { signal }),
})

export const useProfiles = () => useQuery({
  key: [all, 'profiles'],
  query: ({ signal }) => call(scorecardApi.profiles, {}, { signal }),
})

export const useRules = () => useQuery({
  key: [all, 'rules'],
  query: ({ signal }) => call(scorecardApi.rules, {}, { signal }),
})

export interface ScorecardCache {
  keepMonth: (vendorId: string, detail: MonthDetail) => void
  keepProfiles: (profiles: WeightProfile[]) => void
  /** After a change of the vendor's state or of the rules. */
  refresh: () => Promise<unknown>
}

export function useScorecardCache(): ScorecardCache {
  const cache = useQueryCache()
  return {
    keepMonth(vendorId, detail) {
      cache.setQueryData(monthKey(vendorId, detail.month), detail)
      void cache.invalidateQueries({ key: [all, 'vendor', vendorId] })
    },
    keepProfiles: profiles => cache.setQueryData([all, 'profiles'], profiles),
    refresh: () => cache.invalidateQueries({ key: [all] }),
  }
}
