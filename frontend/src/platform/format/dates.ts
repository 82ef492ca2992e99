import { formatLocale, NO_VALUE, portalTimeZone } from './format.ts'

type Maybe<T> = T | null | undefined

const formats = new Map<string, Intl.DateTimeFormat>()

function dateFormat(options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const key = formatLocale() + JSON.stringify(options)
  const known = formats.get(key)
  if (known)
    return known
  const made = new Intl.DateTimeFormat(formatLocale(), options)
  formats.set(key, made)
  return made
}

/** A day has no time zone; a moment is shown in the portal's. */
function write(value: Maybe<string>, options: Intl.DateTimeFormatOptions): string {
  if (!value)
    return NO_VALUE
  const isDay = /^\d{4}-\d{2}(-\d{2})?$/.test(value)
  const moment = new Date(isDay ? `${value.padEnd(10, '-01')}T00:00:00Z` : value)
  if (Number.isNaN(moment.getTime()))
    return NO_VALUE
  return ordinal(dateFormat({ ...options, timeZone: isDay ? 'UTC' : portalTimeZone() }).format(moment))
}

/** French writes the first of a month as an ordinal, which Intl leaves out. */
const ordinal = (date: string): string => formatLocale().startsWith('fr') ? date.replace(/(?<!\S)1(?=\s\p{L})/u, '1er') : date

/** 5 mars 2026; takes a day or a moment. */
export const formatDate = (value: Maybe<string>): string => write(value, { dateStyle: 'medium' })

/** Dimanche 5 mars 2026, at the head of a page. */
export const formatLongDate = (value: Maybe<string>): string =>
  write(value, { dateStyle: 'full' }).replace(/^\p{Ll}/u, letter => letter.toLocaleUpperCase(formatLocale()))

/** 05/03/2026. */
export const formatShortDate = (value: Maybe<string>): string =>
  write(value, { day: '2-digit', month: '2-digit', year: 'numeric' })

export const formatDateTime = (value: Maybe<string>): string => write(value, { dateStyle: 'medium', timeStyle: 'short' })

export const formatTime = (value: Maybe<string>): string => write(value, { timeStyle: 'short' })

/** A time on the wall, of no day and no zone: `08:30` is written 08:30 or 8:30 AM. */
export const formatClock = (time: string): string =>
  dateFormat({ timeStyle: 'short', timeZone: 'UTC' }).format(new Date(`2024-01-01T${time}Z`))

/** mars 2026; takes `2026-03` or a day. */
export const formatMonth = (value: Maybe<string>): string => write(value, { month: 'long', year: 'numeric' })

/** mars 26: for chart axes. */
export const formatShortMonth = (value: Maybe<string>): string => write(value, { month: 'short', year: '2-digit' })

/** 2026, mars 2026 or 5 mars – 2 avr. 2026: days from the first to the last. */
export function formatDays(from: string, to: string): string {
  const isToEndOfMonth = new Date(Date.parse(`${to}T00:00:00Z`) + 86_400_000).getUTCDate() === 1
  if (from.endsWith('-01') && isToEndOfMonth && from.slice(0, 7) === to.slice(0, 7))
    return formatMonth(from)
  if (from.endsWith('-01-01') && to === `${from.slice(0, 4)}-12-31`)
    return from.slice(0, 4)
  return ordinal(dateFormat({ dateStyle: 'medium', timeZone: 'UTC' }).formatRange(Date.parse(`${from}T00:00:00Z`), Date.parse(`${to}T00:00:00Z`)))
}

/** The same; nothing for a period without limits. */
export const formatPeriod = ({ from, to }: { readonly from: string | null, readonly to: string | null }): string =>
  from === null || to === null ? '' : formatDays(from, to)

/** The twelve month names, January first. */
export const monthNames = (): string[] =>
  Array.from({ length: 12 }, (_, month) => dateFormat({ month: 'long', timeZone: 'UTC' }).format(new Date(Date.UTC(2024, month, 1))))

/** The portal's calendar day of a moment, as `2026-03-05`. */
export function portalDay(moment: Date): string {
  const parts = new Intl.DateTimeFormat('en', { timeZone: portalTimeZone(), year: 'numeric', month: '2-digit', day: '2-digit' })
    .formatToParts(moment)
  const part = (type: string): string => parts.find(({ type: is }) => is === type)?.value ?? ''
  return `${part('year')}-${part('month')}-${part('day')}`
}

const steps: readonly (readonly [unit: Intl.RelativeTimeFormatUnit, ms: number])[] = [
  ['year', 31_557_600_000], ['month', 2_629_800_000], ['week', 604_800_000],
  ['day', 86_400_000], ['hour', 3_600_000], ['minute', 60_000],
]

/** il y a 3 heures, demain; in a column il y a 3 h. */
export function formatRelative(value: Maybe<string>, now: Date, style: 'long' | 'short' = 'long'): string {
  if (!value)
    return NO_VALUE
  const distance = new Date(value).getTime() - now.getTime()
  const [unit, ms] = steps.find(([, size]) => Math.abs(distance) >= size) ?? ['second', 1000]
  return new Intl.RelativeTimeFormat(formatLocale(), { numeric: 'auto', style }).format(Math.round(distance / ms), unit)
}
