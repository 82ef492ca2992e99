/** What the forecasting files count with: plain statistics over plain numbers. */
export type Numbers = ArrayLike<number>

export function sum(values: Numbers): number {
  let total = 0
  for (let index = 0; index < values.length; index++)
    total += values[index]!
  return total
}

export const mean = (values: Numbers): number => sum(values) / values.length

export function sortedCopy(values: Numbers): Float64Array {
  return Float64Array.from(values).sort()
}

/** The value below which a share of the sorted values lies, interpolated. */
export function quantileSorted(sorted: Numbers, share: number): number {
  const at = (sorted.length - 1) * share
  const below = Math.floor(at)
  const above = Math.min(below + 1, sorted.length - 1)
  return sorted[below]! + (sorted[above]! - sorted[below]!) * (at - below)
}

export const median = (values: Numbers): number => quantileSorted(sortedCopy(values), 0.5)

export function meanSquare(values: Numbers): number {
  let total = 0
  for (let index = 0; index < values.length; index++)
    total += values[index]! * values[index]!
  return total / values.length
}

/** Slope and intercept of the least-squares line through (0, v0), (1, v1) … */
export function lineThrough(values: Numbers): { readonly intercept: number, readonly slope: number } {
  const count = values.length
  const middle = (count - 1) / 2
  const level = mean(values)
  let upper = 0
  let lower = 0
  for (let index = 0; index < count; index++) {
    upper += (index - middle) * (values[index]! - level)
    lower += (index - middle) ** 2
  }
  const slope = lower > 0 ? upper / lower : 0
  return { intercept: level - slope * middle, slope }
}

export const clamp = (value: number, low: number, high: number): number => Math.min(high, Math.max(low, value))

export const smallest = (values: Numbers): number => extreme(values, Math.min)
export const largest = (values: Numbers): number => extreme(values, Math.max)

function extreme(values: Numbers, pick: (a: number, b: number) => number): number {
  let found = values[0] ?? Number.NaN
  for (let index = 1; index < values.length; index++)
    found = pick(found, values[index]!)
  return found
}
