import { isFrenchBusinessDay, nextBusinessDay, type Calendar } from '../calendar/business-days.ts'
import { addDays, dayAt, startOfDay, type Day } from '../insights/calendar.ts'

/** Wall-clock times, `20:00`; the same twice means that no hour is quiet. Days without work are quiet as a whole. */
export interface QuietHours {
  readonly from: string
  readonly until: string
  readonly timeZone: string
  readonly isOpen?: Calendar
}

export const defaultQuietHours = { from: '20:00', until: '08:00' } as const

/** The moment itself when a person may be told then, else the next one at which they may. */
export function nextAllowed(moment: Date, { from, until, timeZone, isOpen = isFrenchBusinessDay }: QuietHours): Date {
  const day = dayAt(moment, timeZone)
  const start = minutesOf(until)
  const end = minutesOf(from)
  const time = minutesAt(moment, timeZone)
  const hasQuiet = start !== end
  const isNight = hasQuiet && (start < end ? time < start || time >= end : time >= end && time < start)
  if (isOpen(day) && !isNight)
    return moment
  const morning = hasQuiet ? start : 0
  const isStillToCome = isOpen(day) && time < morning
  return momentOf(isStillToCome ? day : nextBusinessDay(addDays(day, 1), isOpen), morning, timeZone)
}

export const minutesOf = (clock: string): number => Number(clock.slice(0, 2)) * 60 + Number(clock.slice(3, 5))

const formats = new Map<string, Intl.DateTimeFormat>()

/** Minutes since midnight on the wall of a zone. */
export function minutesAt(moment: Date, timeZone: string): number {
  const format = formats.get(timeZone) ?? new Intl.DateTimeFormat('en-GB', { timeZone, hour: '2-digit', minute: '2-digit', hourCycle: 'h23' })
  formats.set(timeZone, format)
  return minutesOf(format.format(moment))
}

/** When the wall of a zone shows that time; a time that the clock skips gives the one after the change. */
export function momentOf(day: Day, minutes: number, timeZone: string): Date {
  const guess = startOfDay(day, timeZone).getTime() + minutes * 60_000
  const missing = minutes - minutesAt(new Date(guess), timeZone)
  return new Date(guess + missing * 60_000)
}
