/** Akaike's criterion corrected for short series; infinite where there are too few values for so many parameters. */
export function aicc(squares: number, count: number, parameters: number): number {
  const left = count - parameters - 1
  if (left <= 0)
    return Infinity
  return count * Math.log(Math.max(squares, Number.MIN_VALUE) / count) + 2 * parameters + 2 * parameters * (parameters + 1) / left
}
