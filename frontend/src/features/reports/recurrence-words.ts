import type { Recurrence } from '@comptoir/shared/reports/recurrence'
import { formatClock } from '../../platform/format/dates.ts'
import { formatLocale } from '../../platform/format/format.ts'
import { t } from '../../platform/i18n/i18n.ts'

/** Monday is 1. */
export const weekdayName = (weekday: number): string =>
  new Intl.DateTimeFormat(formatLocale(), { weekday: 'long', timeZone: 'UTC' }).format(new Date(Date.UTC(2024, 0, weekday)))

/** « chaque lundi à 08:00 » */
export function recurrenceText({ every, weekday, day, time: clock }: Recurrence): string {
  const time = formatClock(clock)
  switch (every) {
    case 'day': return t('reports.recurrence.everyDay', { time })
    case 'weekday': return t('reports.recurrence.everyWeekday', { time })
    case 'week': return t('reports.recurrence.everyWeek', { weekday: weekdayName(weekday), time })
    case 'month': return day === 0 ? t('reports.recurrence.lastOfMonth', { time }) : t('reports.recurrence.everyMonth', { day: String(day), time })
    case 'quarter': return day === 0 ? t('reports.recurrence.lastOfQuarterStart', { time }) : t('reports.recurrence.everyQuarter', { day: String(day), time })
  }
}
