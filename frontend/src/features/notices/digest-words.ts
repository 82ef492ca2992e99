import { formatClock } from '../../platform/format/dates.ts'
import { formatLocale } from '../../platform/format/format.ts'

interface Item { readonly value: string, readonly label: string }

/** The days of the week, Monday first. */
export function weekdayItems(): Item[] {
  const format = new Intl.DateTimeFormat(formatLocale(), { weekday: 'long', timeZone: 'UTC' })
  return Array.from({ length: 7 }, (_, day) => ({ value: String(day + 1), label: format.format(new Date(Date.UTC(2024, 0, day + 1))) }))
}

export function hourItems(): Item[] {
  return Array.from({ length: 24 }, (_, hour) => ({ value: String(hour), label: formatClock(`${String(hour).padStart(2, '0')}:00`) }))
}
