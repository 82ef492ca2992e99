import type { ActionRun } from '@comptoir/shared/actions/action.contract'
import type { StatusTone } from '../../ui/StatusBadge.vue'
import { formatNumber, NO_VALUE } from '../../platform/format/format.ts'
import { t } from '../../platform/i18n/i18n.ts'
import { failureText } from './failure-text.ts'

/** An answered run may have answered that it failed: its badge says so. */
export function runBadge({ state, isSuccess }: ActionRun): { readonly label: string, readonly tone: StatusTone } {
  if (state === 'answered' && isSuccess === false)
    return { label: t('runs.states.refused'), tone: 'alert' }
  const tones = { waiting: 'neutral', running: 'info', answered: 'success', unanswered: 'warning', failed: 'alert' } as const
  return { label: t(`runs.states.${state}`), tone: tones[state] }
}

export const durationText = (ms: number | null): string => {
  if (ms === null)
    return NO_VALUE
  return ms < 1000 ? t('runs.ms', { ms }) : t('runs.seconds', { seconds: formatNumber(ms / 1000, { digits: 1 }) })
}

/** How the run that was started again ended, or that it has not. */
export function rerunOutcome(run: ActionRun): { readonly text: string, readonly tone: string } {
  if (run.state === 'waiting' || run.state === 'running')
    return { text: t('runs.rerunWaits'), tone: 'text-description' }
  if (run.state === 'failed' || run.isSuccess === false)
    return { text: t('runs.rerunFailed'), tone: 'text-(--tone-bad)' }
  return run.state === 'unanswered'
    ? { text: t('runs.rerunUnheard'), tone: 'text-(--tone-warn)' }
    : { text: t('runs.rerunHeard'), tone: 'text-(--tone-good)' }
}

/** Why a run went wrong and what to do; null when it did not. */
export function runFailure({ errorCode }: ActionRun): string | null {
  return errorCode === null ? null : failureText({ code: errorCode, details: {} })
}
