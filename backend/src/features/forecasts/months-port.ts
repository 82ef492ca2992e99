import type { ForecastMetric } from '@comptoir/shared/forecasts/forecast.contract'
import type { Caller } from '../../platform/http/caller.ts'

export type Reader = Pick<Caller, 'portal' | 'viewer'>

export interface MonthValue { readonly month: string, readonly value: number | null }

/** A metric by month as the analytics tell it to this viewer. */
export interface MonthsPort {
  readonly readMonths: (reader: Reader, request: { readonly metric: ForecastMetric, readonly categoryId: number | null }) => Promise<{
    readonly unit: 'money' | 'count'
    readonly currency: string | null
    readonly months: readonly MonthValue[]
    readonly running: MonthValue
  }>
}
