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
 * Retention matrix R(c, k): customers of cohort c with a purchase in period c + k, divided by the cohort's size; oldest cohort
 * first, none without customers. The running period can still grow: it is marked, not mixed with the others.
 */
export function cohortMatrix(counts: readonly CohortCount[], { columns, running }: { columns: number, running: number }): CohortRow[] {
  const found = new Map(counts.map(({ cohort, period, customers }) => [`${cohort}/${period}`, customers]))
  return counts.filter(({ cohort, period }) => cohort === period).toSorted((a, b) => a.cohort - b.cohort).map(({ cohort, customers: size }) => ({
    cohort,
    size,
    shares: Array.from({ length: columns }, (_, k) => cohort + k > running ? null : (found.get(`${cohort}/${cohort + k}`) ?? 0) / size),
    runningFrom: running - cohort < columns ? running - cohort : -1,
  }))
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
