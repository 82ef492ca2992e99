import { addDays, type Day } from '../insights/calendar.ts'
import { calendarRange, type DayRange } from '../insights/period.ts'
import type { SpendPeriod } from './fields.ts'
import type { relativePeriods } from './operators.ts'
import type { Condition } from './rule.ts'

/** The calendar days `[from, to)` that a condition on a day lets through, as of today. */
export function dayRangeOf({ operator, values }: Pick<Condition, 'operator' | 'values'>, today: Day): DayRange {
  const [first, second] = values
  const tomorrow = addDays(today, 1)
  switch (operator) {
    case 'on_or_after': return { from: String(first), to: null }
    case 'before': return { from: null, to: String(first) }
    case 'between': return { from: String(first), to: addDays(String(second), 1) }
    case 'last_days': return { from: addDays(tomorrow, -Number(first)), to: tomorrow }
    case 'next_days': return { from: today, to: addDays(today, Number(first)) }
    case 'older_than_days': return { from: null, to: addDays(tomorrow, -Number(first)) }
    case 'in_period': return calendarRange(first as (typeof relativePeriods)[number], today)
    default: return { from: null, to: null }
  }
}

/** The months whose purchases a sum adds up. */
export const monthsOf = (period: SpendPeriod | undefined, today: Day): DayRange =>
  period === 'all' ? { from: null, to: null } : calendarRange(period ?? 'last_12_months', today)
