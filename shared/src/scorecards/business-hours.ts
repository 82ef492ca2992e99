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
  if (to <= from)
    return 0
  const opens = clockMs(hours.from)
  const closes = clockMs(hours.to)
  const firstDay = Math.floor(from / DAY_MS)
  const lastDay = Math.floor(to / DAY_MS)
  const within = (day: number): number => {
    if (!hours.days.includes(weekday(day)))
      return 0
    const start = Math.max(from, day * DAY_MS + opens)
    const end = Math.min(to, day * DAY_MS + closes)
    return Math.max(0, end - start)
  }
  if (firstDay === lastDay)
    return within(firstDay) / HOUR_MS
  const between = lastDay - firstDay - 1
  const fullWeeks = Math.floor(between / WEEK_DAYS)
  let open = within(firstDay) + within(lastDay) + fullWeeks * hours.days.length * (closes - opens)
  for (let day = firstDay + 1 + fullWeeks * WEEK_DAYS; day < lastDay; day += 1)
    open += within(day)
  return open / HOUR_MS
}

const clockMs = (clock: string): number => Number(clock.slice(0, 2)) * HOUR_MS + Number(clock.slice(3, 5)) * 60_000

/** 1 Monday to 7 Sunday; day 0 of the epoch was a Thursday. */
const weekday = (day: number): number => (((day + 3) % WEEK_DAYS) + WEEK_DAYS) % WEEK_DAYS + 1
