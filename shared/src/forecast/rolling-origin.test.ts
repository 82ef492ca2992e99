import { expect, test } from 'vitest'
import { meanAbsoluteError } from './accuracy.ts'
import { allPaths } from './methods.ts'
import { origins, pastError, replay } from './rolling-origin.ts'
import { airPassengers, nile } from './textbook-series.ts'

test('the past is replayed over the last two seasons, or as far as the values reach', () => {
  expect(origins(60, 12, 12)).toEqual([36, 40, 44, 48, 52, 56])
  expect(origins(14, 1, 6)).toEqual([8, 9, 10, 11, 12, 13])
  expect(origins(24, 12, 6)).toEqual([12, 14, 16, 18, 20, 22])
  expect(origins(9, 1, 3)).toEqual([6, 7, 8])
  expect(origins(6, 1, 3)).toEqual([])
})

test('a replay knows nothing of what came after it', () => {
  const values = Float64Array.from(airPassengers)
  const changed = values.slice()
  for (const { at, paths } of replay(values, 12, 12)) {
    changed.set(values)
    changed.fill(1, at)
    const again = allPaths(changed.slice(0, at), 12, paths.combination!.length).paths
    expect(Array.from(paths.combination!)).toEqual(Array.from(again.combination!))
  }
})

test('the past error counts every replayed value once', () => {
  const values = Float64Array.from(nile)
  const replays = replay(values, 1, 3)
  const error = pastError(replays, 'naive', values, 1)!
  const each = replays.flatMap(({ actual, paths }) => Array.from(actual, (value, step) => Math.abs(value - paths.naive![step]!)))
  expect(error.values).toBe(each.length)
  expect(error.meanAbsolute).toBeCloseTo(each.reduce((total, value) => total + value, 0) / each.length)
  expect(meanAbsoluteError([1, 2], [2, 4])).toBe(1.5)
})
