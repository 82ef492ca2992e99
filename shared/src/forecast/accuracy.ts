import type { Numbers } from './numbers.ts'

/** Symmetric mean absolute percentage error, 0 … 200, as the M competitions count it. Two zeros are no error. */
export function smape(actual: Numbers, forecast: Numbers): number {
  let total = 0
  for (let index = 0; index < actual.length; index++) {
    const size = Math.abs(actual[index]!) + Math.abs(forecast[index]!)
    total += size > 0 ? 200 * (Math.abs(actual[index]! - forecast[index]!) / size) : 0
  }
  return total / actual.length
}

export function meanAbsoluteError(actual: Numbers, forecast: Numbers): number {
  let total = 0
  for (let index = 0; index < actual.length; index++)
    total += Math.abs(actual[index]! - forecast[index]!)
  return total / actual.length
}

/** Mean absolute step from one season to the next: what an error of one means in MASE. Null when the series never moves. */
export function naiveScale(values: Numbers, period: number): number | null {
  const lag = values.length > period ? period : 1
  let total = 0
  for (let index = lag; index < values.length; index++)
    total += Math.abs(values[index]! - values[index - lag]!)
  return total > 0 ? total / (values.length - lag) : null
}
