import { computed, type WritableComputedRef } from 'vue'
import { useRoute, useRouter } from 'vue-router'

/** One of a few, kept in the page's address; the first is the one that needs no word there. */
export function useChoice<const T extends string>(name: string, choices: readonly [T, ...T[]]): WritableComputedRef<T> {
  const route = useRoute()
  const router = useRouter()
  return computed({
    get: () => choices.find(choice => choice === route.query[name]) ?? choices[0],
    set: choice => void router.replace({ query: { ...route.query, [name]: choice === choices[0] ? undefined : choice } }),
  })
}
