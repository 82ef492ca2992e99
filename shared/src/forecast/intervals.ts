import { clamp, quantileSorted, type Numbers } from './numbers.ts'
import type { Method } from './choice.ts'
import type { Replay } from './rolling-origin.ts'

/** How errors grow with the distance: between a random walk's root and a trend's line. */
const growth = 0.6
/** How far 95 % reaches beyond 80 % at least: a little more than the normal law, as errors of forecasts are. */
const tail = 1.9

/** Errors of the replays at unit distance, sorted: absolute ones, and as a share of the forecast where that has a sense. */
export interface ErrorSpread { readonly absolute: Float64Array, readonly relative: Float64Array | null }

export function errorSpread(replays: readonly Replay[], method: Method, isRelative: boolean): ErrorSpread {
  const absolute: number[] = []
  const relative: number[] = []
  for (const { actual, paths } of replays) {
    const path = paths[method]!
    for (let step = 0; step < actual.length; step++) {
      const error = Math.abs(actual[step]! - path[step]!) / (step + 1) ** growth
      absolute.push(error)
      relative.push(path[step] === 0 ? 0 : error / Math.abs(path[step]!))
    }
  }
  return { absolute: Float64Array.from(absolute).sort(), relative: isRelative ? Float64Array.from(relative).sort() : null }
}

/** Half the width of the interval at each distance: the quantile of past errors at that level, grown with the distance. */
export function halfWidths(points: Numbers, spread: ErrorSpread, level: number): Float64Array {
  const absolute = reach(spread.absolute, level)
  const relative = spread.relative ? reach(spread.relative, level) : null
  return Float64Array.from(points, (point, step) => {
    const size = relative === null ? absolute : (absolute + relative * Math.abs(point)) / 2
    return size * (step + 1) ** growth
  })
}

/** Few errors say little about rare ones: beyond 80 % the interval is at least as wide as a heavy-tailed law would have it. */
function reach(errors: Float64Array, level: number): number {
  const seen = conformal(errors, level / 100)
  const heavy = level > 80 ? conformal(errors, 0.8) * (1 + (tail - 1) * (level - 80) / 15) : 0
  return Math.max(seen, heavy)
}

/** The next error is as likely to fall into any of the gaps between the known ones: one more than there are errors. */
function conformal(errors: Float64Array, share: number): number {
  const at = (errors.length + 1) * share - 1
  return quantileSorted(errors, clamp(at / Math.max(1, errors.length - 1), 0, 1))
}

export interface Coverage { readonly level: number, readonly share: number, readonly values: number }

/** What the interval would have held: each replay is judged by the errors of the others. Null with fewer than three. */
export function pastCoverage(replays: readonly Replay[], method: Method, isRelative: boolean, level: number): Coverage | null {
  if (replays.length < 3)
    return null
  let held = 0
  let counted = 0
  for (const tested of replays) {
    const spread = errorSpread(replays.filter(other => other !== tested), method, isRelative)
    const path = tested.paths[method]!
    const widths = halfWidths(path, spread, level)
    for (let step = 0; step < path.length; step++) {
      held += Math.abs(tested.actual[step]! - path[step]!) <= widths[step]! ? 1 : 0
      counted++
    }
  }
  return { level, share: held / counted, values: counted }
}
