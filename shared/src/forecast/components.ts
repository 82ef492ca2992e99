import { adjusted, type Season } from './season.ts'
import { simpleSmoothing } from './smoothing.ts'
import type { Numbers } from './numbers.ts'

/** Why a forecast is what it is: at every step `level + trend[step] + season[step]` is the point. */
export interface Components {
  /** Where the series stands now, without its season. */
  readonly level: number
  readonly trend: readonly number[]
  readonly season: readonly number[]
  /** Factors of the season by position from the first value; null where the series has none. */
  readonly factors: { readonly kind: 'multiplicative' | 'additive', readonly values: readonly number[] } | null
}

export function componentsOf(values: Numbers, points: Numbers, season: Season): Components {
  const { level } = simpleSmoothing(adjusted(values, season))
  const plain = Array.from(points, (point, step) => {
    const factor = season.factors[(values.length + step) % season.period]!
    return season.kind === 'none' ? point : season.kind === 'multiplicative' ? point / factor : point - factor
  })
  return {
    level,
    trend: plain.map(value => value - level),
    season: plain.map((value, step) => points[step]! - value),
    factors: season.kind === 'none' ? null : { kind: season.kind, values: Array.from(season.factors) },
  }
}

/** A forecast of one moment, taken apart. */
export interface TakenApart { readonly point: number, readonly level: number, readonly trend: number, readonly season: number }
export interface Change { readonly total: number, readonly level: number, readonly trend: number, readonly season: number }

/** What changed between two forecasts of the same moment; the parts add up to the whole. */
export function explainChange(before: TakenApart, after: TakenApart): Change {
  const level = after.level - before.level
  const trend = after.trend - before.trend
  return { total: after.point - before.point, level, trend, season: after.point - before.point - level - trend }
}
