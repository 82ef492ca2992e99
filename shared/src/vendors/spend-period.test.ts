import { describe, expect, it } from 'vitest'
import { addMonths, dayIn, monthsBetween, spendPeriod } from './spend-period.ts'

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

  it('crosses years in both directions', () => {
    expect(addMonths('2026-01', -1)).toBe('2025-12')
    expect(addMonths('2025-12', 1)).toBe('2026-01')
    expect(monthsBetween('2025-11', '2026-02')).toEqual(['2025-11', '2025-12', '2026-01', '2026-02'])
    expect(monthsBetween('2026-02', '2026-01')).toEqual([])
  })

  it('starts the day where the portal is, not where the server is', () => {
    expect(dayIn('Europe/Paris', new Date('2026-03-31T22:30:00Z'))).toBe('2026-04-01')
    expect(dayIn('America/Cayenne', new Date('2026-04-01T01:00:00Z'))).toBe('2026-03-31')
  })
})
