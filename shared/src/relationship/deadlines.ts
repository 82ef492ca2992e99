import { addDays, addMonths, daysBetween, startOfMonth, startOfWeek, type Day } from '../insights/calendar.ts'

export const deadlineKinds = ['contract.notice', 'contract.end', 'contract.renewal', 'document.expiry', 'payment.due'] as const
export type DeadlineKind = (typeof deadlineKinds)[number]

/** How near a day is: past, within a week, within a month, later. */
export const nearnesses = ['past', 'week', 'month', 'later'] as const
export type Nearness = (typeof nearnesses)[number]

export function nearness(dueOn: Day, today: Day): Nearness {
  const days = daysBetween(today, dueOn)
  if (days < 0)
    return 'past'
  return days <= 7 ? 'week' : days <= 30 ? 'month' : 'later'
}

/** The weeks that a month's sheet shows, Monday first, filled with the neighbours' days. */
export function monthSheet(month: Day): readonly (readonly Day[])[] {
  const first = startOfMonth(month)
  const next = addMonths(first, 1)
  const weeks: Day[][] = []
  for (let monday = startOfWeek(first); monday < next; monday = addDays(monday, 7))
    weeks.push(Array.from({ length: 7 }, (_, day) => addDays(monday, day)))
  return weeks
}

/** Where a key of the grid leads from a day; null for a key that leads nowhere. */
export function dayByKey(day: Day, key: string, isRightToLeft = false): Day | null {
  const forward = isRightToLeft ? -1 : 1
  switch (key) {
    case 'ArrowRight': return addDays(day, forward)
    case 'ArrowLeft': return addDays(day, -forward)
    case 'ArrowDown': return addDays(day, 7)
    case 'ArrowUp': return addDays(day, -7)
    case 'Home': return startOfWeek(day)
    case 'End': return addDays(startOfWeek(day), 6)
    case 'PageUp': return addMonths(day, -1)
    case 'PageDown': return addMonths(day, 1)
    default: return null
  }
}
