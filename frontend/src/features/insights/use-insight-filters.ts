import type { MetricFilters } from '@comptoir/shared/insights/insights.contract'
import type { PeriodChoice } from '@comptoir/shared/insights/period'
import { computed, type ComputedRef, type WritableComputedRef } from 'vue'
import { useRoute, useRouter, type LocationQueryValue } from 'vue-router'
import { useChosenSegment } from '../../ui/use-chosen-segment.ts'
import { usePeriod } from '../../ui/use-period.ts'

export interface InsightFilters {
  readonly period: WritableComputedRef<PeriodChoice>
  readonly userIds: WritableComputedRef<number[]>
  readonly categoryIds: WritableComputedRef<number[]>
  /** A saved segment; empty: all deals. */
  readonly segmentId: WritableComputedRef<string>
  readonly filters: ComputedRef<MetricFilters>
  /** True for the filters whose numbers the server sends with the page. */
  readonly isInitial: ComputedRef<boolean>
  readonly reset: () => void
}

/** Kept in the page's address: a link shows what its sender saw, as far as the reader's rights go. */
export function useInsightFilters(): InsightFilters {
  const route = useRoute()
  const router = useRouter()
  const period = usePeriod()
  const idsIn = (name: 'users' | 'pipelines'): WritableComputedRef<number[]> => computed({
    get: () => idsOf(route.query[name]),
    set: ids => void router.replace({ query: { ...route.query, [name]: ids.length > 0 ? ids.join(',') : undefined } }),
  })
  const segmentId = useChosenSegment()
  const [userIds, categoryIds] = [idsIn('users'), idsIn('pipelines')]
  const filters = computed((): MetricFilters => ({
    ...period.value,
    ...userIds.value.length > 0 && { userIds: userIds.value },
    ...categoryIds.value.length > 0 && { categoryIds: categoryIds.value },
    ...segmentId.value && { segmentId: segmentId.value },
  }))
  return {
    period,
    userIds,
    categoryIds,
    segmentId,
    filters,
    isInitial: computed(() => period.value.period === 'last_12_months' && userIds.value.length + categoryIds.value.length === 0 && segmentId.value === ''),
    reset: () => void router.replace({ path: route.path }),
  }
}

function idsOf(value: LocationQueryValue | LocationQueryValue[] | undefined): number[] {
  const ids = String(value ?? '').split(',').filter(text => /^\d{1,9}$/.test(text)).map(Number)
  return [...new Set(ids)].slice(0, 200)
}
