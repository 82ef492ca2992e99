import { periodKinds, type PeriodChoice, type PeriodKind } from '@comptoir/shared/insights/period'
import { computed, type WritableComputedRef } from 'vue'
import { useRoute, useRouter, type LocationQueryValue } from 'vue-router'

/** The chosen period, kept in the page's address so that a link carries it. */
export function usePeriod({ initial = 'last_12_months' }: { initial?: PeriodKind } = {}): WritableComputedRef<PeriodChoice> {
  const route = useRoute()
  const router = useRouter()
  return computed({
    get: () => choiceOf(route.query, initial),
    set: ({ period, from, to }) => void router.replace({
      query: { ...route.query, period: period === initial ? undefined : period, from, to },
    }),
  })
}

type Query = Readonly<Record<string, LocationQueryValue | LocationQueryValue[] | undefined>>

const dayOf = (value: Query[string]): string | null =>
  typeof value === 'string' && /^\d{4}-\d{2}-\d{2}$/.test(value) ? value : null

function choiceOf(query: Query, initial: PeriodKind): PeriodChoice {
  const kind = periodKinds.find(kind => kind === query.period) ?? initial
  if (kind !== 'custom')
    return { period: kind }
  const [from, to] = [dayOf(query.from), dayOf(query.to)]
  return from && to && from <= to ? { period: kind, from, to } : { period: initial === 'custom' ? 'all' : initial }
}
