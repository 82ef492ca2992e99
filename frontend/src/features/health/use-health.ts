import { healthApi, type Health } from '@comptoir/shared/health/health.contract'
import { useQuery, useQueryCache } from '@pinia/colada'
import { computed, ref, type ComputedRef, type Ref } from 'vue'
import { call } from '../../platform/api.ts'
import { copyText } from '../../platform/copy-text.ts'
import { supportFile } from './support-file.ts'

export interface HealthState {
  readonly health: ComputedRef<Health | null>
  readonly isLoading: ComputedRef<boolean>
  readonly error: ComputedRef<unknown>
  /** The piece of work that is being started again. */
  readonly retrying: Ref<string | null>
  refresh: () => Promise<unknown>
  retry: (deadLetterId: string) => Promise<void>
  /** Answers the text when the browser did not let it be copied. */
  copy: () => Promise<string | null>
}

export function useHealth(): HealthState {
  const key = ['health', 'state']
  const query = useQuery({ key, query: ({ signal }) => call(healthApi.state, {}, { signal }), staleTime: 0 })
  const cache = useQueryCache()
  const retrying = ref<string | null>(null)

  return {
    health: computed(() => query.data.value ?? null),
    isLoading: computed(() => query.isLoading.value),
    error: computed(() => query.data.value ? null : query.error.value),
    retrying,
    refresh: () => query.refetch(),
    async retry(deadLetterId) {
      retrying.value = deadLetterId
      try {
        cache.setQueryData(key, await call(healthApi.retry, { params: { deadLetterId } }))
      }
      finally {
        retrying.value = null
      }
    },
    async copy() {
      const [health, { requests }] = await Promise.all([call(healthApi.state), call(healthApi.requests, { query: { isFailed: true } })])
      const text = supportFile(health, requests)
      return await copyText(text) ? null : text
    },
  }
}
