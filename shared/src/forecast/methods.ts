import { autoregression } from './autoregression.ts'
import { aicc } from './criterion.ts'
import { dynamicTheta } from './dynamic-theta.ts'
import { croston, isIntermittent, teunterSyntetosBabai } from './intermittent.ts'
import { naive, seasonalNaive } from './naive.ts'
import { largest, quantileSorted, smallest, type Numbers } from './numbers.ts'
import { shrunkSeason, noSeason, adjusted, withSeason, type Season } from './season.ts'
import { seasonalSmoothing } from './seasonal-smoothing.ts'
import { extend, simpleSmoothing, trendSmoothing, type Smoothed } from './smoothing.ts'
import { theta } from './theta.ts'

export const members = ['theta', 'log_theta', 'dynamic_theta', 'damped', 'log_damped', 'ets', 'log_ets', 'ar', 'log_ar', 'seasonal_ets'] as const
export type Member = typeof members[number]
export const baselines = ['naive', 'seasonal_naive'] as const
export type Baseline = typeof baselines[number]

/** `combination`: the median of the members, step by step; `intermittent` takes its place where most values are nothing. */
export type Paths = Readonly<Partial<Record<Member | Baseline | 'combination' | 'intermittent', Float64Array>>>

/** What every method says about the values that follow a series of eight or more. */
export function allPaths(values: Float64Array, period: number, horizon: number, isRare = isIntermittent(values)): { readonly paths: Paths, readonly season: Season } {
  const simple = { naive: naive(values, horizon), seasonal_naive: seasonalNaive(values, period, horizon) }
  if (isRare)
    return { season: noSeason, paths: { ...simple, intermittent: medianPath([croston(values, horizon), teunterSyntetosBabai(values, horizon)]) } }
  const season = shrunkSeason(values, period)
  const plain = adjusted(values, season)
  const found: Partial<Record<Member, Float64Array>> = {}
  const put = (path: Float64Array) => withSeason(path, season, values.length)
  const raw = paths(plain, horizon)
  for (const [name, path] of Object.entries({ theta: raw.theta, dynamic_theta: dynamicTheta(plain, horizon), damped: raw.damped, ets: raw.ets, ar: raw.ar }))
    found[name as Member] = put(path)
  if (smallest(plain) > 0) {
    const logs = paths(plain.map(Math.log), horizon)
    for (const [name, path] of Object.entries({ log_theta: logs.theta, log_damped: logs.damped, log_ets: logs.ets, log_ar: logs.ar }))
      found[name as Member] = put(path.map(Math.exp))
  }
  const changing = seasonalSmoothing(values, season, horizon)
  if (changing)
    found.seasonal_ets = changing.ahead
  const kept = withinReason(found, values)
  return { season, paths: { ...kept, ...simple, combination: medianPath(Object.values(kept)) } }
}

function paths(values: Float64Array, horizon: number) {
  const damped = trendSmoothing(values, { isDamped: true })
  const fits = [simpleSmoothing(values), trendSmoothing(values, { isDamped: false }), damped]
  return { theta: theta(values, horizon), damped: extend(damped, horizon), ets: extend(leastCriterion(fits, values.length), horizon), ar: autoregression(values, horizon) }
}

function leastCriterion(fits: readonly Smoothed[], count: number): Smoothed {
  const score = (fit: Smoothed) => aicc(fit.squares, count, fit.parameters)
  return fits.reduce((best, fit) => score(fit) < score(best) ? fit : best)
}

/** A path that leaves what the data have ever been by a factor of five is no forecast: Theta's stands in for it. */
function withinReason(found: Partial<Record<Member, Float64Array>>, values: Numbers): Partial<Record<Member, Float64Array>> {
  const least = smallest(values)
  const most = largest(values)
  const [low, high] = least > 0 ? [least / 5, most * 5] : [least - 4 * (most - least), most + 4 * (most - least)]
  const isFine = (path: Float64Array) => path.every(value => value >= low && value <= high)
  const fallback = found.theta!.map(value => Number.isFinite(value) ? Math.min(high, Math.max(low, value)) : values[values.length - 1]!)
  return Object.fromEntries(Object.entries(found).map(([name, path]) => [name, isFine(path) ? path : fallback]))
}

export function medianPath(all: readonly Float64Array[]): Float64Array {
  const column = new Float64Array(all.length)
  return Float64Array.from(all[0]!, (_, step) => {
    for (let index = 0; index < all.length; index++)
      column[index] = all[index]![step]!
    return quantileSorted(column.sort(), 0.5)
  })
}
