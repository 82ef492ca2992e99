import { describe, expect, it } from 'vitest'
import { addMonths } from '../insights/calendar.ts'
import { expectedBand, standing } from './band.ts'
import type { MonthValue } from './month-value.ts'
import { projectedYear } from './projection.ts'
import { judge, replayWatch, type WatchRule } from './watch.ts'

const from = (first: string, values: readonly (number | null)[]): MonthValue[] => values.map((value, index) => ({ month: addMonths(first, index), value }))
const wave = Array.from({ length: 36 }, (_, month) => 1000 + 200 * Math.sin(month / 6 * Math.PI) + (month * 37 % 11) * 4)
const last = (rule: WatchRule, values: readonly (number | null)[]) => judge(rule, from('2024-01-01', values), values.length - 1)

describe('a watch over a threshold', () => {
  const rule: WatchRule = { kind: 'threshold', direction: 'above', value: 100 }

  it('rings beyond it, not on it, and says when nothing is known', () => {
    expect([last(rule, [101]).isRinging, last(rule, [100]).isRinging, last(rule, [null]).isRinging]).toEqual([true, false, null])
    expect(last({ ...rule, direction: 'below' }, [99]).isRinging).toBe(true)
  })

  it('rests after it has rung', () => {
    const states = replayWatch(rule, from('2026-01-01', [150, 150, 150, 50, 150]), { coolDownMonths: 2 }).map(({ state }) => state)
    expect(states).toEqual(['rang', 'cooling', 'cooling', 'quiet', 'rang'])
    expect(replayWatch(rule, from('2026-01-01', [150, 150])).map(({ state }) => state)).toEqual(['rang', 'rang'])
  })
})

describe('a watch over a change', () => {
  const rule: WatchRule = { kind: 'change', direction: 'either', against: 'previous', share: 0.2, floor: 50 }

  it('needs both the percentage and the floor', () => {
    expect(last(rule, [1000, 1200])).toMatchObject({ isRinging: true, previous: 1000, change: 0.2 })
    expect(last(rule, [1000, 1199]).isRinging).toBe(false)
    expect(last(rule, [100, 140]).isRinging).toBe(false)
    expect(last({ ...rule, direction: 'down' }, [1000, 1500]).isRinging).toBe(false)
    expect(last({ ...rule, direction: 'down' }, [1000, 500]).isRinging).toBe(true)
  })

  it('names no percentage of nothing, and still hears of it', () => {
    expect(last(rule, [0, 60])).toMatchObject({ isRinging: true, change: null })
    expect(last(rule, [0, 40]).isRinging).toBe(false)
    expect(last(rule, [null, 40])).toMatchObject({ isRinging: null, previous: null })
  })

  it('compares with the same month a year before when asked', () => {
    const values = [...Array.from({ length: 12 }, () => 100), 400]
    expect(last({ ...rule, against: 'year' }, values)).toMatchObject({ isRinging: true, previous: 100, change: 3 })
  })
})

describe('a watch over the expected band', () => {
  const rule: WatchRule = { kind: 'band', direction: 'either', floor: 0 }

  it('is quiet about a season it has learned, and rings at what has never been', () => {
    expect(last(rule, wave)).toMatchObject({ isRinging: false, band: { low: expect.any(Number) } })
    expect(last(rule, [...wave.slice(0, -1), 2400]).isRinging).toBe(true)
    expect(last({ ...rule, direction: 'down' }, [...wave.slice(0, -1), 2400]).isRinging).toBe(false)
    expect(last({ ...rule, floor: 5000 }, [...wave.slice(0, -1), 2400]).isRinging).toBe(false)
  })

  it('does not know what it would see later', () => {
    const months = from('2024-01-01', wave)
    expect(judge(rule, [...months, ...from('2027-01-01', [9999])], 35)).toEqual(judge(rule, months, 35))
  })

  it('grows wider with every false alarm, and tells nothing of a short series', () => {
    const narrow = expectedBand(wave)
    const wide = expectedBand(wave, 3)
    expect(narrow && wide && wide.high - wide.low > narrow.high - narrow.low).toBe(true)
    expect(expectedBand(wave.slice(0, 12))).toBeNull()
  })

  it.each([0, 7])('rings when what was always %d is so no more, and not for a hair', (usual) => {
    const flat = Array<number>(29).fill(usual)
    expect(last(rule, [...flat, usual]).isRinging).toBe(false)
    expect(last(rule, [...flat, usual * 1.0001]).isRinging).toBe(false)
    expect(last({ ...rule, floor: 0 }, [...flat, usual + 3]).isRinging).toBe(true)
  })

  it('expects of a month what its season does, although the months before it are unknown', () => {
    const gap = [...wave.slice(0, -3), null, null, wave.at(-1)!]
    expect(last(rule, gap)).toMatchObject({ isRinging: false })
    expect(Math.abs(last(rule, gap).band!.score)).toBeLessThan(1)
  })

  it('keeps those findings that many chances do not explain', () => {
    expect(standing([0.001, 0.04, 0.5, 0.9])).toEqual([true, true, false, false])
    expect(standing([0.04, 0.5, 0.9, 0.95])).toEqual([false, false, false, false])
    expect(standing([])).toEqual([])
  })
})

describe('the last months lived again', () => {
  it('know a watch whose rings were none as it now is', () => {
    const rule: WatchRule = { kind: 'band', direction: 'either', floor: 0 }
    const width = (falseAlarms: number) => replayWatch(rule, from('2024-01-01', wave), { falseAlarms }).map(({ band }) => band!.high - band!.low)
    const [usual, wider] = [width(0), width(1)]
    expect(wider.map((high, at) => high / usual[at]!)).toEqual(usual.map(() => expect.closeTo(4 / 3.5)))
  })
})

describe('a watch over a target', () => {
  it('adds what is known of the year to what is forecast of its rest', () => {
    const flat = from('2025-01-01', Array.from({ length: 18 }, (_, index) => 100 + index % 2))
    const projected = projectedYear(flat, 17)
    expect(projected).toBeGreaterThan(1150)
    expect(projected).toBeLessThan(1260)
    expect(judge({ kind: 'target', direction: 'below', value: 1300 }, flat, 17)).toMatchObject({ isRinging: true, value: projected })
    expect(judge({ kind: 'target', direction: 'below', value: 1000 }, flat, 17).isRinging).toBe(false)
  })

  it('promises nothing of a year whose beginning is unknown', () => {
    expect(projectedYear(from('2026-03-01', [1, 2, 3]), 2)).toBeNull()
    expect(projectedYear(from('2025-01-01', [...Array.from({ length: 13 }, () => 5), null, 5]), 14)).toBeNull()
  })

  it('knows a year that is over', () => {
    expect(projectedYear(from('2025-01-01', Array.from({ length: 12 }, () => 5)), 11)).toBe(60)
  })
})
