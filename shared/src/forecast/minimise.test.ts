import { expect, test } from 'vitest'
import { minimiseBetween, minimiseInBox } from './minimise.ts'

test('the valley of one variable is found to the last digits, walls included', () => {
  expect(minimiseBetween(x => (x - 0.3) ** 2, 0, 1)).toBeCloseTo(0.3, 6)
  expect(minimiseBetween(x => x, 0, 1)).toBe(0)
  expect(minimiseBetween(x => -x, 0, 1)).toBe(1)
})

test('the deeper of two valleys wins', () => {
  expect(minimiseBetween(x => Math.min((x - 0.2) ** 2, (x - 0.8) ** 2 - 0.05), 0, 1)).toBeCloseTo(0.8, 4)
})

test('a bowl of three variables is found, and never outside the box', () => {
  const asked: Float64Array[] = []
  const found = minimiseInBox(point => {
    asked.push(point.slice())
    return (point[0]! - 0.4) ** 2 + 2 * (point[1]! - 0.6) ** 2 + (point[2]! + 3) ** 2
  }, [{ low: 0, high: 1, start: 0.9 }, { low: 0, high: 1, start: 0.1 }, { low: -1, high: 1, start: 0 }], { evaluations: 400, tolerance: 1e-12 })
  expect(found[0]).toBeCloseTo(0.4, 2)
  expect(found[1]).toBeCloseTo(0.6, 2)
  expect(found[2]).toBeCloseTo(-1, 2)
  expect(asked.every(point => point[2]! >= -1 && point[2]! <= 1)).toBe(true)
})
