import { computed, type WritableComputedRef } from 'vue'
import { useRoute, useRouter } from 'vue-router'

const uuid = /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/i

/** The saved segment that figures are narrowed to, kept in the page's address; empty for all deals. */
export function useChosenSegment(): WritableComputedRef<string> {
  const route = useRoute()
  const router = useRouter()
  return computed({
    get: () => uuid.test(String(route.query.segment ?? '')) ? String(route.query.segment) : '',
    set: id => void router.replace({ query: { ...route.query, segment: id || undefined } }),
  })
}
