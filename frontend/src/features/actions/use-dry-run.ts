import type { ActionPreview } from '@comptoir/shared/actions/action.contract'
import type { ActionId } from '@comptoir/shared/actions/definitions'
import { ref, shallowRef, watch, type Ref, type ShallowRef } from 'vue'
import { announce } from '../../platform/announcer.ts'
import { errorText } from '../../platform/error-text.ts'
import { formatTime } from '../../platform/format/dates.ts'
import { t } from '../../platform/i18n/i18n.ts'
import { askPreview, type PreviewRequest } from './use-preview.ts'

export interface DryRunReport {
  readonly at: string
  readonly outcome: ActionPreview
}

export interface DryRun {
  readonly report: ShallowRef<DryRunReport | null>
  readonly error: ShallowRef<unknown>
  readonly isRunning: Ref<boolean>
  run: () => Promise<void>
  close: () => void
}

/** A run in every respect but one: nothing is written, sent or answered. */
export function useDryRun(actionId: ActionId, request: () => PreviewRequest | null): DryRun {
  const report = shallowRef<DryRunReport | null>(null)
  const error = shallowRef<unknown>(null)
  const isRunning = ref(false)
  const wanted = (): string => JSON.stringify(request())

  const close = (): void => {
    report.value = null
    error.value = null
  }
  // A report of other settings would be read as one of these.
  watch(wanted, close)

  async function run(): Promise<void> {
    const asked = request()
    if (!asked || isRunning.value)
      return
    const before = wanted()
    isRunning.value = true
    const [outcome, failure] = await askPreview(actionId, asked)
      .then(answer => [answer, null] as const, (cause: unknown) => [null, cause] as const)
    isRunning.value = false
    if (wanted() !== before)
      return
    error.value = failure
    report.value = outcome && { at: new Date().toISOString(), outcome }
    announce(failure ? errorText(failure) : t('actions.dryRun.title', { time: formatTime(report.value?.at) }))
  }

  return { report, error, isRunning, run, close }
}
