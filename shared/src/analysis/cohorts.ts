export const cohortGrains = ['month', 'quarter'] as const
export type CohortGrain = (typeof cohortGrains)[number]

/** Customers of one cohort that bought in one period. */
export interface CohortCount {
  /** Index of the period of the first purchase, and of the purchase. */
  readonly cohort: number
  readonly period: number
  readonly customers: number
}

export interface CohortRow {
  readonly cohort: number
  readonly size: number
  /** Share of the cohort that bought k periods after its first purchase; null where that period has not begun. */
  readonly shares: readonly (number | null)[]
  /** Index of the first share whose period is still running; -1 when all are over. */
  readonly runningFrom: number
}

/**
 * Retention matrix R(c, k): customers of cohort c with a purchase in period c + k, divided by the cohort's size.
 * The running period can still grow: it is marked, not mixed with the others.
 */
export function cohortMatrix(counts: readonly CohortCount[], { first, last, running }: { first: number, last: number, running: number }): CohortRow[] {
  const found = new Map(counts.map(({ cohort, period, customers }) => [`${cohort}/${period}`, customers]))
  return Array.from({ length: Math.max(0, last - first + 1) }, (_, at) => {
    const cohort = first + at
    const size = found.get(`${cohort}/${cohort}`) ?? 0
    return {
      cohort,
      size,
      shares: Array.from({ length: last - first + 1 }, (_unused, k) =>
        size === 0 || cohort + k > Math.min(last, running) ? null : (found.get(`${cohort}/${cohort + k}`) ?? 0) / size),
      runningFrom: running >= cohort && running <= last ? running - cohort : -1,
    }
  })
}

/** Months since year zero, or quarters: neighbouring periods have neighbouring indexes. */
export const periodIndex = (day: string, grain: CohortGrain): number => {
  const month = Number(day.slice(0, 4)) * 12 + Number(day.slice(5, 7)) - 1
  return grain === 'month' ? month : Math.floor(month / 3)
}

/** First day of the period of an index. */
export function periodStart(index: number, grain: CohortGrain): string {
  const month = grain === 'month' ? index : index * 3
  return `${String(Math.floor(month / 12)).padStart(4, '0')}-${String(month % 12 + 1).padStart(2, '0')}-01`
}
