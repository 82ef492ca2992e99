import { addDays } from '@comptoir/shared/insights/calendar'
import { isBound, periodKinds, resolvePeriod, type PeriodChoice, type PeriodKind } from '@comptoir/shared/insights/period'
import { computed, type WritableComputedRef } from 'vue'
import { useRoute, useRouter, type LocationQueryValue } from 'vue-router'
import { portalDay } from '../platform/format/dates.ts'
import { portalTimeZone } from '../platform/format/format.ts'

/** The chosen period, kept in the page's address so that a link carries it; where a page has several, each has a prefix. */
export function usePeriod({ initial = 'last_12_months', prefix = '' }: { initial?: PeriodKind, prefix?: string } = {}): WritableComputedRef<PeriodChoice> {
  const route = useRoute()
  const router = useRouter()
  const named = (values: object): object => Object.fromEntries(Object.entries(values).map(([name, value]) => [prefix + name, value as unknown]))
  return computed({
    get: () => choiceOf({ period: route.query[`${prefix}period`], from: route.query[`${prefix}from`], to: route.query[`${prefix}to`] }, initial),
    set: ({ period, from, to }) => void router.replace({
      query: { ...route.query, ...named({ period: period === initial ? undefined : period, from, to }) },
    }),
  })
}

/** Days of one's own start with those that were looked at. */
export function ownDays(choice: PeriodChoice, now: Date): PeriodChoice {
  const days = resolvePeriod(choice, { now, timeZone: portalTimeZone() })
  const today = portalDay(now)
  return isBound(days)
    ? { period: 'custom', from: days.from, to: addDays(days.to, -1) }
    : { period: 'custom', from: `${today.slice(0, 8)}01`, to: today }
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
