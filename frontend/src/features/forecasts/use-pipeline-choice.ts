import { computed } from 'vue'
import { useRoute, useRouter } from 'vue-router'

/** The pipeline a forecast is narrowed to, kept in the page's address; null is all of them. */
export function usePipelineChoice() {
  const route = useRoute()
  const router = useRouter()
  const categoryId = computed<number | null>({
    get: () => /^\d+$/.test(String(route.query.pipeline ?? '')) ? Number(route.query.pipeline) : null,
    set: chosen => void router.replace({ query: { ...route.query, pipeline: chosen === null ? undefined : String(chosen) } }),
  })
  return { categoryId }
}
