import { aicc } from './criterion.ts'
import { minimiseInBox } from './minimise.ts'
import { lineThrough, mean, type Numbers } from './numbers.ts'
import type { Season } from './season.ts'
import { extend } from './smoothing.ts'

interface SeasonalFit { readonly score: number, readonly ahead: Float64Array, readonly form: SeasonalForm }

/** Names of Hyndman's taxonomy: error, trend, season. The multiplicative ones are fitted as additive ones of the logarithm. */
export type SeasonalForm = 'ANA' | 'AAdA' | 'MNM' | 'MAdM'

/** Exponential smoothing whose season may change: level, damped trend and season learn together; the form by AICc. */
export function seasonalSmoothing(values: Numbers, season: Season, horizon: number): SeasonalFit | null {
  if (season.kind === 'none' || values.length < 2 * season.period + 4)
    return null
  const fits = [fit(values, additiveFactors(values, season), horizon, { isDamped: false, isLog: false }), fit(values, additiveFactors(values, season), horizon, { isDamped: true, isLog: false })]
  if (season.kind === 'multiplicative') {
    const logs = Float64Array.from(values, Math.log)
    const factors = season.factors.map(Math.log)
    fits.push(fit(logs, factors, horizon, { isDamped: false, isLog: true }), fit(logs, factors, horizon, { isDamped: true, isLog: true }))
  }
  return fits.reduce((best, next) => next.score < best.score ? next : best)
}

function additiveFactors(values: Numbers, { kind, factors }: Season): Float64Array {
  const level = mean(values)
  return kind === 'multiplicative' ? factors.map(factor => level * (factor - 1)) : factors
}

function fit(values: Numbers, firstSeason: Float64Array, horizon: number, { isDamped, isLog }: { isDamped: boolean, isLog: boolean }): SeasonalFit {
  const period = firstSeason.length
  const season = firstSeason.slice()
  const count = values.length
  const start = lineThrough(Float64Array.from({ length: Math.min(count, 2 * period) }, (_, index) => values[index]! - firstSeason[index % period]!))
  let level = 0
  let trend = 0
  const cost = (point: Float64Array): number => {
    const alpha = point[0]!
    const gamma = point[1]! * (1 - alpha)
    const beta = isDamped ? point[2]! * alpha : 0
    const phi = isDamped ? point[3]! : 0
    season.set(firstSeason)
    level = isDamped ? start.intercept - start.slope : start.intercept
    trend = isDamped ? start.slope : 0
    let squares = 0
    for (let index = 0, position = 0; index < count; index++, position = position + 1 === period ? 0 : position + 1) {
      const error = values[index]! - level - phi * trend - season[position]!
      squares += error * error
      level += phi * trend + alpha * error
      trend = phi * trend + beta * error
      season[position]! += gamma * error
    }
    return squares
  }
  const bounds = [
    { low: 0.01, high: 0.99, start: 0.3 },
    { low: 0, high: 0.9, start: 0.05 },
    ...isDamped ? [{ low: 0.0001, high: 0.99, start: 0.1 }, { low: 0.8, high: 0.98, start: 0.95 }] : [],
  ]
  const best = minimiseInBox(cost, bounds, { evaluations: isDamped ? 60 : 40, tolerance: 1e-4 })
  const squares = cost(best)
  const ahead = extend({ level, trend, phi: isDamped ? best[3]! : 1 }, horizon).map((value, step) => value + season[(count + step) % period]!)
  // The logarithm stretches the errors: its Jacobian makes both scales comparable.
  const stretch = isLog ? 2 * mean(values) * count : 0
  return {
    score: aicc(squares, count, period + 2 + bounds.length) + stretch,
    ahead: isLog ? ahead.map(Math.exp) : ahead,
    form: isLog ? isDamped ? 'MAdM' : 'MNM' : isDamped ? 'AAdA' : 'ANA',
  }
}
