import { describe, expect, it } from 'vitest'
import { cohortMatrix, periodIndex, periodStart } from './cohorts.ts'

describe('a cohort matrix', () => {
  const counts = [
    { cohort: 10, period: 10, customers: 4 }, { cohort: 10, period: 11, customers: 2 }, { cohort: 10, period: 12, customers: 1 },
    { cohort: 12, period: 12, customers: 5 },
  ]

  it('has the share of each cohort that came back, and nothing where the time has not come', () => {
    expect(cohortMatrix(counts.toReversed(), { columns: 3, running: 12 })).toEqual([
      { cohort: 10, size: 4, shares: [1, 0.5, 0.25], runningFrom: 2 },
      { cohort: 12, size: 5, shares: [1, null, null], runningFrom: 0 },
    ])
  })

  it('says zero of a cohort that nobody came back from, once the period has begun', () => {
    expect(cohortMatrix([{ cohort: 1, period: 1, customers: 3 }], { columns: 3, running: 9 })[0]).toEqual({ cohort: 1, size: 3, shares: [1, 0, 0], runningFrom: -1 })
  })

  it.each([['2026-01-31', 'month', '2026-01-01'], ['2026-12-01', 'month', '2026-12-01'], ['2026-05-09', 'quarter', '2026-04-01'], ['2026-12-31', 'quarter', '2026-10-01']] as const)('puts %s by %s into the period from %s', (day, grain, start) => {
    expect(periodStart(periodIndex(day, grain), grain)).toBe(start)
  })
})
