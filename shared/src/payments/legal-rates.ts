import type { Day } from '../insights/calendar.ts'
import type { DatedRate } from './late-interest.ts'

/** What article L441-10 of the commercial code adds to the rate of the ECB where nothing else was agreed. */
const surcharge = 10

/** Main refinancing rate of the ECB on the first day of each half-year, which counts for all of it. */
const ecbRates: readonly (readonly [validFrom: Day, percent: number])[] = [
  ['2022-07-01', 0], ['2023-01-01', 2.5], ['2023-07-01', 4], ['2024-01-01', 4.5], ['2024-07-01', 4.25], ['2025-01-01', 3.15], ['2025-07-01', 2.15], ['2026-01-01', 2.15],
]

export const legalRates: readonly DatedRate[] = ecbRates.map(([validFrom, percent]) => ({ validFrom, percent: percent + surcharge }))

export const startOfHalfYear = (day: Day): Day => `${day.slice(0, 4)}-${day.slice(5, 7) < '07' ? '01' : '07'}-01`

/** The half-year that has begun without a rate of its own: the one before goes on counting until somebody enters it. */
export function outdatedSince(rates: readonly DatedRate[], today: Day): Day | null {
  const start = startOfHalfYear(today)
  return rates.length > 0 && rates.every(({ validFrom }) => validFrom < start) ? start : null
}
