import { calendarOf } from '../calendar/company-days.ts'
import type { BusinessHours } from './settings.ts'

const HOUR_MS = 3_600_000
const DAY_MS = 24 * HOUR_MS
const WEEK_DAYS = 7

/** The clock on the wall as it is written, whatever zone it belongs to: business hours are hours of that wall. */
export function wallTime(text: string): number {
  const [day = '', time = '00:00'] = text.split(/[T ]/)
  return Date.parse(`${day}T${time.replace(/(Z|[+-]\d{2}:?\d{2})$/, '')}Z`)
}

/** Business hours between two moments of the wall clock; 0 where the second is not later. */
export function businessHoursBetween(from: number, to: number, hours: BusinessHours): number {
  const opens = clockMs(hours.from)
  const closes = clockMs(hours.to)
  const { days, holidays = 'none', closures = [] } = hours
  const isOpen = calendarOf({ weekdays: [...days], holidays, closures: [...closures] })
  const firstDay = Math.floor(from / DAY_MS)
  // Between the first day and the last, weeks without days off are all alike.
  const isEveryWeekAlike = holidays === 'none' && closures.length === 0
  const fullWeeks = isEveryWeekAlike ? Math.max(0, Math.floor((Math.floor(to / DAY_MS) - firstDay - 1) / WEEK_DAYS)) : 0
  let open = fullWeeks * days.length * (closes - opens)
  for (let day = firstDay; day * DAY_MS < to; day += day === firstDay ? 1 + fullWeeks * WEEK_DAYS : 1) {
    const start = Math.max(from, day * DAY_MS + opens)
    const end = Math.min(to, day * DAY_MS + closes)
    if (end > start && isOpen(new Date(day * DAY_MS).toISOString().slice(0, 10)))
      open += end - start
  }
  return open / HOUR_MS
}

const clockMs = (clock: string): number => Number(clock.slice(0, 2)) * HOUR_MS + Number(clock.slice(3, 5)) * 60_000
