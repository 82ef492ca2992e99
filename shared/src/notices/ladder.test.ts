import { describe, expect, it } from 'vitest'
import { dueStep, isInSight, remindOn, severityOf, type LadderState } from './ladder.ts'

const ladder = (change: Partial<LadderState> = {}): LadderState =>
  ({ dueOn: '2027-03-31', steps: [90, 30, 7, 0], firstMetOn: '2026-11-22', lastStep: null, ...change })

describe('a ladder of reminders', () => {
  it('moves a step on a day off to the business day before', () => {
    expect(remindOn('2027-03-31', 90)).toBe('2026-12-31')
    expect(remindOn('2027-03-30', 2)).toBe('2027-03-26')
    expect(remindOn('2027-01-01', 0)).toBe('2026-12-31')
  })

  it('reminds once per step', () => {
    const told: (readonly [string, number])[] = []
    let lastStep: number | null = null
    for (let day = Date.UTC(2026, 10, 22); day <= Date.UTC(2027, 3, 30); day += 86_400_000) {
      const today = new Date(day).toISOString().slice(0, 10)
      const step = dueStep(ladder({ lastStep }), today)
      if (step !== null) {
        told.push([today, step])
        lastStep = step
      }
    }
    expect(told).toEqual([['2026-12-31', 90], ['2027-03-01', 30], ['2027-03-24', 7], ['2027-03-31', 0]])
  })

  it('lets the steps missed during a standstill fall together', () => {
    expect(dueStep(ladder({ lastStep: 90 }), '2027-03-26')).toBe(7)
    expect(dueStep(ladder({ lastStep: 7 }), '2027-03-26')).toBeNull()
  })

  it('says it late rather than never when the standstill lasted beyond the date', () => {
    expect(dueStep(ladder({ lastStep: 30 }), '2027-04-03')).toBe(0)
    expect(dueStep(ladder({ lastStep: 0 }), '2027-04-03')).toBeNull()
  })

  it('says nothing of a date that had passed before it was known', () => {
    expect(dueStep(ladder({ firstMetOn: '2027-04-02' }), '2027-04-02')).toBeNull()
  })

  it('shows a date from its first step on, for good', () => {
    expect(isInSight('2027-03-31', [90, 0], '2026-12-30')).toBe(false)
    expect(isInSight('2027-03-31', [90, 0], '2026-12-31')).toBe(true)
    expect(isInSight('2027-03-31', [90, 0], '2028-01-01')).toBe(true)
    expect(isInSight('2027-03-31', [], '2028-01-01')).toBe(false)
  })

  it('grows more urgent as the date comes near', () => {
    expect(['2027-01-15', '2027-03-05', '2027-03-25', '2027-04-10'].map(today => severityOf('2027-03-31', today))).toEqual(['info', 'warning', 'critical', 'critical'])
  })
})
