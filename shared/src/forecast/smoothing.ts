import { minimiseBetween, minimiseInBox } from './minimise.ts'
import type { Numbers } from './numbers.ts'

/** A fitted exponential smoothing: where it stands at the end, and how well it went. */
export interface Smoothed {
  readonly alpha: number
  readonly beta: number
  readonly phi: number
  readonly level: number
  readonly trend: number
  /** Level before the first value: the optimum for these parameters, found by least squares. */
  readonly firstLevel: number
  /** Sum of squared one-step errors. */
  readonly squares: number
  /** Estimated quantities, the error's spread included. */
  readonly parameters: number
}

/** Simple exponential smoothing with the best first level for every alpha. */
export function simpleSmoothing(values: Numbers): Smoothed {
  const alpha = minimiseBetween(candidate => simpleSquares(values, candidate).squares, 1e-4, 0.9999)
  const { squares, firstLevel } = simpleSquares(values, alpha)
  let level = firstLevel
  for (let index = 0; index < values.length; index++)
    level += alpha * (values[index]! - level)
  return { alpha, beta: 0, phi: 1, level, trend: 0, firstLevel, squares, parameters: 3 }
}

/** The error at each step is linear in the first level, so its optimum needs no search. */
function simpleSquares(values: Numbers, alpha: number): { squares: number, firstLevel: number } {
  let level = 0
  let weight = 1
  let errors = 0
  let cross = 0
  let weights = 0
  for (let index = 0; index < values.length; index++) {
    const error = values[index]! - level
    errors += error * error
    cross += error * weight
    weights += weight * weight
    level += alpha * error
    weight *= 1 - alpha
  }
  return { squares: Math.max(0, errors - cross * cross / weights), firstLevel: cross / weights }
}

/** Holt's linear trend; damped when `phi` may be below one. First level and trend are solved, not searched. */
export function trendSmoothing(values: Numbers, { isDamped, evaluations = 60 }: { isDamped: boolean, evaluations?: number }): Smoothed {
  const states = new Float64Array(6)
  const cost = (point: Float64Array): number => trendSquares(values, point[0]!, point[0]! * point[1]!, isDamped ? point[2]! : 1, states)
  const bounds = [
    { low: 1e-4, high: 0.9999, start: 0.5 },
    { low: 1e-4, high: 0.9999, start: 0.1 },
    ...isDamped ? [{ low: 0.8, high: 0.98, start: 0.93 }] : [],
  ]
  const best = minimiseInBox(cost, bounds, { evaluations })
  const squares = cost(best)
  return {
    alpha: best[0]!, beta: best[0]! * best[1]!, phi: isDamped ? best[2]! : 1,
    level: states[0]!, trend: states[1]!, firstLevel: states[2]!, squares, parameters: isDamped ? 6 : 5,
  }
}

/**
 * Squared errors with the least-squares first level and trend. Three recursions run side by side: the answer to the data
 * from rest, to a first level of one, and to a first trend of one; the errors are their linear combination.
 */
function trendSquares(values: Numbers, alpha: number, beta: number, phi: number, states: Float64Array): number {
  let level = 0, trend = 0, levelOfLevel = 1, trendOfLevel = 0, levelOfTrend = 0, trendOfTrend = 1
  let yy = 0, yp = 0, yq = 0, pp = 0, pq = 0, qq = 0
  for (let index = 0; index < values.length; index++) {
    const y = values[index]! - level - phi * trend
    const p = levelOfLevel + phi * trendOfLevel
    const q = levelOfTrend + phi * trendOfTrend
    yy += y * y
    yp += y * p
    yq += y * q
    pp += p * p
    pq += p * q
    qq += q * q
    level += phi * trend + alpha * y
    trend = phi * trend + beta * y
    levelOfLevel = p - alpha * p
    trendOfLevel = phi * trendOfLevel - beta * p
    levelOfTrend = q - alpha * q
    trendOfTrend = phi * trendOfTrend - beta * q
  }
  const determinant = pp * qq - pq * pq
  const isSolvable = determinant > 1e-12 * pp * qq
  const firstLevel = isSolvable ? (yp * qq - yq * pq) / determinant : yp / pp
  const firstTrend = isSolvable ? (yq * pp - yp * pq) / determinant : 0
  states[0] = level + firstLevel * levelOfLevel + firstTrend * levelOfTrend
  states[1] = trend + firstLevel * trendOfLevel + firstTrend * trendOfTrend
  states[2] = firstLevel
  return Math.max(0, yy - firstLevel * yp - firstTrend * yq)
}

export function extend({ level, trend, phi }: Pick<Smoothed, 'level' | 'trend' | 'phi'>, horizon: number): Float64Array {
  const ahead = new Float64Array(horizon)
  let damping = 0
  for (let step = 0; step < horizon; step++) {
    damping = phi * (1 + damping)
    ahead[step] = level + damping * trend
  }
  return ahead
}
