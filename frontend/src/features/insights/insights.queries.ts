import { useMutation, useQuery, useQueryCache } from '@pinia/colada'
import { insightsApi, type AnalyticsScope, type Dashboard, type MetricFilters } from '@comptoir/shared/insights/insights.contract'
import { call } from '../../platform/api.ts'
import { takeFirst } from '../../platform/boot.ts'

/** The page came with the numbers of its usual filters; others are asked for, the old ones stay meanwhile. */
export const useDashboard = (filters: () => MetricFilters, isInitial: () => boolean) => useQuery({
  key: () => ['insights', 'dashboard', JSON.stringify(filters())],
  query: ({ signal }) => call(insightsApi.dashboard, { query: filters() }, { signal }),
  initialData: () => isInitial() ? dashboardIn(takeFirst<unknown>()) : undefined,
  placeholderData: (previous: Dashboard | undefined) => previous,
})

/** What came with the page may belong to another placement that led here. */
const dashboardIn = (first: unknown): Dashboard | undefined =>
  typeof first === 'object' && first !== null && 'revenueWon' in first ? first as Dashboard : undefined

export const useFilterChoices = () => useQuery({
  key: ['insights', 'choices'],
  query: ({ signal }) => call(insightsApi.choices, {}, { signal }),
})

export const useInsightSettings = () => useQuery({
  key: ['insights', 'settings'],
  query: ({ signal }) => call(insightsApi.settings, {}, { signal }),
})

export function useScopeChange() {
  const cache = useQueryCache()
  return useMutation({
    mutation: (analyticsScope: AnalyticsScope) => call(insightsApi.changeSettings, { body: { analyticsScope } }),
    onSuccess: settings => cache.setQueryData(['insights', 'settings'], settings),
  })
}
