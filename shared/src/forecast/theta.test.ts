import { expect, test } from 'vitest'
import { smape } from './accuracy.ts'
import { adjusted, detectSeason, withSeason } from './season.ts'
import { accidentalDeaths, airPassengers, gasConsumption } from './textbook-series.ts'
import { theta } from './theta.ts'

/** The recipe of the M competitions: tested season off, Theta, season back on. */
function seasonalTheta(series: readonly number[], period: number, horizon: number): Float64Array {
  const season = detectSeason(series, period)
  return withSeason(theta(adjusted(series, season), horizon), season, series.length)
}

test.each([
  { name: 'airline passengers', series: airPassengers, period: 12, horizon: 18, first: [520.90518, 518.7732547, 454.8299954, 396.323297, 345.0572773, 388.7586177], last: 402.2030068, error: 6.986 },
  { name: 'accidental deaths', series: accidentalDeaths, period: 12, horizon: 18, first: [10055.341633, 9519.883002, 8414.104945, 8727.231976, 8225.008953, 8339.506169], last: 8185.512627, error: 4.379 },
  { name: 'gas consumption', series: gasConsumption, period: 4, horizon: 8, first: [835.6632439, 564.4910588, 335.4583221, 602.9257811, 850.8926866, 574.7318989], last: 613.7655671, error: 17.37 },
])('answers on $name what thetaf of the R package forecast answers', ({ series, period, horizon, first, last, error }) => {
  const path = seasonalTheta(series.slice(0, -horizon), period, horizon)
  first.forEach((value, step) => expect(Math.abs(path[step]! / value - 1)).toBeLessThan(1e-4))
  expect(Math.abs(path[horizon - 1]! / last - 1)).toBeLessThan(1e-4)
  expect(smape(series.slice(-horizon), path)).toBeCloseTo(error, 2)
})

test('goes on with half the slope of a straight line', () => {
  const path = theta(Array.from({ length: 40 }, (_, index) => 100 + 2 * index), 4)
  expect(path[3]! - path[2]!).toBeCloseTo(1, 6)
})
