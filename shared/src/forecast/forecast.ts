import { chooseMethod, type Method } from './choice.ts'
import { componentsOf, type Components } from './components.ts'
import { fillGaps, type Gaps } from './gaps.ts'
import { errorSpread, halfWidths, pastCoverage, type Coverage } from './intervals.ts'
import { allPaths, baselines, members, type Member } from './methods.ts'
import { largest, mean, smallest, type Numbers } from './numbers.ts'
import { fewestReplays, fewestValues, pastError, replay, type PastError, type Replay } from './rolling-origin.ts'
import type { Season } from './season.ts'

export interface ForecastOptions {
  /** Values in a season: 12 for months, 4 for quarters, 1 for none. */
  readonly period: number
  /** How many values ahead. */
  readonly horizon: number
  /** Percentages of the intervals. */
  readonly levels?: readonly number[]
  /** For counts and amounts that cannot be below nothing. */
  readonly isNonNegative?: boolean
}

export interface Interval { readonly level: number, readonly lower: readonly number[], readonly upper: readonly number[] }

export interface PastErrors {
  /** How many past moments were replayed; each knows only what came before it. */
  readonly origins: number
  readonly byMethod: Readonly<Partial<Record<Method, PastError>>>
  /** Whether the method in use had a smaller mean absolute error than repeating the last value. Null: nothing to replay. */
  readonly isBetterThanNaive: boolean | null
  readonly coverage: readonly Coverage[]
}

/** In the unit of the series; one entry per step after its end, be its last values known or not. */
export interface Forecast {
  readonly refusal: null
  readonly points: readonly number[]
  readonly intervals: readonly Interval[]
  readonly method: Method
  /** What every other method says of the same steps. */
  readonly paths: Readonly<Partial<Record<Method, readonly number[]>>>
  readonly members: readonly Member[]
  readonly pastErrors: PastErrors
  readonly components: Components
  readonly gaps: Gaps
}

/** Nothing is forecast, and why; what can be said of the values is. */
export interface Refusal {
  readonly refusal: 'too_short' | 'too_many_gaps'
  readonly known: number
  readonly needed: number
  readonly mean: number | null
  readonly range: readonly [number, number] | null
}

/** More unknown values than one in four, and the filling would be the forecast. */
const mostGaps = 0.25

/**
 * What comes next, how sure that is, how well the same method did before, and why. Pure: no clock, no chance.
 * Unknown values are `null`; anything else that is not a finite number is a mistake of the caller.
 */
export function forecast(series: readonly (number | null)[], options: ForecastOptions): Forecast | Refusal {
  const { period, horizon, levels = [80, 95], isNonNegative = false } = checked(series, options)
  const { values, gaps } = fillGaps(series, period)
  if (values.length - gaps.filled < fewestValues)
    return refused('too_short', values, gaps)
  if (gaps.filled > mostGaps * values.length)
    return refused('too_many_gaps', values, gaps)
  const ahead = horizon + gaps.trailing
  const replayed = replay(values, period, ahead)
  const replays = replayed.length >= fewestReplays ? replayed : []
  const { paths, season } = allPaths(values, period, ahead)
  const method = replays.length > 0 ? chooseMethod(replays, values, period) : paths.combination ? 'combination' : 'intermittent'
  const floor = (value: number) => isNonNegative ? Math.max(0, value) : value
  const points = paths[method]!.map(floor)
  const components = componentsOf(values, points, seasonInUse(method, season))
  // Unknown last values are forecast on the way, and then left out: they are past.
  const toCome = (steps: Numbers): number[] => Array.from(steps).slice(gaps.trailing)
  return {
    refusal: null,
    points: toCome(points),
    intervals: intervalsOf(points, replays, method, { levels, isRelative: smallest(values) > 0, floor })
      .map(({ level, lower, upper }) => ({ level, lower: toCome(lower), upper: toCome(upper) })),
    method,
    paths: Object.fromEntries(Object.entries(paths).map(([name, path]) => [name, toCome(path.map(floor))])),
    members: members.filter(name => paths[name]),
    pastErrors: pastErrorsOf(replays, method, values, { period, levels }),
    components: { ...components, trend: toCome(components.trend), season: toCome(components.season) },
    gaps,
  }
}

function checked(series: readonly (number | null)[], options: ForecastOptions): ForecastOptions {
  if (series.some(value => value !== null && !Number.isFinite(value)))
    throw new RangeError('A series holds finite numbers, and null where a value is unknown')
  if (!Number.isInteger(options.period) || options.period < 1 || !Number.isInteger(options.horizon) || options.horizon < 1)
    throw new RangeError('Period and horizon are whole numbers from one')
  return options
}

function refused(refusal: Refusal['refusal'], values: Float64Array, gaps: Gaps): Refusal {
  const known = values.length - gaps.filled
  const isEmpty = values.length === 0
  return { refusal, known, needed: fewestValues, mean: isEmpty ? null : mean(values), range: isEmpty ? null : [smallest(values), largest(values)] }
}

/** Repeating the last value says nothing about seasons. */
const seasonInUse = (method: Method, season: Season): Season => method === 'naive' || method === 'intermittent' ? { kind: 'none', period: 1, factors: Float64Array.of(0) } : season

function intervalsOf(points: Float64Array, replays: readonly Replay[], method: Method, { levels, isRelative, floor }: { levels: readonly number[], isRelative: boolean, floor: (value: number) => number }): Interval[] {
  if (replays.length === 0)
    return []
  const spread = errorSpread(replays, method, isRelative)
  return levels.map(level => {
    const widths = halfWidths(points, spread, level)
    return { level, lower: Array.from(points, (point, step) => floor(point - widths[step]!)), upper: Array.from(points, (point, step) => point + widths[step]!) }
  })
}

function pastErrorsOf(replays: readonly Replay[], method: Method, values: Float64Array, { period, levels }: { period: number, levels: readonly number[] }): PastErrors {
  const names: readonly Method[] = [...members, ...baselines, 'combination', 'intermittent']
  const byMethod = Object.fromEntries(names.flatMap(name => {
    const error = pastError(replays, name, values, period)
    return error ? [[name, error]] : []
  })) as Partial<Record<Method, PastError>>
  const [own, naive] = [byMethod[method], byMethod.naive]
  return {
    origins: replays.length,
    byMethod,
    isBetterThanNaive: own && naive ? own.meanAbsolute < naive.meanAbsolute : null,
    coverage: levels.flatMap(level => pastCoverage(replays, method, smallest(values) > 0, level) ?? []),
  }
}
