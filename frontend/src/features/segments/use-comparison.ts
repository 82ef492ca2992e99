import type { MetricFilters } from '@comptoir/shared/insights/insights.contract'
import { metricIds, type MetricId } from '@comptoir/shared/insights/metric'
import { metricCatalogue } from '@comptoir/shared/insights/metric-catalogue'
import type { PeriodChoice, PeriodKind } from '@comptoir/shared/insights/period'
import { comparisonDimensions, type ComparisonQuery } from '@comptoir/shared/segments/comparison.contract'
import { computed, type ComputedRef, type WritableComputedRef } from 'vue'
import { useRoute, useRouter } from 'vue-router'
import { usePeriod } from '../../ui/use-period.ts'

export const comparisonModes = ['periods', 'segments'] as const
export type ComparisonMode = (typeof comparisonModes)[number]
export type ComparisonDimension = (typeof comparisonDimensions)[number]

interface Side {
  readonly segmentId: WritableComputedRef<string>
  readonly period: WritableComputedRef<PeriodChoice>
}

export interface ComparisonChoice {
  readonly metricId: WritableComputedRef<MetricId>
  readonly mode: WritableComputedRef<ComparisonMode>
  readonly by: WritableComputedRef<ComparisonDimension | ''>
  readonly dimensions: ComputedRef<readonly ComparisonDimension[]>
  readonly before: Side
  readonly after: Side
  readonly query: ComputedRef<ComparisonQuery>
}

/** What is compared, kept in the page's address. With two segments there is one period, with two periods one segment. */
export function useComparison(): ComparisonChoice {
  const route = useRoute()
  const router = useRouter()
  const inAddress = <T extends string>(name: string, initial: T, known: readonly T[] | null): WritableComputedRef<T> => computed({
    get: () => {
      const text = String(route.query[name] ?? initial) as T
      return known === null || known.includes(text) ? text : initial
    },
    set: value => void router.replace({ query: { ...route.query, [name]: value === initial ? undefined : value } }),
  })
  const side = (name: string, initial: PeriodKind): Side =>
    ({ segmentId: inAddress<string>(`${name}-segment`, '', null), period: usePeriod({ initial, prefix: `${name}-` }) })
  const [before, after] = [side('before', 'last_year'), side('after', 'this_year')]
  const metricId = inAddress<MetricId>('metric', 'revenue_won', metricIds)
  const mode = inAddress<ComparisonMode>('mode', 'periods', comparisonModes)
  const asked = inAddress<ComparisonDimension | ''>('by', 'responsible', ['', ...comparisonDimensions])
  const dimensions = computed(() => comparisonDimensions.filter(one => metricCatalogue[metricId.value].dimensions.includes(one)))
  const by = computed({ get: () => asked.value !== '' && dimensions.value.includes(asked.value) ? asked.value : '', set: (value) => { asked.value = value } })
  const filters = (own: Side): MetricFilters => {
    const segmentId = (mode.value === 'segments' ? own : after).segmentId.value
    return { ...(mode.value === 'periods' ? own : after).period.value, ...segmentId && { segmentId } }
  }
  return {
    metricId, mode, by, dimensions, before, after,
    query: computed(() => ({ metricId: metricId.value, by: by.value === '' ? null : by.value, before: filters(before), after: filters(after) })),
  }
}
