/** A calendar day, `2026-03-05`. It has no time zone: only a moment needs one. */
export type Day = string

const DAY_MS = 86_400_000

const utcOf = (day: Day): number => Date.parse(`${day}T00:00:00Z`)
const dayOfUtc = (at: number): Day => new Date(at).toISOString().slice(0, 10)

export function isDay(text: string): boolean {
  return /^\d{4}-\d{2}-\d{2}$/.test(text) && !Number.isNaN(utcOf(text)) && dayOfUtc(utcOf(text)) === text
}

export const addDays = (day: Day, days: number): Day => dayOfUtc(utcOf(day) + days * DAY_MS)

/** Whole months from one day to another. */
export function monthsBetween(from: Day, to: Day): number {
  const months = (Number(to.slice(0, 4)) - Number(from.slice(0, 4))) * 12 + Number(to.slice(5, 7)) - Number(from.slice(5, 7))
  return addMonths(from, months) > to ? months - 1 : months
}

export const daysBetween = (from: Day, to: Day): number => Math.round((utcOf(to) - utcOf(from)) / DAY_MS)

/** Same day of the month, or the month's last day where it has fewer: 31 January plus a month is 28 February. */
export function addMonths(day: Day, months: number): Day {
  const first = new Date(utcOf(startOfMonth(day)))
  first.setUTCMonth(first.getUTCMonth() + months)
  const lastOfMonth = new Date(Date.UTC(first.getUTCFullYear(), first.getUTCMonth() + 1, 0)).getUTCDate()
  first.setUTCDate(Math.min(Number(day.slice(8)), lastOfMonth))
  return dayOfUtc(first.getTime())
}

export const startOfMonth = (day: Day): Day => `${day.slice(0, 8)}01`

export const startOfQuarter = (day: Day): Day => {
  const month = Number(day.slice(5, 7))
  return `${day.slice(0, 5)}${String(month - (month - 1) % 3).padStart(2, '0')}-01`
}

export const startOfYear = (day: Day): Day => `${day.slice(0, 5)}01-01`

/** Weeks begin on Monday (ISO 8601). */
export const startOfWeek = (day: Day): Day => addDays(day, -((new Date(utcOf(day)).getUTCDay() + 6) % 7))

const zonedFormats = new Map<string, Intl.DateTimeFormat>()

function zonedFormat(timeZone: string): Intl.DateTimeFormat {
  const known = zonedFormats.get(timeZone)
  if (known)
    return known
  const made = new Intl.DateTimeFormat('en-US', {
    timeZone, calendar: 'gregory', numberingSystem: 'latn', hourCycle: 'h23',
    year: 'numeric', month: '2-digit', day: '2-digit', hour: '2-digit', minute: '2-digit', second: '2-digit',
  })
  zonedFormats.set(timeZone, made)
  return made
}

/** The wall clock of a zone at a moment, written as if it were UTC. */
function wallClock(at: number, timeZone: string): number {
  const parts = new Map(zonedFormat(timeZone).formatToParts(at).map(({ type, value }) => [type, Number(value)]))
  const part = (type: Intl.DateTimeFormatPartTypes): number => parts.get(type) ?? 0
  const wall = Date.UTC(part('year'), part('month') - 1, part('day'), part('hour'), part('minute'), part('second'))
  return wall + ((at % 1000) + 1000) % 1000
}

/** The calendar day on the wall of a zone at a moment. */
export const dayAt = (moment: Date, timeZone: string): Day => dayOfUtc(wallClock(moment.getTime(), timeZone))

/**
 * The first moment of a day in a zone. Midnight may be skipped, doubled or, with its whole day, missing:
 * the first moment is then the change of the clock, or the earlier of two midnights.
 */
export function startOfDay(day: Day, timeZone: string): Date {
  const midnight = utcOf(day)
  const starts = [-36, -24, -12, 0, 12, 24, 36]
    .map(hours => midnight + hours * 3_600_000)
    .map(near => midnight - (wallClock(near, timeZone) - near))
    .filter(at => reaches(at, day, timeZone) && !reaches(at - 1, day, timeZone))
  return new Date(Math.min(...starts))
}

const reaches = (at: number, day: Day, timeZone: string): boolean => dayOfUtc(wallClock(at, timeZone)) >= day
