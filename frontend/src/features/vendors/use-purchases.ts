import type { Purchase, PurchaseFilter, SpendFigure } from '@comptoir/shared/vendors/vendor-spend.contract'
import { vendorApi } from '@comptoir/shared/vendors/vendor.contract'
import { onScopeDispose, ref, shallowRef, watch, type Ref, type ShallowRef } from 'vue'
import { call } from '../../platform/api.ts'

export interface Purchases {
  readonly rows: ShallowRef<readonly Purchase[]>
  readonly total: ShallowRef<SpendFigure | null>
  readonly hasMore: Ref<boolean>
  readonly isLoading: Ref<boolean>
  readonly error: ShallowRef<unknown>
  more: () => Promise<void>
  reload: () => Promise<void>
}

/** Purchases page by page; another filter starts anew and forgets what is still on its way. */
export function usePurchases(vendorId: () => string, filter: () => PurchaseFilter | null): Purchases {
  const rows = shallowRef<readonly Purchase[]>([])
  const total = shallowRef<SpendFigure | null>(null)
  const error = shallowRef<unknown>(null)
  const hasMore = ref(false)
  const isLoading = ref(false)
  let cursor: string | undefined
  let asking: AbortController | null = null

  async function ask(): Promise<void> {
    const chosen = filter()
    if (!chosen)
      return
    asking?.abort()
    const { signal } = asking = new AbortController()
    isLoading.value = true
    error.value = null
    try {
      const page = await call(vendorApi.purchases, { params: { vendorId: vendorId() }, query: { ...chosen, cursor } }, { signal })
      rows.value = cursor ? [...rows.value, ...page.purchases] : page.purchases
      total.value = page.total
      cursor = page.nextCursor ?? undefined
      hasMore.value = page.nextCursor !== null
    }
    catch (caught) {
      if (signal.aborted)
        return
      error.value = caught
    }
    isLoading.value = false
  }

  function reload(): Promise<void> {
    cursor = undefined
    rows.value = []
    total.value = null
    hasMore.value = false
    return ask()
  }

  watch(() => JSON.stringify([vendorId(), filter()]), () => void reload(), { immediate: true })
  onScopeDispose(() => asking?.abort())
  return { rows, total, hasMore, isLoading, error, more: ask, reload }
}
