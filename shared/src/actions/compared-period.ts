import { addDays, addMonths, dayAt } from '../insights/calendar.ts'
import { isBound, resolvePeriod, type BoundRange, type Clock, type PeriodChoice } from '../insights/period.ts'

/** The same days a year before; of a period that still runs, only the part that has passed. Null without limits. */
export function yearBefore(choice: PeriodChoice, clock: Clock): BoundRange | null {
  const range = resolvePeriod(choice, clock)
  if (!isBound(range))
    return null
  const tomorrow = addDays(dayAt(clock.now, clock.timeZone), 1)
  const to = choice.period !== 'custom' && tomorrow < range.to ? tomorrow : range.to
  return { from: addMonths(range.from, -12), to: addMonths(to, -12) }
}
