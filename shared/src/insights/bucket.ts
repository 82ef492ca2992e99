import { addDays, addMonths, daysBetween, startOfMonth, startOfQuarter, startOfWeek, startOfYear, type Day } from './calendar.ts'
import type { BoundRange } from './period.ts'

export const bucketKinds = ['day', 'week', 'month', 'quarter', 'year'] as const
export type BucketKind = (typeof bucketKinds)[number]

const starts: Record<BucketKind, (day: Day) => Day> = {
  day: day => day,
  week: startOfWeek,
  month: startOfMonth,
  quarter: startOfQuarter,
  year: startOfYear,
}

const nexts: Record<BucketKind, (start: Day) => Day> = {
  day: start => addDays(start, 1),
  week: start => addDays(start, 7),
  month: start => addMonths(start, 1),
  quarter: start => addMonths(start, 3),
  year: start => addMonths(start, 12),
}

export const bucketOf = (day: Day, kind: BucketKind): Day => starts[kind](day)

/** Whole pieces of the calendar, cut at the range's ends: together they are the range, without gap or overlap. */
export function bucketsOf(range: BoundRange, kind: BucketKind): BoundRange[] {
  const buckets: BoundRange[] = []
  let start = bucketOf(range.from, kind)
  while (start < range.to) {
    const next = nexts[kind](start)
    buckets.push({ from: start < range.from ? range.from : start, to: next > range.to ? range.to : next })
    start = next
  }
  return buckets
}

/** More pieces than this nobody reads. */
const mostPieces = 120
const shortest: Record<BucketKind, number> = { day: 1, week: 7, month: 28, quarter: 90, year: 365 }

/** Few enough points to read, enough to see a course; the step that was asked for, where it is not too fine. */
export function bucketFor(range: BoundRange, step?: BucketKind): BucketKind {
  const days = daysBetween(range.from, range.to)
  if (step && days / shortest[step] <= mostPieces)
    return step
  if (days <= 31)
    return 'day'
  if (days <= 62)
    return 'week'
  if (days <= 3 * 366)
    return 'month'
  return days <= 12 * 366 ? 'quarter' : 'year'
}
