import { mirrorApi, type SyncState } from '@comptoir/shared/mirror/mirror.contract'
import { useQuery, useQueryCache } from '@pinia/colada'
import { computed, onScopeDispose, ref, watch, type ComputedRef, type Ref } from 'vue'
import { call } from '../../platform/api.ts'

export type SyncOrder = 'run' | 'pause' | 'resume' | 'rebuild'

export interface Synchronization {
  readonly state: ComputedRef<SyncState | null>
  readonly isLoading: ComputedRef<boolean>
  readonly error: ComputedRef<unknown>
  /** The order on its way to the server. */
  readonly busy: Ref<SyncOrder | null>
  refresh: () => Promise<unknown>
  order: (order: SyncOrder) => Promise<void>
}

/** While something is being read its progress is worth looking at; otherwise a glance now and then is enough. */
const BUSY_MS = 2_000
const QUIET_MS = 15_000
const moving: readonly (SyncState['status'] | undefined)[] = ['running', 'empty', 'waiting']

export function useSynchronization(): Synchronization {
  const key = ['mirror', 'state']
  const query = useQuery({ key, query: ({ signal }) => call(mirrorApi.state, {}, { signal }), staleTime: 0 })
  const cache = useQueryCache()
  const busy = ref<SyncOrder | null>(null)
  let timer: ReturnType<typeof setTimeout>

  function wait(): void {
    clearTimeout(timer)
    const isMoving = moving.includes(query.data.value?.status)
    timer = setTimeout(() => void query.refetch().finally(wait), isMoving ? BUSY_MS : QUIET_MS)
  }

  watch(() => query.data.value?.status, wait, { immediate: true })
  onScopeDispose(() => clearTimeout(timer))

  return {
    state: computed(() => query.data.value ?? null),
    isLoading: computed(() => query.isLoading.value),
    error: computed(() => query.data.value ? null : query.error.value),
    busy,
    refresh: () => query.refetch(),
    async order(order) {
      busy.value = order
      try {
        cache.setQueryData(key, await call(mirrorApi[order]))
        wait()
      }
      finally {
        busy.value = null
      }
    },
  }
}
