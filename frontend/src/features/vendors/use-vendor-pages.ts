import type { Vendor } from '@comptoir/shared/vendors/vendor-fields'
import { vendorApi, type VendorFilter, type VendorPage, type VendorRow } from '@comptoir/shared/vendors/vendor.contract'
import { computed, onScopeDispose, ref, shallowRef, watch, type ComputedRef, type Ref, type ShallowRef } from 'vue'
import { announce } from '../../platform/announcer.ts'
import { call } from '../../platform/api.ts'
import { t } from '../../platform/i18n/i18n.ts'

export interface VendorPages {
  /** Page by page: what was shown once is not drawn again when more arrives. */
  readonly pages: ShallowRef<readonly (readonly VendorRow[])[]>
  readonly facts: ShallowRef<Omit<VendorPage, 'vendors' | 'nextCursor'> | null>
  readonly hasMore: ComputedRef<boolean>
  readonly isLoading: Ref<boolean>
  readonly error: ShallowRef<unknown>
  more: () => Promise<void>
  reload: () => Promise<void>
  /** Looks for news without a word, unless a reader has gone further down. */
  look: () => Promise<void>
  /** Shows a vendor as it was saved, where it stands. */
  patch: (vendor: Vendor) => void
}

export function useVendorPages(filter: () => VendorFilter): VendorPages {
  const pages = shallowRef<readonly (readonly VendorRow[])[]>([])
  const facts = shallowRef<VendorPages['facts']['value']>(null)
  const cursor = ref<string | null>(null)
  const isLoading = ref(false)
  const error = shallowRef<unknown>(null)
  let asking: AbortController | null = null

  async function ask({ isMore, isQuiet = false }: { isMore: boolean, isQuiet?: boolean }): Promise<void> {
    asking?.abort()
    const { signal } = asking = new AbortController()
    isLoading.value = true
    error.value = null
    try {
      const { vendors, nextCursor, ...rest } = await call(vendorApi.list, { query: { ...filter(), cursor: isMore ? cursor.value ?? undefined : undefined } }, { signal })
      pages.value = isMore ? [...pages.value, vendors] : vendors.length > 0 ? [vendors] : []
      cursor.value = nextCursor
      facts.value = rest
      if (!isMore && !isQuiet)
        announce(t('vendors.directory.count', { count: rest.total }))
    }
    catch (caught) {
      if (signal.aborted)
        return
      error.value = caught
    }
    isLoading.value = false
  }

  // The old rows stay, dimmed, until the new ones are here: a list that blinks at every letter tires.
  watch(() => JSON.stringify(filter()), () => void ask({ isMore: false }), { immediate: true })
  onScopeDispose(() => asking?.abort())

  return {
    pages,
    facts,
    isLoading,
    error,
    hasMore: computed(() => cursor.value !== null),
    more: async () => {
      if (!isLoading.value && cursor.value !== null)
        await ask({ isMore: true })
    },
    reload: () => ask({ isMore: false }),
    look: async () => {
      if (!isLoading.value && pages.value.length <= 1)
        await ask({ isMore: false, isQuiet: true })
    },
    patch({ vendorId, companyId, name, status, code, siren, category, city }) {
      pages.value = pages.value.map(rows => rows.some(row => row.vendorId === vendorId)
        ? rows.map(row => row.vendorId === vendorId ? { ...row, companyId, name, status, code, siren, category, city } : row)
        : rows)
    },
  }
}
