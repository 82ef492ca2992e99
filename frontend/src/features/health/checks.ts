import type { Health } from '@comptoir/shared/health/health.contract'
import { formatDateTime } from '../../platform/format/dates.ts'
import { formatPercent } from '../../platform/format/format.ts'
import { t } from '../../platform/i18n/i18n.ts'
import type { StatusTone } from '../../ui/StatusBadge.vue'
import { lagText, reasonText } from './health-words.ts'

export interface Check {
  readonly key: 'login' | 'scope' | 'sync' | 'work' | 'limits'
  readonly tone: StatusTone
  /** What was found and, where something is wrong, what to do. */
  readonly text: string
}

const veryLateSeconds = 6 * 3_600

/** Everything that must be right for Comptoir to work, in the order in which to mend it. */
export const checksOf = (health: Health): readonly Check[] =>
  [login(health), scope(health), sync(health), work(health), limits(health)]

function login({ login: { status, expiresAt } }: Health): Check {
  if (status === 'lost')
    return { key: 'login', tone: 'alert', text: t('health.checks.loginLost') }
  return status === 'ending'
    ? { key: 'login', tone: 'warning', text: t('health.checks.loginEnding', { at: formatDateTime(expiresAt) }) }
    : { key: 'login', tone: 'success', text: t('health.checks.loginRenewable', { at: formatDateTime(expiresAt) }) }
}

function scope({ missingScope }: Health): Check {
  return missingScope.length > 0
    ? { key: 'scope', tone: 'alert', text: t('health.checks.scopeMissing', { scopes: missingScope.join(', ') }) }
    : { key: 'scope', tone: 'success', text: t('health.checks.scopeComplete') }
}

function sync({ sync: { status, lagSeconds, errorCode } }: Health): Check {
  if (errorCode !== null)
    return { key: 'sync', tone: 'alert', text: reasonText({ errorCode }) }
  if (status === 'failed')
    return { key: 'sync', tone: 'alert', text: t('health.checks.syncFailed') }
  if (status === 'paused')
    return { key: 'sync', tone: 'warning', text: t('health.checks.syncPaused') }
  const lag = lagText(lagSeconds)
  if (lag === null)
    return { key: 'sync', tone: 'info', text: t('health.checks.syncFirst') }
  return { key: 'sync', tone: (lagSeconds ?? 0) > veryLateSeconds ? 'warning' : 'success', text: t('health.checks.syncLag', { lag }) }
}

function work({ queues, runs }: Health): Check {
  const failed = queues.reduce((sum, queue) => sum + queue.failed, 0)
  if (failed > 0)
    return { key: 'work', tone: 'alert', text: t('health.checks.workFailed', { count: failed }) }
  const lostRuns = runs.find(({ state }) => state === 'failed')?.count ?? 0
  return lostRuns > 0
    ? { key: 'work', tone: 'warning', text: t('health.checks.runsFailed', { count: lostRuns }) }
    : { key: 'work', tone: 'success', text: t('health.checks.workFine') }
}

function limits({ limiter: { speed, waiting } }: Health): Check {
  if (speed < 1)
    return { key: 'limits', tone: 'warning', text: t('health.checks.limitsSlowed', { speed: formatPercent(speed, { digits: 0 }) }) }
  return { key: 'limits', tone: 'success', text: t('health.checks.limitsFine', { count: waiting }) }
}
