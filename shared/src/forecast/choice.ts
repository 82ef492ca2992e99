import { meanAbsoluteError } from './accuracy.ts'
import { baselines, type Paths } from './methods.ts'
import { fewestReplays, pastError, type Replay } from './rolling-origin.ts'

export type Method = keyof Paths

/**
 * The combination, unless the past speaks clearly for a simple rule: a baseline whose error was a fifth smaller and that won
 * four replays of five. Taking whichever single method happened to do best in a handful of replays was measured to
 * forecast worse than the combination on every kind of series.
 */
export function chooseMethod(replays: readonly Replay[], values: Float64Array, period: number): Method {
  const usual: Method = replays[0]?.paths.combination ? 'combination' : 'intermittent'
  if (replays.length < fewestReplays)
    return usual
  const absolute = (method: Method) => pastError(replays, method, values, period)?.meanAbsolute ?? Infinity
  const simple = baselines.reduce((best, next) => absolute(next) < absolute(best) ? next : best)
  const wins = replays.filter(({ actual, paths }) => meanAbsoluteError(actual, paths[simple]!) <= meanAbsoluteError(actual, paths[usual]!))
  return absolute(simple) < 0.8 * absolute(usual) && wins.length >= 0.8 * replays.length ? simple : usual
}
