import { addDays, startOfMonth, type Day } from '../insights/calendar.ts'
import { easterSunday, frenchHolidayOn } from './french-holidays.ts'

/** Answers for a day whether work is done on it; `company-days.ts` makes one of what a company says. */
export type Calendar = (day: Day) => boolean

export const isWeekend = (day: Day): boolean => [0, 6].includes(new Date(`${day}T00:00:00Z`).getUTCDay())

/** « Jour ouvré » in France: Monday to Friday, no national holiday. */
export const isFrenchBusinessDay: Calendar = day => !isWeekend(day) && frenchHolidayOn(day) === null

/** A day on which euro transfers between banks are settled (TARGET): fewer holidays than the French ones. */
export const isTargetDay: Calendar = day => !isWeekend(day) && !isTargetHoliday(day)

function isTargetHoliday(day: Day): boolean {
  if (['01-01', '05-01', '12-25', '12-26'].includes(day.slice(5)))
    return true
  const easter = easterSunday(Number(day.slice(0, 4)))
  return day === addDays(easter, -2) || day === addDays(easter, 1)
}

export const adjustments = ['none', 'following', 'preceding', 'modified_following'] as const
export type Adjustment = (typeof adjustments)[number]

/** A calendar that is closed for ever must not hang its caller. */
const farthest = 400

function step(day: Day, direction: 1 | -1, isOpen: Calendar): Day {
  let candidate = day
  for (let steps = 0; steps < farthest && !isOpen(candidate); steps++)
    candidate = addDays(candidate, direction)
  return candidate
}

export const nextBusinessDay = (day: Day, isOpen: Calendar = isFrenchBusinessDay): Day => step(day, 1, isOpen)
export const previousBusinessDay = (day: Day, isOpen: Calendar = isFrenchBusinessDay): Day => step(day, -1, isOpen)

/** « Jour ouvré suivant » or « précédent »; modified: the following one, unless it lies in the next month. */
export function adjustDay(day: Day, adjustment: Adjustment, isOpen: Calendar = isFrenchBusinessDay): Day {
  switch (adjustment) {
    case 'none': return day
    case 'preceding': return previousBusinessDay(day, isOpen)
    case 'following': return nextBusinessDay(day, isOpen)
    case 'modified_following': {
      const following = nextBusinessDay(day, isOpen)
      return startOfMonth(following) === startOfMonth(day) ? following : previousBusinessDay(day, isOpen)
    }
  }
}

/** Counts open days only; zero gives the day itself, or the next open one. */
export function addBusinessDays(day: Day, count: number, isOpen: Calendar = isFrenchBusinessDay): Day {
  const direction = count < 0 ? -1 : 1
  let reached = step(day, direction, isOpen)
  for (let left = Math.abs(count); left > 0; left--)
    reached = step(addDays(reached, direction), direction, isOpen)
  return reached
}
