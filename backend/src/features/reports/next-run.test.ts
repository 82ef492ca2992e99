import { describe, expect, it } from 'vitest'
import type { Recurrence } from '@comptoir/shared/reports/recurrence'
import { nextRun } from './next-run.ts'

const recurrence = (change: Partial<Recurrence>): Recurrence => ({ every: 'day', weekday: 1, day: 1, time: '08:00', ...change })
const next = (change: Partial<Recurrence>, after: string, zone = 'Europe/Paris') => nextRun(recurrence(change), new Date(after), zone).toISOString()

describe('the next run', () => {
  it.each([
    ['tomorrow when today\'s is over', {}, '2026-11-22T07:00:00Z', '2026-11-23T07:00:00.000Z'],
    ['today when it is still to come', {}, '2026-11-22T06:59:00Z', '2026-11-22T07:00:00.000Z'],
    ['Monday after a Friday', { every: 'weekday' }, '2026-11-20T12:00:00Z', '2026-11-23T07:00:00.000Z'],
    ['the Sunday of the week', { every: 'week', weekday: 7 }, '2026-11-20T12:00:00Z', '2026-11-22T07:00:00.000Z'],
    ['the last day of a short month', { every: 'month', day: 0 }, '2027-02-01T00:00:00Z', '2027-02-28T07:00:00.000Z'],
    ['the next quarter', { every: 'quarter', day: 5 }, '2026-11-22T00:00:00Z', '2027-01-05T07:00:00.000Z'],
  ] as const)('is %s', (_, change, after, expected) => {
    expect(next(change, after)).toBe(expected)
  })

  it('keeps to the wall clock when the clocks change', () => {
    expect(next({}, '2026-10-24T12:00:00Z')).toBe('2026-10-25T07:00:00.000Z')
    expect(next({}, '2026-03-28T12:00:00Z')).toBe('2026-03-29T06:00:00.000Z')
  })

  it('makes up for an hour that is skipped, and counts a doubled one once', () => {
    expect(next({ time: '02:30' }, '2026-03-28T12:00:00Z')).toBe('2026-03-29T01:00:00.000Z')
    const first = next({ time: '02:30' }, '2026-10-24T12:00:00Z')
    expect(first).toBe('2026-10-25T00:30:00.000Z')
    expect(next({ time: '02:30' }, first)).toBe('2026-10-26T01:30:00.000Z')
  })

  it('refuses a zone that is none', () => {
    expect(() => next({}, '2026-11-22T00:00:00Z', 'Mars/Olympus')).toThrow(expect.objectContaining({ code: 'report.zone_unknown' }))
  })
})
