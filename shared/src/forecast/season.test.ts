import { expect, test } from 'vitest'
import { adjusted, autocorrelation, detectSeason, isSeasonal, movingAverage, noSeason, seasonOf, shrunkSeason, withSeason } from './season.ts'
import { airPassengers, nile } from './textbook-series.ts'

const wave = (count: number, noise = 0) => Array.from({ length: count }, (_, index) => 100 + 20 * Math.sin(index * Math.PI / 6) + noise * Math.sin(index * index))

test('sees the season of the airline passengers and none in the Nile', () => {
  expect(isSeasonal(airPassengers, 12)).toBe(true)
  expect(isSeasonal(nile, 12)).toBe(false)
})

test('less than two full seasons prove nothing', () => {
  expect(isSeasonal(wave(23), 12)).toBe(false)
  expect(detectSeason(wave(23), 12)).toBe(noSeason)
  expect(shrunkSeason(wave(23), 12)).toBe(noSeason)
})

test('the autocorrelation of a wave returns to one after a whole turn', () => {
  const found = autocorrelation(wave(240), 12)
  expect(found[5]!).toBeLessThan(-0.9)
  expect(found[11]!).toBeGreaterThan(0.9)
})

test('the moving average of an even season weighs both ends by half', () => {
  expect(Array.from(movingAverage([1, 2, 3, 4, 5], 4))).toEqual([Number.NaN, Number.NaN, 3, Number.NaN, Number.NaN])
})

test('factors multiply where all values are positive and average one', () => {
  const { kind, factors } = seasonOf(airPassengers, 12)
  expect(kind).toBe('multiplicative')
  expect(factors.reduce((total, factor) => total + factor, 0) / 12).toBeCloseTo(1)
  expect(factors[6]!).toBeGreaterThan(1.2)
})

test('factors add where a value is not positive', () => {
  const { kind, factors } = seasonOf(wave(48).map(value => value - 100), 12)
  expect(kind).toBe('additive')
  expect(factors[3]!).toBeCloseTo(20, 0)
})

test('taking the season off and putting it back changes nothing', () => {
  const season = seasonOf(airPassengers, 12)
  const back = withSeason(adjusted(airPassengers, season), season, 0)
  airPassengers.forEach((value, index) => expect(back[index]).toBeCloseTo(value, 8))
})

test('a clear season is kept nearly whole, a noisy one is drawn towards none', () => {
  const strength = (values: readonly number[]) => {
    const spread = (factors: Float64Array) => Math.hypot(...factors.map(factor => factor - 1))
    return spread(shrunkSeason(values, 12).factors) / spread(seasonOf(values, 12).factors)
  }
  expect(strength(airPassengers)).toBeGreaterThan(0.98)
  expect(strength(Array.from({ length: 60 }, (_, index) => 100 + 30 * Math.sin(index * index)))).toBeLessThan(0.6)
})
