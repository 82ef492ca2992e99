import { describe, expect, it } from 'vitest'
import { dayByKey, monthSheet, nearness } from './deadlines.ts'

describe('the calendar sheet of a month', () => {
  it('begins on a Monday and holds whole weeks', () => {
    const november = monthSheet('2026-11-17')
    expect([november[0]?.[0], november.at(-1)?.[6], november.length]).toEqual(['2026-10-26', '2026-12-06', 6])
    expect(monthSheet('2027-02-01').length).toBe(4)
  })

  it('is walked by days, weeks and months, along the direction of writing', () => {
    expect(dayByKey('2026-11-30', 'ArrowRight')).toBe('2026-12-01')
    expect(dayByKey('2026-11-30', 'ArrowRight', true)).toBe('2026-11-29')
    expect(dayByKey('2026-11-25', 'Home')).toBe('2026-11-23')
    expect(dayByKey('2026-01-31', 'PageDown')).toBe('2026-02-28')
    expect(dayByKey('2026-11-25', 'a')).toBeNull()
  })
})

it('a deadline of today is not past, and the seventh day is still within the week', () => {
  expect(['2026-11-21', '2026-11-22', '2026-11-29', '2026-11-30', '2026-12-22', '2026-12-23'].map(day => nearness(day, '2026-11-22')))
    .toEqual(['past', 'week', 'week', 'month', 'month', 'later'])
})
