import { computed, type ComputedRef } from 'vue'
import { useRoute, type RouteLocationRaw } from 'vue-router'
import { readDrill, writeDrill, type Drill } from './drill.ts'

/** In the page's address: a number is a link to its records, and going back closes them. */
export function useDrill(): { drill: ComputedRef<Drill | null>, to: (drill: Drill | null) => RouteLocationRaw } {
  const route = useRoute()
  return {
    drill: computed(() => readDrill(String(route.query.records ?? ''))),
    to: drill => ({ path: route.path, query: { ...route.query, records: drill ? writeDrill(drill) : undefined } }),
  }
}
