import { onScopeDispose, ref, shallowRef, watch, type Ref, type ShallowRef } from 'vue'
import { debounce } from './debounce.ts'

export interface Search<T> {
  readonly term: Ref<string>
  readonly found: ShallowRef<readonly T[]>
  readonly isLoading: Ref<boolean>
  readonly error: ShallowRef<unknown>
  load: () => Promise<void>
}

/** A list the server searches: asked after a pause in typing, only the last question is answered. */
export function useSearch<T>(ask: (term: string, signal: AbortSignal) => Promise<readonly T[]>): Search<T> {
  const term = ref('')
  const found = shallowRef<readonly T[]>([])
  const isLoading = ref(false)
  const error = shallowRef<unknown>(null)
  let running: AbortController | null = null

  async function load(): Promise<void> {
    running?.abort()
    const mine = running = new AbortController()
    isLoading.value = true
    const [answer, failure] = await ask(term.value.trim(), mine.signal)
      .then(list => [list, null] as const, (cause: unknown) => [[], cause] as const)
    if (mine.signal.aborted)
      return
    found.value = answer
    error.value = failure
    isLoading.value = false
  }

  const later = debounce(() => void load(), 250)
  watch(term, () => {
    isLoading.value = true
    later()
  })
  onScopeDispose(() => {
    later.cancel()
    running?.abort()
  })
  return { term, found, isLoading, error, load }
}
