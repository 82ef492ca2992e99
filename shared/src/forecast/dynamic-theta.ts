import { minimiseInBox } from './minimise.ts'
import type { Numbers } from './numbers.ts'

/**
 * The dynamic optimised Theta model (Fiorucci and others, 2016): smoothing parameter, first level and the weight of the
 * second theta line are fitted, and the long-term line is learned anew with every value, so no later value colours an earlier step.
 */
export function dynamicTheta(values: Numbers, horizon: number, evaluations = 110): Float64Array {
  const scale = Math.abs(values[0]!) || 1
  const cost = (point: Float64Array) => run(values, point[0]!, point[1]! * scale, point[2]!, null)
  const best = minimiseInBox(cost, [
    { low: 0.01, high: 0.99, start: 0.5 },
    { low: -2, high: 4, start: 0.5 },
    { low: 1, high: 8, start: 2 },
  ], { evaluations })
  const ahead = new Float64Array(horizon)
  run(values, best[0]!, best[1]! * scale, best[2]!, ahead)
  return ahead
}

/** One pass: squared one-step errors from the third value on; what follows the data is written into `ahead`. */
function run(values: Numbers, alpha: number, firstLevel: number, theta: number, ahead: Float64Array | null): number {
  const share = 1 - 1 / theta
  const count = values.length
  const end = count + (ahead?.length ?? 0)
  let level = firstLevel
  let average = 0
  let intercept = values[0]!
  let slope = 0
  let fade = 1
  let squares = 0
  for (let index = 0; index < end; index++) {
    const faded = fade * (1 - alpha)
    const expected = index === 0 ? values[0]! : level + share * (fade * intercept + (1 - faded) / alpha * slope)
    const value = index < count ? values[index]! : expected
    if (index >= count)
      ahead![index - count] = expected
    else if (index >= 2)
      squares += (value - expected) ** 2
    level = alpha * value + (1 - alpha) * level
    fade = faded
    const time = index + 1
    const before = average
    average = ((time - 1) * average + value) / time
    slope = time === 1 ? 0 : ((time - 2) * slope + 6 / time * (value - before)) / (time + 1)
    intercept = average - (time + 1) / 2 * slope
  }
  return squares
}
