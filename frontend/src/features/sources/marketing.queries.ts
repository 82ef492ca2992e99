import type { PeriodChoice } from '@comptoir/shared/insights/period'
import { marketingApi, type MarketingDimension } from '@comptoir/shared/sources/marketing.contract'
import { useQuery, useQueryCache } from '@pinia/colada'
import { call } from '../../platform/api.ts'

export const useMarketing = (chosen: () => PeriodChoice, by: () => MarketingDimension) => useQuery({
  key: () => ['sources', 'report', 'marketing', by(), { ...chosen() }],
  query: ({ signal }) => call(marketingApi.report, { query: { ...chosen(), by: by() } }, { signal }),
})

export function useRefreshMarketing(): () => Promise<unknown> {
  const cache = useQueryCache()
  return () => cache.invalidateQueries({ key: ['sources', 'report'] })
}
