export interface Gaps {
  /** Unknown values at the beginning that were left out. */
  readonly leading: number
  /** Unknown values at the end: what is forecast begins with them. */
  readonly trailing: number
  /** Unknown values in between that were filled. */
  readonly filled: number
}

/** The known stretch of a series; holes inside it lie on a straight line, or a season's step away where that is known. */
export function fillGaps(series: readonly (number | null)[], period: number): { readonly values: Float64Array, readonly gaps: Gaps } {
  const isKnown = (value: number | null | undefined): value is number => typeof value === 'number'
  const first = series.findIndex(isKnown)
  const last = series.findLastIndex(isKnown)
  if (first < 0)
    return { values: new Float64Array(0), gaps: { leading: series.length, trailing: 0, filled: 0 } }
  const known = series.slice(first, last + 1)
  const values = new Float64Array(known.length)
  let filled = 0
  let before = 0
  for (let index = 0; index < known.length; index++) {
    const value = known[index]
    if (isKnown(value)) {
      values[index] = value
      before = index
      continue
    }
    filled++
    const after = known.findIndex((next, at) => at > index && isKnown(next))
    const start = known[before] as number
    const line = start + ((known[after] as number) - start) * (index - before) / (after - before)
    values[index] = period > 1 ? besideSeasons(known, index, period) ?? line : line
  }
  return { values, gaps: { leading: first, trailing: series.length - 1 - last, filled } }
}

function besideSeasons(known: readonly (number | null)[], index: number, period: number): number | null {
  const around = [known[index - period], known[index + period]].filter(value => typeof value === 'number')
  return around.length === 2 ? (around[0]! + around[1]!) / 2 : null
}
