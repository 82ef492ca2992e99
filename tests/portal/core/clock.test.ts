import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createClock } from './clock.ts'
import { parseTime, startOfPortalDay, toPortalTime } from './zoned-time.ts'

describe('the portal\'s clock', () => {
  let clock = createClock()
  beforeEach(() => {
    clock = createClock()
  })
  afterEach(() => clock.dispose())

  it('rings what a jump passes, in order, once', () => {
    const rung: string[] = []
    clock.schedule(clock.now() + 2000, () => rung.push('second'))
    clock.schedule(clock.now() + 1000, () => rung.push('first'))
    clock.schedule(clock.now() + 100_000, () => rung.push('later'))
    const cancel = clock.schedule(clock.now() + 500, () => rung.push('cancelled'))
    cancel()
    clock.jump(5000)
    clock.jump(5000)
    expect(rung).toEqual(['first', 'second'])
  })
})

describe('the portal\'s time of day', () => {
  it.each([
    ['2026-01-15T10:00:00Z', '2026-01-15T11:00:00+01:00'],
    ['2026-07-15T10:00:00Z', '2026-07-15T12:00:00+02:00'],
    ['2026-03-29T00:59:59Z', '2026-03-29T01:59:59+01:00'],
    ['2026-03-29T01:00:00Z', '2026-03-29T03:00:00+02:00'],
    ['2026-10-25T01:00:00Z', '2026-10-25T02:00:00+01:00'],
  ])('writes %s as %s', (utc, local) => {
    expect(toPortalTime(Date.parse(utc))).toBe(local)
  })

  it('begins a day at midnight in Paris, also when the clocks change', () => {
    for (const day of ['2026-03-29', '2026-07-14', '2026-10-25', '2026-12-31'])
      expect(toPortalTime(startOfPortalDay(Date.parse(`${day}T12:00:00Z`)))).toMatch(`${day}T00:00:00+0`)
  })

  it('reads days, local times and instants', () => {
    expect(parseTime('2026-07-14')).toBe(Date.parse('2026-07-14T00:00:00+02:00'))
    expect(parseTime('2026-07-14T10:00:00')).toBe(Date.parse('2026-07-14T10:00:00+02:00'))
    expect(parseTime('2026-07-14T10:00:00Z')).toBe(Date.parse('2026-07-14T10:00:00Z'))
    expect(parseTime('14 juillet')).toBeNull()
  })
})
