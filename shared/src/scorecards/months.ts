import { addDays, addMonths, startOfMonth, type Day } from '../insights/calendar.ts'
import { sumOf } from './measure.ts'
import type { Criteria } from './criteria.ts'

export interface MonthScore {
  /** First day of the month. */
  readonly month: Day
  readonly score: number | null
}

/** First and last day of a month: a month is judged by what was known at its end. */
export const monthPeriod = (day: Day): { from: Day, asOf: Day } => {
  const from = startOfMonth(day)
  return { from, asOf: addDays(addMonths(from, 1), -1) }
}

/** Something happened in the month. Papers alone are a state, not an event. */
export const isActive = (criteria: Criteria): boolean =>
  Object.entries(criteria).some(([id, { raw }]) => id !== 'compliance' && raw !== null)

const monthNumber = (day: Day): number => Number(day.slice(0, 4)) * 12 + Number(day.slice(5, 7))

/** Months weigh half as much every half-life; null where no month up to the as-of day has a score. */
export function scoreOverTime(months: readonly MonthScore[], asOf: Day, halfLifeMonths: number): number | null {
  const scored = months.filter(({ month, score }) => score !== null && month <= asOf)
  const weightOf = ({ month }: MonthScore): number => 2 ** (-(monthNumber(asOf) - monthNumber(month)) / halfLifeMonths)
  const weight = sumOf(scored, weightOf)
  return weight > 0 ? sumOf(scored, month => weightOf(month) * month.score!) / weight : null
}
