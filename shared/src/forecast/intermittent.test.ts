import { expect, test } from 'vitest'
import { croston, isIntermittent, teunterSyntetosBabai } from './intermittent.ts'

test('many nothings make a series intermittent; only nothings or a value below do not', () => {
  expect(isIntermittent([0, 0, 3, 0, 1])).toBe(true)
  expect(isIntermittent([1, 2, 3, 0, 1])).toBe(false)
  expect(isIntermittent([0, 0, 0])).toBe(false)
  expect(isIntermittent([0, 0, -3, 0, 1])).toBe(false)
})

test('an event of six every third time is two a time, less the known bias', () => {
  const series = Array.from({ length: 30 }, (_, index) => index % 3 === 2 ? 6 : 0)
  expect(croston(series, 2)[0]).toBeCloseTo(1.9)
  expect(teunterSyntetosBabai(series, 2)[1]!).toBeGreaterThan(1.5)
  expect(teunterSyntetosBabai(series, 2)[1]!).toBeLessThan(2.6)
})

test('a demand that has died out fades with its chance', () => {
  const series = [...Array.from({ length: 20 }, (_, index) => index % 2 ? 10 : 0), ...Array<number>(20).fill(0)]
  expect(teunterSyntetosBabai(series, 1)[0]!).toBeLessThan(croston(series, 1)[0]! / 2)
})
