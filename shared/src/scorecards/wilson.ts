/** The 95th percentile of the normal distribution: a two-sided interval of 90 %. */
export const Z_90 = 1.6448536

/** Wilson's score interval of a proportion, without continuity correction; null where nothing was observed. */
export function wilsonInterval(proportion: number, n: number, z = Z_90): readonly [number, number] | null {
  if (n <= 0)
    return null
  const share = Math.min(1, Math.max(0, proportion))
  const scale = 1 + z ** 2 / n
  const centre = (share + z ** 2 / (2 * n)) / scale
  const half = (z / scale) * Math.sqrt((share * (1 - share)) / n + z ** 2 / (4 * n ** 2))
  return [Math.max(0, centre - half), Math.min(1, centre + half)]
}
