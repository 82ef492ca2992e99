import { adjusted, withSeason, type Season } from './season.ts'
import type { Numbers } from './numbers.ts'

export const naive = (values: Numbers, horizon: number): Float64Array => new Float64Array(horizon).fill(values[values.length - 1]!)

export function seasonalNaive(values: Numbers, period: number, horizon: number): Float64Array {
  if (values.length < period)
    return naive(values, horizon)
  return Float64Array.from({ length: horizon }, (_, step) => values[values.length - period + step % period]!)
}

/** The M competitions' yardstick: the last value, with the season taken off and put back. */
export const naive2 = (values: Numbers, season: Season, horizon: number): Float64Array =>
  withSeason(naive(adjusted(values, season), horizon), season, values.length)
