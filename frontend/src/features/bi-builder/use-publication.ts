import { biBuilderApi, type BiBuilder, type BiStepId, type BiVendorScope } from '@comptoir/shared/bi-builder/bi-builder.contract'
import type { BiDatasetCode } from '@comptoir/shared/bi-builder/datasets'
import { useQuery, useQueryCache } from '@pinia/colada'
import { computed, ref, shallowRef, type ComputedRef, type Ref, type ShallowRef } from 'vue'
import { call } from '../../platform/api.ts'

const key = ['bi-builder']

export type StepState = BiBuilder['steps'][number]['state'] | 'running' | 'failed'

export interface ShownStep {
  readonly id: BiStepId
  readonly state: StepState
  readonly name: string | null
  readonly error: unknown
}

export interface Publication {
  readonly data: ShallowRef<BiBuilder | undefined>
  readonly error: ComputedRef<unknown>
  readonly refetch: () => Promise<unknown>
  readonly steps: ComputedRef<readonly ShownStep[]>
  readonly chosen: Ref<readonly BiDatasetCode[]>
  readonly vendorScope: Ref<BiVendorScope>
  /** Something is over there, if only in part. */
  readonly isPublished: ComputedRef<boolean>
  readonly hasWork: ComputedRef<boolean>
  readonly isBusy: Ref<boolean>
  toggle: (code: BiDatasetCode) => void
  /** Takes every step that is left, in order, until one fails; the same again goes on from there. True when nothing is left. */
  publish: () => Promise<boolean>
  keep: (state: BiBuilder) => void
}

export function usePublication(): Publication {
  const query = useQuery({ key, query: ({ signal }) => call(biBuilderApi.get, {}, { signal }) })
  const cache = useQueryCache()
  const wanted = shallowRef<readonly BiDatasetCode[] | null>(null)
  const wantedScope = ref<BiVendorScope | null>(null)
  const running = ref<BiStepId | null>(null)
  const failure = shallowRef<{ id: BiStepId, error: unknown } | null>(null)
  const isBusy = ref(false)

  const data = computed(() => query.data.value)
  const chosen = computed(() => wanted.value ?? data.value?.chosen ?? [])
  const vendorScope = computed({ get: () => wantedScope.value ?? data.value?.vendorScope ?? 'all', set: (scope) => { wantedScope.value = scope } })
  const keep = (state: BiBuilder): void => {
    cache.setQueryData(key, state)
    wanted.value = null
    wantedScope.value = null
    failure.value = null
  }
  const left = (): BiStepId | undefined => data.value?.steps.find(({ state }) => state === 'missing' || state === 'outdated')?.id
  const isChanged = computed(() => [...chosen.value].sort().join() !== [...data.value?.chosen ?? []].sort().join() || vendorScope.value !== data.value?.vendorScope)

  async function run(id: BiStepId): Promise<void> {
    running.value = id
    try {
      keep(await call(biBuilderApi.publish, { params: { biStep: id } }))
      // A step that the server does not count as done must not be asked for again and again.
      if (left() === id)
        failure.value = { id, error: null }
    }
    catch (error) {
      failure.value = { id, error }
    }
    running.value = null
  }

  async function publish(): Promise<boolean> {
    isBusy.value = true
    failure.value = null
    try {
      if (isChanged.value)
        keep(await call(biBuilderApi.choose, { body: { codes: [...chosen.value], vendorScope: vendorScope.value } }))
      for (let id = left(); id && !failure.value; id = left())
        await run(id)
    }
    finally {
      isBusy.value = false
    }
    return failure.value === null
  }

  return {
    data: query.data as ShallowRef<BiBuilder | undefined>,
    error: computed(() => query.error.value),
    refetch: () => query.refetch(),
    chosen,
    vendorScope,
    isBusy,
    isPublished: computed(() => data.value?.steps.some(({ state }) => state === 'done' || state === 'outdated') ?? false),
    hasWork: computed(() => isChanged.value || left() !== undefined),
    steps: computed(() => (data.value?.steps ?? []).map(({ id, state, name }) => ({
      id, name,
      state: running.value === id ? 'running' : failure.value?.id === id ? 'failed' : state,
      error: failure.value?.id === id ? failure.value.error : null,
    }))),
    toggle: (code) => {
      wanted.value = chosen.value.includes(code) ? chosen.value.filter(one => one !== code) : [...chosen.value, code]
    },
    publish,
    keep,
  }
}
