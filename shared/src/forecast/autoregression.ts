import { mean, meanSquare, type Numbers } from './numbers.ts'
import { steps } from './season.ts'
import { aicc } from './criterion.ts'

const longest = 6

/** An autoregression of the steps about their mean (ARIMA(p, 1, 0) with drift): coefficients by Burg's recursion, order by AICc. */
export function autoregression(values: Numbers, horizon: number): Float64Array {
  const moves = steps(values)
  const drift = mean(moves)
  const centred = moves.map(move => move - drift)
  const coefficients = burg(centred)
  const recent = Array.from(centred)
  const ahead = new Float64Array(horizon)
  let level = values[values.length - 1]!
  for (let step = 0; step < horizon; step++) {
    let next = 0
    for (let lag = 0; lag < coefficients.length; lag++)
      next += coefficients[lag]! * recent[recent.length - 1 - lag]!
    recent.push(next)
    level += next + drift
    ahead[step] = level
  }
  return ahead
}

/** Burg's recursion keeps every order stationary, so nothing explodes. */
function burg(series: Float64Array): readonly number[] {
  const count = series.length
  let forward = series.slice()
  let backward = series.slice()
  let variance = meanSquare(series)
  let coefficients: number[] = []
  let best = { coefficients, score: aicc(variance * count, count, 2) }
  for (let order = 1; order <= Math.min(longest, Math.floor(count / 4)) && variance > 0; order++) {
    const reflection = reflectionOf(forward, backward, order)
    coefficients = [...coefficients.map((value, lag) => value - reflection * coefficients[coefficients.length - 1 - lag]!), reflection]
    const nextForward = forward.slice()
    const nextBackward = backward.slice()
    for (let index = order; index < count; index++) {
      nextForward[index] = forward[index]! - reflection * backward[index - 1]!
      nextBackward[index] = backward[index - 1]! - reflection * forward[index]!
    }
    forward = nextForward
    backward = nextBackward
    variance *= 1 - reflection * reflection
    const score = aicc(variance * count, count, order + 2)
    if (score < best.score)
      best = { coefficients, score }
  }
  return best.coefficients
}

function reflectionOf(forward: Float64Array, backward: Float64Array, order: number): number {
  let together = 0
  let apart = 0
  for (let index = order; index < forward.length; index++) {
    together += forward[index]! * backward[index - 1]!
    apart += forward[index]! ** 2 + backward[index - 1]! ** 2
  }
  return apart > 0 ? 2 * together / apart : 0
}
