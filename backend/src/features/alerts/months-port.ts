import type { MonthValue } from '@comptoir/shared/alerts/month-value'
import type { WatchMetric, WatchUnit } from '@comptoir/shared/alerts/watch-metrics'
import type { Caller } from '../../platform/http/caller.ts'

export type Reader = Pick<Caller, 'portal' | 'viewer'>

export interface WatchedMonths {
  readonly unit: WatchUnit
  readonly currency: string | null
  /** Whole months, oldest first. */
  readonly months: readonly MonthValue[]
  /** What the running month has come to so far, where that is known. */
  readonly running?: MonthValue
}

/** A figure by whole months, within the rights of the reader. */
export interface WatchedMonthsPort {
  readonly readWatched: (reader: Reader, request: { readonly metric: WatchMetric, readonly categoryId: number | null, readonly segmentId?: string | null }) => Promise<WatchedMonths>
}
