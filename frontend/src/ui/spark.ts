interface Dot { readonly x: number, readonly y: number }

interface Room { readonly width: number, readonly height: number, readonly isRightToLeft: boolean }

const inset = 4

/** Lines between points that are known; a gap where there is no data. The scale holds zero only when values go below it. */
export function sparkRuns(values: readonly (number | null)[], { width, height, isRightToLeft }: Room): { readonly lines: string[], readonly areas: string[], readonly dots: (Dot | null)[] } {
  const known = values.filter(value => value !== null)
  const [least, most] = [Math.min(...known), Math.max(...known)]
  const step = (width - 2 * inset) / Math.max(1, values.length - 1)
  const dots = values.map((value, at): Dot | null => value === null
    ? null
    : {
        x: round(isRightToLeft ? width - inset - at * step : inset + at * step),
        y: round(most > least ? height - inset - (value - least) / (most - least) * (height - 2 * inset) : height / 2),
      })
  const runs: Dot[][] = []
  dots.forEach((dot, at) => {
    if (!dot)
      return
    if (!dots[at - 1])
      runs.push([])
    runs.at(-1)?.push(dot)
  })
  const lines = runs.map(run => `M ${run.map(({ x, y }) => `${x} ${y}`).join(' L ')}`)
  return { lines, areas: lines.map((line, at) => `${line} L ${runs[at]?.at(-1)?.x ?? 0} ${height} L ${runs[at]?.[0]?.x ?? 0} ${height} Z`), dots }
}

const round = (value: number): number => Math.round(value * 10) / 10
