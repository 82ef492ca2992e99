import type { Recurrence } from '@comptoir/shared/reports/recurrence'
import type { Source, SourceRun } from '@comptoir/shared/sources/source.contract'
import { formatClock, formatDate, formatDateTime } from '../../platform/format/dates.ts'
import { formatLocale, formatNumber, NO_VALUE } from '../../platform/format/format.ts'
import { hasText, t } from '../../platform/i18n/i18n.ts'
import type { StatusTone } from '../../ui/StatusBadge.vue'

export const runTones: Readonly<Record<SourceRun['state'], StatusTone>> = { waiting: 'info', running: 'info', done: 'success', failed: 'alert' }

/** Monday is 1. */
export const weekdayName = (weekday: number): string =>
  new Intl.DateTimeFormat(formatLocale(), { weekday: 'long', timeZone: 'UTC' }).format(new Date(Date.UTC(2024, 0, weekday)))

export function scheduleText({ every, weekday, day, time }: Recurrence): string {
  return t(`sources.schedule.${every === 'month' || every === 'quarter' ? 'everyMonth' : every === 'week' ? 'everyWeek' : every === 'weekday' ? 'everyWeekday' : 'everyDay'}`, { time: formatClock(time), weekday: weekdayName(weekday), day: String(day) })
}

/** What a delivery did, or what was wrong with it. */
export function runText({ state, errorCode, added, changed, same, removed, refused }: SourceRun): string {
  const key = `errors.${errorCode ?? ''}`
  if (state === 'failed')
    return hasText(key) ? t(key) : t('sources.states.failed')
  if (state !== 'done')
    return t(`sources.states.${state}`)
  const parts = [['added', added], ['changed', changed], ['same', same], ['removed', removed], ['refused', refused]] as const
  return parts.filter(([part, count]) => count > 0 || (part === 'added' && changed + same + removed + refused === 0)).map(([part, count]) => t(`sources.outcome.${part}`, { count })).join(', ')
}

export function sourceFacts({ kind, recurrence, address, keyHint, rows, from, to, nextRunAt, isPaused }: Source): string[] {
  return [
    t(`sources.kinds.${kind}.name`),
    ...address !== null ? [new URL(address).host] : [],
    ...keyHint !== null ? [`cpt_…${keyHint}`] : [],
    ...recurrence && !isPaused ? [scheduleText(recurrence)] : [],
    rows === 0 ? t('sources.empty') : from !== null && to !== null ? t('sources.kept', { count: rows, rows: formatNumber(rows), from: formatDate(from), to: formatDate(to) }) : '',
    ...nextRunAt !== null ? [t('sources.next', { when: formatDateTime(nextRunAt) })] : [],
  ].filter(fact => fact !== '')
}

/** A dash where there is none. */
export const rateText = (rate: number | null, currency: string, base: string): string =>
  rate === null ? NO_VALUE : t('sources.rates.value', { currency, rate: formatNumber(rate, { digits: 0, upTo: 10 }), base })
