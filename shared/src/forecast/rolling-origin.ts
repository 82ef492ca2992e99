import { meanAbsoluteError, naiveScale, smape } from './accuracy.ts'
import { isIntermittent } from './intermittent.ts'
import { allPaths, type Paths } from './methods.ts'

/** One look back: what every method would have said at a past moment, knowing nothing later, and what then came. */
export interface Replay { readonly at: number, readonly actual: Float64Array, readonly paths: Paths }

/** A series with fewer known values is not forecast, nor replayed from. */
export const fewestValues = 8
/** The shortest series are replayed from fewer, or nothing could be said of them. */
const fewestReplayed = 6
const mostOrigins = 6
/** Fewer replays than this are chance, not a record: nothing is concluded from them. */
export const fewestReplays = 3

/**
 * The past moments that are replayed: evenly spread over the last two seasons or twice the horizon, never more than the
 * later half of the series, and only where enough values come before.
 */
export function origins(count: number, period: number, horizon: number): readonly number[] {
  // A series too young for its season to be tested is replayed without one.
  const first = count >= 12 && count >= 3 * period ? Math.max(fewestValues, 2 * period) : count < 12 ? fewestReplayed : fewestValues
  const reach = Math.min(count - first, Math.max(2 * period, 2 * horizon), Math.floor(count / 2))
  if (reach < 1)
    return []
  const step = Math.max(1, Math.ceil(reach / mostOrigins))
  const found: number[] = []
  for (let at = count - reach; at < count; at += step)
    found.push(at)
  return found
}

export function replay(values: Float64Array, period: number, horizon: number): readonly Replay[] {
  // Decided once: the replays must speak of one method.
  const isRare = isIntermittent(values)
  return origins(values.length, period, horizon).map(at => {
    const actual = values.slice(at, at + horizon)
    return { at, actual, paths: allPaths(values.slice(0, at), period, actual.length, isRare).paths }
  })
}

export interface PastError {
  /** 0 … 200. */
  readonly smape: number
  /** One is the mean step from season to season; null when the series never moves. */
  readonly mase: number | null
  /** In the unit of the series. */
  readonly meanAbsolute: number
  /** How many forecast values were compared. */
  readonly values: number
}

/** The mean error over all replayed values of one method; null when it was not there to be replayed. */
export function pastError(replays: readonly Replay[], method: keyof Paths, values: Float64Array, period: number): PastError | null {
  let percent = 0
  let absolute = 0
  let counted = 0
  for (const { actual, paths } of replays) {
    const path = paths[method]
    if (!path)
      return null
    percent += smape(actual, path) * actual.length
    absolute += meanAbsoluteError(actual, path) * actual.length
    counted += actual.length
  }
  const scale = naiveScale(values, period)
  return counted === 0 ? null : { smape: percent / counted, mase: scale === null ? null : absolute / counted / scale, meanAbsolute: absolute / counted, values: counted }
}
