import { healthApi, type LoggedRequest } from '@comptoir/shared/health/health.contract'
import { computed, onScopeDispose, ref, shallowRef, watch, type ComputedRef, type Ref, type ShallowRef } from 'vue'
import { call } from '../../platform/api.ts'

export interface RequestFilter {
  readonly method: string
  readonly isFailed: boolean
}

export interface Requests {
  readonly requests: ShallowRef<readonly LoggedRequest[]>
  readonly isLoading: Ref<boolean>
  readonly hasMore: ComputedRef<boolean>
  readonly error: ShallowRef<unknown>
  reload: () => Promise<void>
  loadMore: () => Promise<void>
}

export function useRequests(filter: () => RequestFilter): Requests {
  const requests = shallowRef<readonly LoggedRequest[]>([])
  const next = ref<number | null>(null)
  const isLoading = ref(true)
  const error = shallowRef<unknown>(null)
  let running: AbortController | null = null

  async function ask(before: number | null): Promise<void> {
    running?.abort()
    const mine = running = new AbortController()
    isLoading.value = true
    const { method, isFailed } = filter()
    try {
      const page = await call(healthApi.requests, {
        query: { ...method && { method }, ...isFailed && { isFailed }, ...before !== null && { before } },
      }, { signal: mine.signal })
      if (mine.signal.aborted)
        return
      requests.value = before === null ? page.requests : [...requests.value, ...page.requests]
      next.value = page.next
      error.value = null
    }
    catch (cause) {
      if (mine.signal.aborted)
        return
      error.value = cause
    }
    isLoading.value = false
  }

  const reload = (): Promise<void> => ask(null)
  watch(() => JSON.stringify(filter()), reload, { immediate: true })
  onScopeDispose(() => running?.abort())

  return { requests, isLoading, error, reload, hasMore: computed(() => next.value !== null), loadMore: () => ask(next.value) }
}
