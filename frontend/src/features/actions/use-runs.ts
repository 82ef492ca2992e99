import { actionApi, type ActionRun, type runStates } from '@comptoir/shared/actions/action.contract'
import type { ActionId } from '@comptoir/shared/actions/definitions'
import { computed, onScopeDispose, ref, shallowRef, watch, type ComputedRef, type Ref, type ShallowRef } from 'vue'
import { call } from '../../platform/api.ts'

export type RunState = (typeof runStates)[number]

export interface RunFilter {
  readonly actionId?: ActionId
  readonly state?: RunState
}

export interface Runs {
  readonly runs: ShallowRef<readonly ActionRun[]>
  readonly isLoading: Ref<boolean>
  readonly hasMore: ComputedRef<boolean>
  readonly error: ShallowRef<unknown>
  find: (runId: string) => ActionRun | null
  reload: () => Promise<void>
  loadMore: () => Promise<void>
  rerun: (runId: string) => Promise<ActionRun>
}

/** How often a run that is under way is looked at again. */
const WATCH_MS = 2_000
/** A run that waits longer than that is not about to end: the page stops asking. */
const MOST_LOOKS = 60

export const isUnderWay = ({ state }: ActionRun): boolean => state === 'waiting' || state === 'running'

export function useRuns(filter: () => RunFilter): Runs {
  const runs = shallowRef<readonly ActionRun[]>([])
  const next = ref<string | null>(null)
  const isLoading = ref(true)
  const error = shallowRef<unknown>(null)
  let running: AbortController | null = null
  let timer: ReturnType<typeof setTimeout>
  let looks = 0

  async function ask(before: string | null, take: (page: readonly ActionRun[], next: string | null) => void): Promise<void> {
    running?.abort()
    const mine = running = new AbortController()
    isLoading.value = true
    try {
      const page = await call(actionApi.runs, { query: { ...filter(), ...before && { before } } }, { signal: mine.signal })
      if (mine.signal.aborted)
        return
      take(page.runs, page.next)
      error.value = null
    }
    catch (cause) {
      if (mine.signal.aborted)
        return
      error.value = cause
    }
    isLoading.value = false
  }

  const reload = (): Promise<void> => ask(null, (page, cursor) => {
    runs.value = page
    next.value = cursor
  })

  /** Only the newest page is read again; what was loaded behind it stays. */
  const look = (): Promise<void> => ask(null, (page) => {
    const known = new Map(page.map(run => [run.runId, run]))
    runs.value = [...page.filter(({ runId }) => !runs.value.some(run => run.runId === runId)), ...runs.value.map(run => known.get(run.runId) ?? run)]
  })

  watch(() => JSON.stringify(filter()), () => {
    runs.value = []
    looks = 0
    void reload()
  }, { immediate: true })
  watch(runs, () => {
    clearTimeout(timer)
    if (!runs.value.some(isUnderWay) || looks >= MOST_LOOKS)
      return
    looks += 1
    timer = setTimeout(() => void look(), WATCH_MS)
  })
  onScopeDispose(() => {
    clearTimeout(timer)
    running?.abort()
  })

  return {
    runs, isLoading, error, reload,
    hasMore: computed(() => next.value !== null),
    find: runId => runs.value.find(run => run.runId === runId) ?? null,
    loadMore: () => ask(next.value, (page, cursor) => {
      runs.value = [...runs.value, ...page]
      next.value = cursor
    }),
    rerun: async (runId) => {
      const run = await call(actionApi.rerun, { params: { runId } })
      looks = 0
      runs.value = [run, ...runs.value]
      return run
    },
  }
}
