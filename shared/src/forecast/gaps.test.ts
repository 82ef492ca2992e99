import { expect, test } from 'vitest'
import { fillGaps } from './gaps.ts'

test('unknown values at the ends are left out and counted', () => {
  const { values, gaps } = fillGaps([null, null, 1, 2, 3, null], 1)
  expect(Array.from(values)).toEqual([1, 2, 3])
  expect(gaps).toEqual({ leading: 2, trailing: 1, filled: 0 })
})

test('a hole lies on the line between its neighbours', () => {
  expect(Array.from(fillGaps([1, null, null, 4], 1).values)).toEqual([1, 2, 3, 4])
})

test('where the same season is known before and after, the hole takes their middle', () => {
  expect(Array.from(fillGaps([10, 1, 20, null, 30, 3], 2).values)).toEqual([10, 1, 20, 2, 30, 3])
})

test('nothing known is nothing', () => {
  expect(fillGaps([null, null], 1).values).toHaveLength(0)
  expect(fillGaps([], 1).values).toHaveLength(0)
})
