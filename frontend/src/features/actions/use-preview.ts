import { actionApi, type ActionDocument, type ActionPreview } from '@comptoir/shared/actions/action.contract'
import type { ActionId } from '@comptoir/shared/actions/definitions'
import type { RawSettings } from '@comptoir/shared/actions/settings'
import { onScopeDispose, ref, shallowRef, watch, type Ref, type ShallowRef } from 'vue'
import { call } from '../../platform/api.ts'
import { debounce } from './debounce.ts'

export interface PreviewRequest {
  readonly settings: RawSettings
  readonly document: ActionDocument | null
  readonly samples: Readonly<Record<string, string>>
}

export interface LivePreview {
  readonly preview: ShallowRef<ActionPreview | null>
  readonly error: ShallowRef<unknown>
  readonly isLoading: Ref<boolean>
  /** Asks at once. */
  refresh: () => void
}

const PAUSE_MS = 300

export const askPreview = (actionId: ActionId, { settings, document, samples }: PreviewRequest, signal?: AbortSignal): Promise<ActionPreview> =>
  call(actionApi.preview, { params: { actionId }, body: { settings, document, samples } }, { signal })

/** Follows the settings: asks after a pause, gives up what is no longer wanted, shows the last answer until the next. */
export function usePreview(actionId: ActionId, request: () => PreviewRequest | null): LivePreview {
  const preview = shallowRef<ActionPreview | null>(null)
  const error = shallowRef<unknown>(null)
  const isLoading = ref(false)
  let running: AbortController | null = null

  async function load(): Promise<void> {
    const wanted = request()
    running?.abort()
    if (!wanted)
      return
    const mine = running = new AbortController()
    try {
      const answer = await askPreview(actionId, wanted, mine.signal)
      if (mine.signal.aborted)
        return
      preview.value = answer
      error.value = null
    }
    catch (cause) {
      if (mine.signal.aborted)
        return
      error.value = cause
    }
    isLoading.value = false
  }

  const later = debounce(() => void load(), PAUSE_MS)
  const ask = (how: () => void): void => {
    const isWanted = request() !== null
    isLoading.value = isWanted
    if (isWanted)
      return how()
    later.cancel()
    running?.abort()
    preview.value = null
    error.value = null
  }
  watch(() => JSON.stringify(request()), (_, before) => ask(before === undefined || before === 'null' ? () => void load() : later), { immediate: true })
  onScopeDispose(() => {
    later.cancel()
    running?.abort()
  })
  return { preview, error, isLoading, refresh: () => ask(() => void load()) }
}
