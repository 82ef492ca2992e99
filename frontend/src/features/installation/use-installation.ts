import { installationApi, installSteps, type InstallState, type InstallStep, type VendorRule } from '@comptoir/shared/installation/installation.contract'
import { computed, ref, shallowRef, type ComputedRef, type Ref } from 'vue'
import { call } from '../../platform/api.ts'

export type StepState = 'waiting' | 'running' | 'done' | 'failed'

export interface StepProgress {
  readonly id: InstallStep
  readonly state: StepState
  readonly error: unknown
}

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
      state.value = await call(installationApi.run, { params: { step }, query: acceptsGaps ? { acceptsGaps } : {} })
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

  function stateOf(step: InstallStep): StepState {
    if (running.value === step)
      return 'running'
    if (failure.value?.step === step)
      return 'failed'
    return isDone(step) ? 'done' : 'waiting'
  }

  return {
    state,
    steps: computed(() => installSteps.map(id => ({ id, state: stateOf(id), error: failure.value?.step === id ? failure.value.error : null }))),
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
