import { describe, expect, it } from 'vitest'
import { yearBefore } from './compared-period.ts'

const clock = { now: new Date('2026-05-14T10:00:00Z'), timeZone: 'Europe/Paris' }

describe('the same period a year before', () => {
  it('is as long as a period that is over', () => {
    expect(yearBefore({ period: 'last_month' }, clock)).toEqual({ from: '2025-04-01', to: '2025-05-01' })
    expect(yearBefore({ period: 'custom', from: '2026-02-01', to: '2026-02-28' }, clock)).toEqual({ from: '2025-02-01', to: '2025-03-01' })
  })

  it('is the same part of a period that still runs', () => {
    expect(yearBefore({ period: 'this_month' }, clock)).toEqual({ from: '2025-05-01', to: '2025-05-15' })
    expect(yearBefore({ period: 'this_month' }, { ...clock, now: new Date('2026-05-31T10:00:00Z') })).toEqual({ from: '2025-05-01', to: '2025-06-01' })
  })

  it('does not exist for what has no limits', () => {
    expect(yearBefore({ period: 'all' }, clock)).toBeNull()
  })
})
