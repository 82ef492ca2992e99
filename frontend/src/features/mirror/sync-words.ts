import type { EntitySync, LimiterView, SyncState } from '@comptoir/shared/mirror/mirror.contract'
import { codeText } from '../../platform/error-text.ts'
import { isWithoutAccess } from '@comptoir/shared/mirror/optional-lists'
import { formatRelative } from '../../platform/format/dates.ts'
import { formatNumber, NO_VALUE, signOf } from '../../platform/format/format.ts'
import { hasText, t } from '../../platform/i18n/i18n.ts'
import type { StatusTone } from '../../ui/StatusBadge.vue'

export const stateTones: Readonly<Record<SyncState['status'], StatusTone>> = {
  empty: 'neutral',
  running: 'info',
  idle: 'success',
  waiting: 'warning',
  paused: 'neutral',
  failed: 'alert',
}

export const stateText = (status: SyncState['status']): string => t(`sync.states.${status}`)
export function entityText({ entity, title }: EntitySync): string {
  const key = `sync.entities.${entity}`
  return title ?? (hasText(key) ? t(key) : entity)
}

export interface EntityStanding {
  readonly label: string
  readonly tone: StatusTone
}

/** What people look for first; the lists that only explain them stand below. */
const importance = ['deals', 'companies', 'product_rows', 'stage_changes', 'leads', 'contacts', 'invoices', 'activities']
const rankOf = ({ entity, title }: EntitySync): number => importance.includes(entity) ? importance.indexOf(entity) : importance.length + (title === null ? 1 : 0)

export const inReadersOrder = (entities: readonly EntitySync[]): EntitySync[] => entities.toSorted((a, b) => rankOf(a) - rankOf(b))

/** What is wrong with a list, or what it does without. */
export function remarkOf(entity: EntitySync): { text: string, isFailure: boolean } | null {
  if (isWithoutAccess(entity))
    return { text: t(entity.entity === 'departments' ? 'sync.noDepartments' : 'sync.noList'), isFailure: false }
  return entity.errorCode ? { text: codeText(entity.errorCode), isFailure: true } : null
}

/** Where one list stands, in two words. */
export function standingOf(entity: EntitySync): EntityStanding {
  if (isWithoutAccess(entity))
    return { label: t('sync.standings.noAccess'), tone: 'neutral' }
  if (entity.status === 'failed')
    return { label: t('sync.standings.failed'), tone: 'alert' }
  if (entity.status === 'running')
    return { label: t(entity.mode === 'full' ? 'sync.standings.reading' : 'sync.standings.updating'), tone: 'info' }
  if (entity.mode === 'full')
    return entity.rowsRead > 0 ? { label: t('sync.standings.interrupted'), tone: 'warning' } : { label: t('sync.standings.unread'), tone: 'neutral' }
  return { label: t('sync.standings.done'), tone: 'success' }
}

/** What was read of what there is; the share only while there is something left. */
export function progressOf({ mode, rowsRead, rowsExpected }: EntitySync): number | null {
  return mode === 'full' && rowsExpected !== null && rowsExpected > 0 ? Math.min(100, Math.round(rowsRead / rowsExpected * 100)) : null
}

/** Ours minus the portal's; null where either was never counted, and of moves between stages, of which either side keeps what the other forgets. */
export const differenceOf = ({ entity, portalCount, mirrorCount }: EntitySync): number | null =>
  entity === 'stage_changes' || portalCount === null || mirrorCount === null ? null : mirrorCount - portalCount

export function differenceText(entity: EntitySync): string {
  const difference = differenceOf(entity)
  if (difference === null)
    return NO_VALUE
  return difference === 0 ? t('sync.counts.equal') : t('sync.counts.differ', { difference: `${signOf(difference)}${formatNumber(Math.abs(difference))}` })
}

/** Seconds as people say them. */
export function durationText(seconds: number | null): string | null {
  if (seconds === null)
    return null
  const [key, unit] = seconds < 90 ? ['seconds', 1] as const : seconds < 5_400 ? ['minutes', 60] as const : seconds < 172_800 ? ['hours', 3_600] as const : ['days', 86_400] as const
  return t(`sync.durations.${key}`, { count: Math.round(seconds / unit) })
}

/** The age that a change of this list may have without being counted. */
export const lagText = ({ readUpTo }: EntitySync, now: Date): string =>
  (readUpTo === null ? null : durationText(Math.max(0, (now.getTime() - new Date(readUpTo).getTime()) / 1000))) ?? NO_VALUE

export function nextText({ nextRunAt }: Pick<EntitySync, 'nextRunAt'>, now: Date, style: 'long' | 'short' = 'long'): string {
  if (nextRunAt === null)
    return NO_VALUE
  return new Date(nextRunAt) <= now ? t('sync.tiles.nextNow') : formatRelative(nextRunAt, now, style)
}

const worthShowing = 0.01
const mostMethods = 6

/** Methods that used up more than a trace of their time, the busiest first. */
export const busyMethods = (operating: LimiterView['operating']): LimiterView['operating'] =>
  operating
    .filter(({ usedSeconds, limitSeconds }) => usedSeconds / limitSeconds >= worthShowing)
    .toSorted((a, b) => b.usedSeconds / b.limitSeconds - a.usedSeconds / a.limitSeconds)
    .slice(0, mostMethods)
