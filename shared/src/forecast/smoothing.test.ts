import { expect, test } from 'vitest'
import { extend, simpleSmoothing, trendSmoothing } from './smoothing.ts'
import { airPassengers, gasConsumption, nile } from './textbook-series.ts'

test('finds the smoothing parameter and first level that R finds for simple smoothing', () => {
  const gas = simpleSmoothing(gasConsumption.slice(0, -8))
  expect(gas.alpha).toBeCloseTo(0.1328911, 3)
  expect(gas.firstLevel).toBeCloseTo(130.9736, 0)
  const air = simpleSmoothing(airPassengers.slice(0, -18))
  expect(air.alpha).toBeCloseTo(0.9999, 4)
  expect(air.firstLevel).toBeCloseTo(111.9711, 1)
})

test('no parameters near the optimum leave smaller errors', () => {
  const found = simpleSmoothing(nile)
  const squares = (alpha: number, first: number) => {
    let level = first
    return nile.reduce((total, value) => {
      const error = value - level
      level += alpha * error
      return total + error * error
    }, 0)
  }
  expect(squares(found.alpha, found.firstLevel)).toBeCloseTo(found.squares, 3)
  for (const [alpha, first] of [[found.alpha + 0.01, found.firstLevel], [found.alpha - 0.01, found.firstLevel], [found.alpha, found.firstLevel + 5], [found.alpha, found.firstLevel - 5]] as const)
    expect(squares(alpha, first)).toBeGreaterThan(found.squares)
})

test('a straight line is followed without error', () => {
  const found = trendSmoothing(Array.from({ length: 24 }, (_, index) => 5 + 3 * index), { isDamped: false })
  expect(found.squares).toBeLessThan(1e-6)
  expect(Array.from(extend(found, 3))).toEqual([77, 80, 83].map(value => expect.closeTo(value, 4)))
})

test('a damped trend flattens out', () => {
  const path = extend({ level: 100, trend: 10, phi: 0.9 }, 50)
  expect(path[0]).toBeCloseTo(109)
  expect(path[49]!).toBeLessThan(190)
  expect(path[49]! - path[48]!).toBeLessThan(0.1)
})
