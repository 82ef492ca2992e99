import { daysBetween, type Day } from '../insights/calendar.ts'

/** Credit notes stand apart: they are no debt of any age, and would make what is late look less. */
export const ageingBuckets = ['not_due', 'days_1_30', 'days_31_60', 'days_61_90', 'days_over_90', 'credits'] as const
export type AgeingBucket = (typeof ageingBuckets)[number]

export function bucketOf({ dueOn, isCredit }: { readonly dueOn: Day, readonly isCredit: boolean }, today: Day): AgeingBucket {
  if (isCredit)
    return 'credits'
  const late = daysBetween(dueOn, today)
  if (late <= 0)
    return 'not_due'
  return late <= 30 ? 'days_1_30' : late <= 60 ? 'days_31_60' : late <= 90 ? 'days_61_90' : 'days_over_90'
}

export interface AgeingLine {
  readonly bucket: AgeingBucket
  readonly amountMinor: number
  readonly count: number
  readonly unpricedCount: number
}

/** What falls due on one day, added up; credit notes by themselves. */
export interface AgedDay {
  readonly dueOn: Day
  readonly isCredit: boolean
  /** In the base currency; what has no rate is counted, never summed. */
  readonly amountMinor: number
  readonly count: number
  readonly unpricedCount: number
}

/** All buckets, the empty ones too, in their order. */
export function ageing(days: readonly AgedDay[], today: Day): AgeingLine[] {
  return ageingBuckets.map((bucket) => {
    const inside = days.filter(day => bucketOf(day, today) === bucket)
    const sumOf = (field: 'amountMinor' | 'count' | 'unpricedCount'): number => inside.reduce((sum, day) => sum + day[field], 0)
    return { bucket, amountMinor: sumOf('amountMinor'), count: sumOf('count'), unpricedCount: sumOf('unpricedCount') }
  })
}
