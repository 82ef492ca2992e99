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

/** All buckets, the empty ones too, in their order. */
export function ageing(amounts: readonly AgedAmount[], today: Day): AgeingLine[] {
  return ageingBuckets.map((bucket) => {
    const inside = amounts.filter(({ dueOn }) => bucketOf(dueOn, today) === bucket)
    return {
      bucket,
      amountMinor: inside.reduce((sum, { amountBaseMinor }) => sum + (amountBaseMinor ?? 0), 0),
      count: inside.length,
      unpricedCount: inside.filter(({ amountBaseMinor }) => amountBaseMinor === null).length,
    }
  })
}
