import { describe, expect, it } from 'vitest'
import { daysOfPeriod, monthsBetween, spendPeriod } from './spend-period.ts'

describe('a spend period', () => {
  it('covers the running month and the eleven before it', () => {
    expect(spendPeriod('12-months', '2026-03-05')).toEqual({ from: '2025-04', to: '2026-03' })
    expect(monthsBetween('2025-04', '2026-03')).toHaveLength(12)
  })

  it('knows this year up to now and the whole of last year', () => {
    expect(spendPeriod('this-year', '2026-03-05')).toEqual({ from: '2026-01', to: '2026-03' })
    expect(spendPeriod('last-year', '2026-03-05')).toEqual({ from: '2025-01', to: '2025-12' })
  })

  it('has no ends when everything is wanted', () => {
    expect(spendPeriod('all', '2026-03-05')).toEqual({ from: null, to: null })
  })

  it('crosses years', () => {
    expect(monthsBetween('2025-11', '2026-02')).toEqual(['2025-11', '2025-12', '2026-01', '2026-02'])
    expect(monthsBetween('2026-02', '2026-01')).toEqual([])
  })

  it('is the days from its first month to the end of its last', () => {
    expect(daysOfPeriod({ from: '2025-11', to: '2025-12' })).toEqual({ from: '2025-11-01', to: '2026-01-01' })
    expect(daysOfPeriod({ from: null, to: null })).toEqual({ from: null, to: null })
  })
})
