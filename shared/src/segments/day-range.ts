import { addDays, type Day } from '../insights/calendar.ts'
import { calendarRange, type DayRange } from '../insights/period.ts'
import type { SpendPeriod } from './fields.ts'
import type { Operator, relativePeriods } from './operators.ts'
import type { Condition } from './rule.ts'

/** The calendar days `[from, to)` that a condition on a day lets through, as of today. */
export function dayRangeOf({ operator, values }: Pick<Condition, 'operator' | 'values'>, today: Day): DayRange {
  const [first = '', second = ''] = values
  return ranges[operator]?.({ first, second, today, tomorrow: addDays(today, 1) }) ?? { from: null, to: null }
}

interface Asked { readonly first: number | string, readonly second: number | string, readonly today: Day, readonly tomorrow: Day }

const ranges: Readonly<Partial<Record<Operator, (asked: Asked) => DayRange>>> = {
  on_or_after: ({ first }) => ({ from: String(first), to: null }),
  before: ({ first }) => ({ from: null, to: String(first) }),
  between: ({ first, second }) => ({ from: String(first), to: addDays(String(second), 1) }),
  last_days: ({ first, tomorrow }) => ({ from: addDays(tomorrow, -Number(first)), to: tomorrow }),
  next_days: ({ first, today }) => ({ from: today, to: addDays(today, Number(first)) }),
  older_than_days: ({ first, tomorrow }) => ({ from: null, to: addDays(tomorrow, -Number(first)) }),
  in_period: ({ first, today }) => calendarRange(first as (typeof relativePeriods)[number], today),
}

/** The months whose purchases a sum adds up. */
export const monthsOf = (period: SpendPeriod | undefined, today: Day): DayRange =>
  period === 'all' ? { from: null, to: null } : calendarRange(period ?? 'last_12_months', today)
