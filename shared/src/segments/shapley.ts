/** How much each of several causes has done when all of them went from before to after. */
export type Coalition = (isAfter: (cause: number) => boolean) => number | null

/** Enough for any formula of the catalogue; the work doubles with each. */
const mostCauses = 8

/**
 * Shapley value of each cause: what it changes, averaged over every order in which the causes could have changed. The
 * shares add up to the whole difference, whatever the formula. Null when some mixture of before and after has no value.
 * L. S. Shapley, A Value for n-Person Games (1953).
 */
export function shapleyOf(count: number, value: Coalition): number[] | null {
  if (count > mostCauses)
    return null
  const worths = Array.from({ length: 2 ** count }, (_, set) => value(cause => (set >> cause) % 2 === 1))
  if (worths.some(worth => worth === null || !Number.isFinite(worth)))
    return null
  return Array.from({ length: count }, (_, cause) => {
    const bit = 2 ** cause
    return worths.reduce<number>((sum, worth, set) => (set & bit) === 0
      ? sum + weightOf(sizeOf(set), count) * (worths[set + bit]! - worth!)
      : sum, 0)
  })
}

const sizeOf = (set: number): number => set === 0 ? 0 : (set & 1) + sizeOf(set >> 1)

/** Of all orders, those in which exactly these came before. */
const weightOf = (before: number, count: number): number => factorial(before) * factorial(count - before - 1) / factorial(count)

const factorial = (n: number): number => n <= 1 ? 1 : n * factorial(n - 1)

/** Whole numbers as near to these as can be that add up to their total: what rounding leaves goes to the largest rests. */
export function wholeParts(parts: readonly number[], total: number): number[] {
  const floors = parts.map(Math.floor)
  let rest = Math.round(total) - floors.reduce((sum, part) => sum + part, 0)
  const order = parts.map((part, at) => ({ at, rest: part - Math.floor(part) })).sort((a, b) => b.rest - a.rest || a.at - b.at)
  const whole = [...floors]
  for (let turn = 0; rest !== 0 && order.length > 0; turn++) {
    const { at } = rest > 0 ? order[turn % order.length]! : order[order.length - 1 - turn % order.length]!
    whole[at]! += Math.sign(rest)
    rest -= Math.sign(rest)
  }
  return whole
}
