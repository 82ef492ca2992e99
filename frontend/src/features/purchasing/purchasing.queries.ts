import { useQuery, useQueryCache } from '@pinia/colada'
import { purchasingApi } from '@comptoir/shared/purchasing/purchasing.contract'
import { ref, shallowRef, type Ref, type ShallowRef } from 'vue'
import { call } from '../../platform/api.ts'
import { useErrorToast } from '../../ui/use-error-toast.ts'

export const useVendorPurchasing = (vendorId: () => string) => useQuery({
  key: () => ['purchasing', 'vendor', vendorId()],
  query: ({ signal }) => call(purchasingApi.vendor, { params: { vendorId: vendorId() } }, { signal }),
})

export const usePurchasingOverview = () => useQuery({
  key: () => ['purchasing', 'overview'],
  query: ({ signal }) => call(purchasingApi.overview, {}, { signal }),
})

export interface Saving {
  readonly isSaving: Ref<boolean>
  readonly failure: ShallowRef<unknown>
  /** Undefined when it failed; the failure is then shown by whoever asked. */
  save: <T>(work: () => Promise<T>, success?: string) => Promise<T | undefined>
  /** The same for a button without a form: the failure is said at once. */
  act: <T>(work: () => Promise<T>, success?: string) => Promise<T | undefined>
}

/** What is written changes spend, deadlines and scores too: every figure is asked for again. */
export function useSaving(): Saving {
  const cache = useQueryCache()
  const { showError, showSuccess } = useErrorToast()
  const isSaving = ref(false)
  const failure = shallowRef<unknown>(null)

  async function save<T>(work: () => Promise<T>, success?: string): Promise<T | undefined> {
    if (isSaving.value)
      return undefined
    isSaving.value = true
    failure.value = null
    try {
      const done = await work()
      await cache.invalidateQueries()
      if (success)
        showSuccess(success)
      return done
    }
    catch (error) {
      failure.value = error
      return undefined
    }
    finally {
      isSaving.value = false
    }
  }

  async function act<T>(work: () => Promise<T>, success?: string): Promise<T | undefined> {
    const done = await save(work, success)
    if (failure.value)
      showError(failure.value)
    return done
  }

  return { isSaving, failure, save, act }
}
