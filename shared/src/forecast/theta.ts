import { lineThrough, type Numbers } from './numbers.ts'
import { simpleSmoothing } from './smoothing.ts'

/**
 * The Theta method (Assimakopoulos and Nikolopoulos, 2000) in the form of Hyndman and Billah (2003): simple exponential
 * smoothing with half the drift of the line through the data. Takes a series without its season.
 */
export function theta(values: Numbers, horizon: number): Float64Array {
  const { alpha, level } = simpleSmoothing(values)
  const drift = lineThrough(values).slope / 2
  const start = (1 - (1 - alpha) ** values.length) / alpha
  return Float64Array.from({ length: horizon }, (_, step) => level + drift * (step + start))
}
