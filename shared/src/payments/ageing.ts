import { daysBetween, type Day } from '../insights/calendar.ts'

export const ageingBuckets = ['not_due', 'days_1_30', 'days_31_60', 'days_61_90', 'days_over_90'] as const
export type AgeingBucket = (typeof ageingBuckets)[number]

export function bucketOf(dueOn: Day, today: Day): AgeingBucket {
  const late = daysBetween(dueOn, today)
  if (late <= 0)
    return 'not_due'
  return late <= 30 ? 'days_1_30' : late <= 60 ? 'days_31_60' : late <= 90 ? 'days_61_90' : 'days_over_90'
}

export interface AgedAmount {
  readonly dueOn: Day
  /** Null in a currency without rate: counted, never summed. */
  readonly amountBaseMinor: number | null
}

export interface AgeingLine {
  readonly bucket: AgeingBucket
  readonly amountMinor: number
  readonly count: number
  readonly unpricedCount: number
}

/** What falls due on one day, added up. */
export interface AgedDay {
  readonly dueOn: Day
  readonly amountMinor: number
  readonly count: number
  readonly unpricedCount: number
}

/** All buckets, the empty ones too, in their order. */
export function ageingOfDays(days: readonly AgedDay[], today: Day): AgeingLine[] {
  return ageingBuckets.map((bucket) => {
    const inside = days.filter(({ dueOn }) => bucketOf(dueOn, today) === bucket)
    const sumOf = (field: 'amountMinor' | 'count' | 'unpricedCount'): number => inside.reduce((sum, day) => sum + day[field], 0)
    return { bucket, amountMinor: sumOf('amountMinor'), count: sumOf('count'), unpricedCount: sumOf('unpricedCount') }
  })
}

export const ageing = (amounts: readonly AgedAmount[], today: Day): AgeingLine[] => ageingOfDays(amounts.map(({ dueOn, amountBaseMinor }) =>
  ({ dueOn, amountMinor: amountBaseMinor ?? 0, count: 1, unpricedCount: amountBaseMinor === null ? 1 : 0 })), today)
