import { fillGaps } from '../forecast/gaps.ts'
import { allPaths } from '../forecast/methods.ts'
import type { MonthValue } from './month-value.ts'

const season = 12
const fewest = 8

/** The whole year of a month as it looks from that month's end: what is known of it and what is forecast of the rest. */
export function projectedYear(months: readonly MonthValue[], at: number): number | null {
  const here = months[at]
  if (!here)
    return null
  const year = here.month.slice(0, 4)
  const ofYear = months.slice(0, at + 1).filter(({ month }) => month.startsWith(year))
  const left = 12 - Number(here.month.slice(5, 7))
  // A year of which an earlier month is missing would be promised too little.
  if (ofYear.length !== 12 - left || ofYear.some(({ value }) => value === null))
    return null
  const known = ofYear.reduce((sum, { value }) => sum + (value ?? 0), 0)
  if (left === 0)
    return known
  const { values } = fillGaps(months.slice(0, at + 1).map(({ value }) => value), season)
  if (values.length < fewest)
    return null
  const { paths } = allPaths(values, season, left)
  const ahead = paths.combination ?? paths.intermittent
  return ahead ? Math.round(known + ahead.reduce((sum, value) => sum + Math.max(0, value), 0)) : null
}
