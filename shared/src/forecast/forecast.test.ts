import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { smape } from './accuracy.ts'
import { explainChange } from './components.ts'
import { forecast, type Forecast, type ForecastOptions } from './forecast.ts'
import { accidentalDeaths, airPassengers, gasConsumption, nile } from './textbook-series.ts'

const monthly = { period: 12, horizon: 12 }

function answered(series: readonly (number | null)[], options: ForecastOptions = monthly): Forecast {
  const answer = forecast(series, options)
  if (answer.refusal !== null)
    throw new Error(`refused: ${answer.refusal}`)
  return answer
}

describe('on series of the textbooks', () => {
  test.each([
    { name: 'airline passengers', series: airPassengers, period: 12, horizon: 18, most: 7 },
    { name: 'accidental deaths', series: accidentalDeaths, period: 12, horizon: 18, most: 4.1 },
    { name: 'gas consumption', series: gasConsumption, period: 4, horizon: 8, most: 17 },
  ])('the error on $name stays under $most %', ({ series, period, horizon, most }) => {
    expect(smape(series.slice(-horizon), answered(series.slice(0, -horizon), { period, horizon }).points)).toBeLessThan(most)
  })

  test('the past error stands beside that of the naive rule', () => {
    const { pastErrors } = answered(airPassengers)
    expect(pastErrors.origins).toBe(6)
    expect(pastErrors.isBetterThanNaive).toBe(true)
    expect(pastErrors.byMethod.combination!.smape).toBeLessThan(pastErrors.byMethod.naive!.smape)
    expect(pastErrors.coverage.map(({ level }) => level)).toEqual([80, 95])
  })

  test('the wider interval holds the narrower, and both the forecast', () => {
    const { points, intervals: [inner, outer] } = answered(nile, { period: 1, horizon: 6 })
    points.forEach((point, step) => {
      expect(outer!.lower[step]).toBeLessThan(inner!.lower[step]!)
      expect(inner!.lower[step]).toBeLessThan(point)
      expect(inner!.upper[step]).toBeGreaterThan(point)
      expect(outer!.upper[step]).toBeGreaterThan(inner!.upper[step]!)
    })
  })

  test('level, trend and season add up to the forecast', () => {
    const { points, components } = answered(airPassengers)
    points.forEach((point, step) => expect(components.level + components.trend[step]! + components.season[step]!).toBeCloseTo(point, 8))
    expect(components.factors?.kind).toBe('multiplicative')
  })
})

describe('what changed since last time', () => {
  test('the parts of the change add up to the change', () => {
    const change = explainChange({ point: 100, level: 80, trend: 15, season: 5 }, { point: 112, level: 90, trend: 14, season: 8 })
    expect(change).toEqual({ total: 12, level: 10, trend: -1, season: 3 })
  })
})

