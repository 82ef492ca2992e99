import { fillGaps } from '../forecast/gaps.ts'
import { allPaths } from '../forecast/methods.ts'
import { median } from '../forecast/numbers.ts'

export interface Band {
  readonly expected: number
  readonly low: number
  readonly high: number
  /** How far the value lies from what was expected, in robust standard deviations. */
  readonly score: number
  /** How likely a value as far out is by chance alone. */
  readonly chance: number
}

const season = 12
/** A forecast needs eight values; fewer residuals than six tell nothing of how wide they usually are. */
const fewestBefore = 8
const fewestResiduals = 6
/** Residuals older than this speak of another time. */
const remembered = 24
/** Beyond 3.5 robust deviations (Iglewicz and Hoaglin). Every false alarm widens it by half a deviation, up to 6. */
const usualLimit = 3.5
const widestLimit = 6
/** What has never moved would ring for a penny: a deviation is a thousandth of what is expected at least. */
const narrowest = 0.001

/**
 * Where the last value of a series should have been: the forecast from the values before it, and the median and MAD of
 * what such forecasts missed before. Null where too little is known.
 */
export function expectedBand(series: readonly (number | null)[], falseAlarms = 0): Band | null {
  const last = series.at(-1)
  const { values, gaps } = fillGaps(series.slice(0, -1), season)
  if (last === null || last === undefined || values.length < fewestBefore + fewestResiduals)
    return null
  const residuals = pastResiduals(values)
  const centre = median(residuals)
  const expected = nextOf(values, gaps.trailing + 1) + centre
  const spread = Math.max(deviation(residuals, centre), narrowest * Math.abs(expected))
  const limit = Math.min(widestLimit, usualLimit + 0.5 * falseAlarms)
  const score = last === expected ? 0 : (last - expected) / spread
  return { expected, low: expected - limit * spread, high: expected + limit * spread, score, chance: twoSided(score) }
}

function pastResiduals(values: Float64Array): Float64Array {
  const first = Math.max(fewestBefore, values.length - remembered)
  return Float64Array.from({ length: values.length - first }, (_, index) => values[first + index]! - nextOf(values.subarray(0, first + index)))
}

function nextOf(values: Float64Array, ahead = 1): number {
  const { paths } = allPaths(values, season, ahead)
  return (paths.combination ?? paths.intermittent ?? paths.naive)![ahead - 1]!
}

/** 1 / 0.6745: a MAD as a standard deviation. Where more than half are equal, the mean distance takes its place. */
function deviation(residuals: Float64Array, centre: number): number {
  const distances = residuals.map(residual => Math.abs(residual - centre))
  const mad = median(distances)
  return mad > 0 ? mad / 0.6745 : 1.253314 * distances.reduce((sum, distance) => sum + distance, 0) / distances.length
}

/** Twice the tail of the normal distribution (Abramowitz and Stegun 7.1.26). */
function twoSided(score: number): number {
  const x = Math.abs(score) / Math.SQRT2
  const t = 1 / (1 + 0.3275911 * x)
  const polynomial = t * (0.254829592 + t * (-0.284496736 + t * (1.421413741 + t * (-1.453152027 + t * 1.061405429))))
  return Math.max(0, polynomial * Math.exp(-x * x))
}

/**
 * Which of several findings stand although there were many chances to be wrong (Benjamini and Hochberg): at most
 * `rate` of those that ring are expected to be chance.
 */
export function standing(chances: readonly number[], rate = 0.1): readonly boolean[] {
  const ordered = chances.toSorted((a, b) => a - b)
  const passed = ordered.findLastIndex((chance, rank) => chance <= rate * (rank + 1) / ordered.length)
  const limit = passed < 0 ? -1 : ordered[passed]!
  return chances.map(chance => chance <= limit)
}
