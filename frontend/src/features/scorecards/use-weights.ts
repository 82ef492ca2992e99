import type { Weights } from '@comptoir/shared/scorecards/scorecard-card.schema'
import { criterionIds } from '@comptoir/shared/scorecards/settings'
import { computed, type ComputedRef, type WritableComputedRef } from 'vue'
import { useRoute, useRouter } from 'vue-router'

/** Weights that somebody tries, kept in the page's address: a link shows the ranking its sender saw. */
export function useWeights(official: () => Weights | null): { weights: WritableComputedRef<Weights | null>, isOwn: ComputedRef<boolean>, reset: () => void } {
  const route = useRoute()
  const router = useRouter()
  const put = (value: string | undefined): void => void router.replace({ query: { ...route.query, weights: value } })
  const chosen = computed(() => parse(route.query.weights))
  return {
    weights: computed({
      get: () => chosen.value ?? official(),
      set: value => put(value ? criterionIds.map(id => value[id]).join('-') : undefined),
    }),
    isOwn: computed(() => chosen.value !== null),
    reset: () => put(undefined),
  }
}

function parse(text: unknown): Weights | null {
  const numbers = typeof text === 'string' ? text.split('-').map(Number) : []
  if (numbers.length !== criterionIds.length || numbers.some(value => !Number.isFinite(value) || value < 0 || value > 1_000_000))
    return null
  return Object.fromEntries(criterionIds.map((id, at) => [id, numbers[at] ?? 0])) as Weights
}