describe('when the data are short or odd', () => {
  test('fewer than eight values are refused with what can be said of them', () => {
    expect(forecast([3, 4, null, 8], monthly)).toEqual({ refusal: 'too_short', known: 3, needed: 8, mean: expect.closeTo(5.25), range: [3, 8] })
    expect(forecast([], monthly)).toEqual({ refusal: 'too_short', known: 0, needed: 8, mean: null, range: null })
  })

  test('a series that is mostly unknown is refused', () => {
    const series = Array.from({ length: 40 }, (_, index) => index % 2 ? null : index)
    expect(forecast(series, monthly).refusal).toBe('too_many_gaps')
  })

  test('unknown last values are forecast on the way to what comes after them', () => {
    const known = airPassengers.slice(0, 120)
    const { points, intervals, components, gaps } = answered([...known, null, null], { period: 12, horizon: 6 })
    const longer = answered(known, { period: 12, horizon: 8 })
    expect(gaps.trailing).toBe(2)
    expect(points).toEqual(longer.points.slice(2))
    expect(intervals[0]!.upper).toEqual(longer.intervals[0]!.upper.slice(2))
    expect(components.season).toEqual(longer.components.season.slice(2))
  })

  test('a series that never moves is forecast to stay, without an error to speak of', () => {
    const { points, pastErrors, intervals } = answered(Array<number>(36).fill(7))
    expect(points.every(point => Math.abs(point - 7) < 1e-6)).toBe(true)
    expect(pastErrors.byMethod.combination!.mase).toBeNull()
    expect(intervals[1]!.upper[11]! - intervals[1]!.lower[11]!).toBeLessThan(1e-3)
  })

  test('what can be replayed once or twice only is no record: no error and no interval is told', () => {
    const { points, intervals, pastErrors } = answered([5, 6, 7, 6, 5, 6, 7, 8], { period: 12, horizon: 3 })
    expect(points).toHaveLength(3)
    expect(intervals).toEqual([])
    expect(pastErrors).toEqual({ origins: 0, byMethod: {}, isBetterThanNaive: null, coverage: [] })
  })

  test('nothing but nothing stays nothing', () => {
    expect(answered(Array<number>(30).fill(0)).points.every(point => point === 0)).toBe(true)
  })

  test('rare events are told as a rate', () => {
    const { method, points } = answered(Array.from({ length: 36 }, (_, index) => index % 4 === 1 ? 8 : 0), { period: 1, horizon: 3 })
    expect(method).toBe('intermittent')
    expect(points[0]).toBeCloseTo(2, 0)
  })

  test('a random walk is not dressed up: where repeating the last value was clearly better, it is repeated', () => {
    const series = [...Array.from({ length: 30 }, (_, index) => 100 + 10 * index), ...Array<number>(18).fill(50)]
    const { method, points } = answered(series, { period: 1, horizon: 6 })
    expect(method).toBe('naive')
    expect(points).toEqual(Array<number>(6).fill(50))
  })

  test('an amount that cannot be negative is not forecast below nothing', () => {
    const falling = Array.from({ length: 24 }, (_, index) => 240 - 10 * index + index % 3)
    const { points, intervals } = answered(falling, { ...monthly, isNonNegative: true })
    expect([...points, ...intervals.flatMap(({ lower }) => lower)].every(value => value >= 0)).toBe(true)
  })

  test('what is not a number is the caller’s mistake', () => {
    expect(() => forecast([1, Number.NaN], monthly)).toThrow(RangeError)
    expect(() => forecast([1], { period: 0, horizon: 1 })).toThrow(RangeError)
  })
})

describe('whatever the series', () => {
  const values = fc.array(fc.integer({ min: -1_000_000, max: 1_000_000 }), { minLength: 8, maxLength: 60 })
  const season = fc.constantFrom(1, 4, 12)
  const isFinite = ({ points, intervals }: Forecast) => [points, ...intervals.flatMap(({ lower, upper }) => [lower, upper])].flat().every(Number.isFinite)

  test('every figure of the answer is a number', () => {
    fc.assert(fc.property(values, season, (series, period) => {
      expect(isFinite(answered(series, { period, horizon: 6 }))).toBe(true)
    }), { numRuns: 60 })
  })

  test('values of any size, and counts with many nothings, too', () => {
    const sizes = fc.array(fc.oneof(fc.constant(0), fc.double({ min: 1e-9, max: 1e12, noNaN: true })), { minLength: 8, maxLength: 40 })
    fc.assert(fc.property(sizes, season, (series, period) => {
      expect(isFinite(answered(series, { period, horizon: 6 }))).toBe(true)
    }), { numRuns: 60 })
  })

  test('in another unit the same is forecast', () => {
    const positive = fc.array(fc.integer({ min: 1, max: 10_000 }), { minLength: 12, maxLength: 48 })
    fc.assert(fc.property(positive, season, fc.constantFrom(2, 8, 1024), (series, period, factor) => {
      const plain = answered(series, { period, horizon: 4 }).points
      const scaled = answered(series.map(value => value * factor), { period, horizon: 4 }).points
      plain.forEach((point, step) => expect(scaled[step]! / factor / point).toBeCloseTo(1, 1))
    }), { numRuns: 40 })
  })
})
