import { addMonths, startOfMonth, startOfYear, type Day } from '../insights/calendar.ts'

export const spendPeriods = ['12-months', 'this-year', 'last-year', 'all'] as const
export type SpendPeriodName = (typeof spendPeriods)[number]

/** Whole months, both ends included, as 'YYYY-MM'; null = without end on that side. */
export interface SpendPeriod {
  readonly from: string | null
  readonly to: string | null
}

const monthOf = (day: Day): string => day.slice(0, 7)
const firstDay = (month: string): Day => `${month}-01`

/** The months a named period covers on a day of the portal's calendar. The running month counts. */
export function spendPeriod(name: SpendPeriodName, today: Day): SpendPeriod {
  const year = startOfYear(today)
  switch (name) {
    case '12-months': return { from: monthOf(addMonths(startOfMonth(today), -11)), to: monthOf(today) }
    case 'this-year': return { from: monthOf(year), to: monthOf(today) }
    case 'last-year': return { from: monthOf(addMonths(year, -12)), to: monthOf(addMonths(year, -1)) }
    case 'all': return { from: null, to: null }
  }
}

/** The same as calendar days `[from, to)`. */
export const daysOfPeriod = ({ from, to }: SpendPeriod): { from: Day | null, to: Day | null } =>
  ({ from: from === null ? null : firstDay(from), to: to === null ? null : addMonths(firstDay(to), 1) })

/** Every month from one to the other: a month without purchases has its place on the axis. */
export function monthsBetween(from: string, to: string): readonly string[] {
  const months: string[] = []
  for (let day = firstDay(from); monthOf(day) <= to; day = addMonths(day, 1))
    months.push(monthOf(day))
  return months
}
