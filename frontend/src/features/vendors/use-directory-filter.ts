import { spendPeriods, type SpendPeriodName } from '@comptoir/shared/vendors/spend-period'
import { vendorStatuses, type VendorStatus } from '@comptoir/shared/vendors/vendor-status'
import { vendorSorts, type VendorFilter, type VendorSort } from '@comptoir/shared/vendors/vendor.contract'
import { computed, type ComputedRef } from 'vue'
import { useRoute, useRouter, type LocationQueryRaw } from 'vue-router'

export interface DirectoryFilter {
  readonly filter: ComputedRef<VendorFilter>
  readonly isFiltered: ComputedRef<boolean>
  readonly statuses: ComputedRef<readonly VendorStatus[]>
  /** The months of the column of spend. */
  readonly period: ComputedRef<SpendPeriodName>
  readonly sort: ComputedRef<{ readonly key: VendorSort, readonly order: 'asc' | 'desc' }>
  /** The vendor whose details are open. */
  readonly opened: ComputedRef<string | null>
  set: (changes: Partial<Record<'search' | 'category' | 'linked' | 'period', string | undefined>>) => void
  toggleStatus: (status: VendorStatus) => void
  clearStatuses: () => void
  sortOn: (key: VendorSort) => void
  open: (vendorId: string | null) => void
  reset: () => void
}

/** Numbers and days are first asked for from the top. */
const firstOrder: Record<VendorSort, 'asc' | 'desc'> = { 'name': 'asc', 'spend': 'desc', 'last-purchase': 'desc', 'status': 'asc' }

export const defaultPeriod: SpendPeriodName = '12-months'

/** Search, filters, sort and the open row live in the page's address: a link or a step back brings them again. */
export function useDirectoryFilter(): DirectoryFilter {
  const route = useRoute()
  const router = useRouter()
  const text = (name: string): string | undefined => typeof route.query[name] === 'string' ? route.query[name] as string : undefined

  const statuses = computed(() => [route.query.status ?? []].flat().filter(status => vendorStatuses.some(known => known === status)) as VendorStatus[])
  const period = computed(() => spendPeriods.find(name => name === text('period')) ?? defaultPeriod)
  const sort = computed(() => {
    const key = vendorSorts.find(name => name === text('sort')) ?? 'name'
    const order = text('order')
    return { key, order: order === 'asc' || order === 'desc' ? order : firstOrder[key] }
  })
  const filter = computed<VendorFilter>(() => ({
    search: text('search'),
    category: text('category'),
    linked: text('linked') === 'yes' ? 'yes' : text('linked') === 'no' ? 'no' : undefined,
    status: statuses.value.length > 0 ? statuses.value : undefined,
    period: period.value === defaultPeriod ? undefined : period.value,
    sort: sort.value.key,
    order: sort.value.order,
  }))

  // A second change may come before the first has reached the address.
  let next: LocationQueryRaw | null = null
  async function change(changes: LocationQueryRaw): Promise<void> {
    const query = next = { ...next ?? route.query, purchases: undefined, ...changes }
    await router.replace({ query })
    if (next === query)
      next = null
  }
  return {
    filter,
    statuses,
    period,
    sort,
    isFiltered: computed(() => Boolean(filter.value.search || filter.value.category !== undefined || filter.value.linked || filter.value.status)),
    opened: computed(() => text('vendor') ?? null),
    set: changes => void change({ vendor: undefined, ...changes }),
    toggleStatus: status => void change({
      vendor: undefined,
      status: statuses.value.includes(status) ? statuses.value.filter(other => other !== status) : [...statuses.value, status],
    }),
    clearStatuses: () => void change({ vendor: undefined, status: undefined }),
    sortOn: key => void change({ sort: key, order: sort.value.key === key ? (sort.value.order === 'asc' ? 'desc' : 'asc') : firstOrder[key] }),
    open: vendorId => void change({ vendor: vendorId ?? undefined }),
    reset: () => void change({ vendor: undefined, search: undefined, category: undefined, linked: undefined, status: undefined }),
  }
}
