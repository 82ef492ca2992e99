import { AppError } from '@comptoir/shared/errors'
import { installationApi, installSteps, type InstallState, type InstallStep, type VendorRule } from '@comptoir/shared/installation/installation.contract'
import { computed, onScopeDispose, ref, shallowRef, type ComputedRef, type Ref } from 'vue'
import { call } from '../../platform/api.ts'

export type StepState = 'waiting' | 'running' | 'done' | 'failed'

export interface StepProgress {
  readonly id: InstallStep
  readonly state: StepState
  readonly error: unknown
  /** The portal asked for patience: the step is tried again by itself after that. */
  readonly pause: StepPause | null
}

export interface StepPause {
  readonly secondsLeft: number
  /** From 2: the try that comes next. */
  readonly attempt: number
}

/** A bucket of requests is empty again after seconds, a share of working time after minutes. */
const pausesSeconds = [5, 10, 20, 40, 60, 120] as const
export const mostAttempts = pausesSeconds.length + 1

export interface Installation {
  readonly state: Ref<InstallState | null>
  readonly steps: ComputedRef<readonly StepProgress[]>
  readonly isRunning: ComputedRef<boolean>
  /** The steps wait for the administrator to say who the vendors are. */
  readonly needsChoice: ComputedRef<boolean>
  readonly isFinished: ComputedRef<boolean>
  load: () => Promise<void>
  /** Runs what is left, in order, until a step fails or asks. */
  run: () => Promise<void>
  /** The same, without what the portal refused of the step that failed. */
  goOn: () => Promise<void>
  choose: (rule: VendorRule) => Promise<void>
}

export function useInstallation(first: InstallState | null): Installation {
  const state = shallowRef(first)
  const running = ref<InstallStep | null>(null)
  const failure = shallowRef<{ step: InstallStep, error: unknown } | null>(null)
  const pause = shallowRef<StepPause | null>(null)
  let isGone = false
  onScopeDispose(() => {
    isGone = true
  })

  const isDone = (step: InstallStep): boolean => state.value?.done.includes(step) ?? false
  const nextStep = computed(() => installSteps.find(step => !isDone(step)) ?? null)
  const needsChoice = computed(() => nextStep.value === 'vendors' && state.value?.vendorRule === null)

  async function run(without: InstallStep | null = null): Promise<void> {
    failure.value = null
    while (nextStep.value && !running.value && !needsChoice.value && !failure.value)
      await runOne(nextStep.value, nextStep.value === without)
  }

  async function runOne(step: InstallStep, acceptsGaps: boolean): Promise<void> {
    running.value = step
    try {
      state.value = await patiently(() => call(installationApi.run, { params: { step }, query: acceptsGaps ? { acceptsGaps } : {} }))
      // A step that the server does not count as done must not be asked for again and again.
      if (!isDone(step))
        failure.value = { step, error: null }
    }
    catch (error) {
      failure.value = { step, error }
    }
    finally {
      running.value = null
    }
  }

  /** What the portal only has no room for now is asked again, and each second of the wait is told. */
  async function patiently<T>(ask: () => Promise<T>): Promise<T> {
    for (let attempt = 1; ; attempt++) {
      try {
        return await ask()
      }
      catch (error) {
        const seconds = pausesSeconds[attempt - 1]
        if (!isBusy(error) || seconds === undefined || isGone)
          throw error
        await wait(Math.max(seconds, Math.ceil(Number(error.details.retryAfterMs ?? 0) / 1000)), attempt + 1)
      }
    }
  }

  async function wait(seconds: number, attempt: number): Promise<void> {
    for (let secondsLeft = seconds; secondsLeft > 0 && !isGone; secondsLeft--) {
      pause.value = { secondsLeft, attempt }
      await new Promise(resolve => setTimeout(resolve, 1_000))
    }
    pause.value = null
  }

  function stateOf(step: InstallStep): StepState {
    if (running.value === step)
      return 'running'
    if (failure.value?.step === step)
      return 'failed'
    return isDone(step) ? 'done' : 'waiting'
  }

  return {
    state,
    steps: computed(() => installSteps.map(id => ({ id, state: stateOf(id), error: failure.value?.step === id ? failure.value.error : null, pause: running.value === id ? pause.value : null }))),
    isRunning: computed(() => running.value !== null),
    needsChoice,
    isFinished: computed(() => state.value !== null && nextStep.value === null),
    load: async () => {
      state.value = await call(installationApi.state)
    },
    run: () => run(),
    goOn: () => run(failure.value?.step ?? null),
    choose: async (rule) => {
      state.value = await call(installationApi.chooseVendors, { body: rule })
      await run()
    },
  }
}

const isBusy = (error: unknown): error is AppError =>
  error instanceof AppError && (error.code === 'crm.limit' || error.code === 'request.too_many')
