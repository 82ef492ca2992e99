import { computed, type ComputedRef } from 'vue'
import { useRoute, type RouteLocationRaw } from 'vue-router'

/** Which purchases are listed: those behind a month, a period, or those that could not be priced. */
export type Drill =
  | { readonly kind: 'month', readonly month: string }
  | { readonly kind: 'period' }
  | { readonly kind: 'unpriced' }

/** Kept in the page's address: a figure is a link to what it is made of, and going back undoes it. */
export function useDrill(): { drill: ComputedRef<Drill | null>, to: (value: string | null) => RouteLocationRaw } {
  const route = useRoute()
  return {
    drill: computed(() => {
      const purchases = String(route.query.purchases ?? '')
      if (/^\d{4}-\d{2}$/.test(purchases))
        return { kind: 'month', month: purchases }
      return purchases === 'period' || purchases === 'unpriced' ? { kind: purchases } : null
    }),
    to: value => ({ path: route.path, query: { ...route.query, purchases: value ?? undefined } }),
  }
}
