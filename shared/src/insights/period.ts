import { AppError } from '../errors.ts'
import { addDays, addMonths, dayAt, daysBetween, isDay, monthsBetween, startOfDay, startOfMonth, startOfQuarter, startOfYear, type Day } from './calendar.ts'

export const periodKinds = [
  'last_7_days', 'last_30_days', 'this_month', 'last_month', 'this_quarter', 'last_quarter', 'this_year', 'last_year',
  'last_3_months', 'last_6_months', 'last_12_months', 'all', 'custom',
] as const
export type PeriodKind = (typeof periodKinds)[number]

/** What a person chose. `from` and `to` are for `custom` alone; both days are included. */
export interface PeriodChoice {
  readonly period: PeriodKind
  readonly from?: Day
  readonly to?: Day
}

/** Calendar days `[from, to)` of the portal. null: without limit on that side. */
export interface DayRange {
  readonly from: Day | null
  readonly to: Day | null
}

export interface BoundRange extends DayRange {
  readonly from: Day
  readonly to: Day
}

export interface Clock {
  readonly now: Date
  readonly timeZone: string
}

const DAYS_AT_MOST = 40_000

/** @throws AppError request.invalid for a custom period without two days in order. */
export function resolvePeriod(choice: PeriodChoice, { now, timeZone }: Clock): DayRange {
  if (choice.period === 'all')
    return { from: null, to: null }
  if (choice.period === 'custom')
    return customRange(choice)
  return calendarRange(choice.period, dayAt(now, timeZone))
}

function customRange({ from, to }: PeriodChoice): BoundRange {
  if (!from || !to || !isDay(from) || !isDay(to) || from > to || daysBetween(from, to) > DAYS_AT_MOST)
    throw new AppError('request.invalid', { details: { reason: 'period', from: from ?? null, to: to ?? null } })
  return { from, to: addDays(to, 1) }
}

/** The calendar period that a day lies in, or the one before it. */
export function calendarRange(kind: Exclude<PeriodKind, 'all' | 'custom'>, today: Day): BoundRange {
  const months = (from: Day, count: number): BoundRange => ({ from, to: addMonths(from, count) })
  switch (kind) {
    case 'last_7_days': return { from: addDays(today, -6), to: addDays(today, 1) }
    case 'last_30_days': return { from: addDays(today, -29), to: addDays(today, 1) }
    case 'this_month': return months(startOfMonth(today), 1)
    case 'last_month': return months(addMonths(startOfMonth(today), -1), 1)
    case 'this_quarter': return months(startOfQuarter(today), 3)
    case 'last_quarter': return months(addMonths(startOfQuarter(today), -3), 3)
    case 'this_year': return months(startOfYear(today), 12)
    case 'last_year': return months(addMonths(startOfYear(today), -12), 12)
    case 'last_3_months': return months(addMonths(startOfMonth(today), -2), 3)
    case 'last_6_months': return months(addMonths(startOfMonth(today), -5), 6)
    case 'last_12_months': return months(addMonths(startOfMonth(today), -11), 12)
  }
}

const monthsOf: Partial<Record<PeriodKind, number>> = {
  this_month: 1, last_month: 1, this_quarter: 3, last_quarter: 3, this_year: 12, last_year: 12,
  last_3_months: 3, last_6_months: 6, last_12_months: 12,
}

/**
 * What a period is compared with: the one before, of the same length. A period that still runs is compared
 * with the same part of the one before, so that three weeks are never set against a whole month.
 */
export function previousPeriod(choice: PeriodChoice, clock: Clock): BoundRange | null {
  const range = resolvePeriod(choice, clock)
  if (!isBound(range))
    return null
  const months = monthsOf[choice.period] ?? wholeMonths(range)
  const earlier = (day: Day): Day => months === null ? addDays(day, -daysBetween(range.from, range.to)) : addMonths(day, -months)
  const today = dayAt(clock.now, clock.timeZone)
  const isRunning = today >= range.from && today < addDays(range.to, -1)
  return { from: earlier(range.from), to: isRunning ? addDays(earlier(today), 1) : range.from }
}

/** Chosen from the first of a month to the end of one: a third quarter is compared with the second, though that is a day shorter. */
const wholeMonths = ({ from, to }: BoundRange): number | null =>
  from === startOfMonth(from) && to === startOfMonth(to) ? monthsBetween(from, to) : null

export const isBound = (range: DayRange): range is BoundRange => range.from !== null && range.to !== null

export const isInRange = (day: Day, { from, to }: DayRange): boolean =>
  (from === null || day >= from) && (to === null || day < to)

/** The moments a range stands for: `[from, to)` in the portal's zone. */
export function instantsOf({ from, to }: DayRange, timeZone: string): { from: Date | null, to: Date | null } {
  const instant = (day: Day | null): Date | null => day === null ? null : startOfDay(day, timeZone)
  return { from: instant(from), to: instant(to) }
}

/** A range as whole calendar months and the days before and after them: months are added up beforehand, days are read. */
export function splitMonths({ from, to }: DayRange): { months: DayRange | null, edges: BoundRange[] } {
  const first = from === null || from === startOfMonth(from) ? from : addMonths(startOfMonth(from), 1)
  const last = to === null ? to : startOfMonth(to)
  if (first !== null && last !== null && first >= last)
    return { months: null, edges: from !== null && to !== null ? [{ from, to }] : [] }
  const edges = [{ from, to: first }, { from: last, to }].filter(isBound).filter(edge => edge.from < edge.to)
  return { months: { from: first, to: last }, edges }
}
