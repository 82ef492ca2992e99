import { existsSync, readFileSync, writeFileSync, mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { smape } from '@comptoir/shared/forecast/accuracy'
import { naive2 } from '@comptoir/shared/forecast/naive'
import { adjusted, detectSeason, withSeason } from '@comptoir/shared/forecast/season'
import { theta } from '@comptoir/shared/forecast/theta'
import { forecastFigures, type Series } from './forecast.ts'

const file = join(import.meta.dirname, '../../../shared/data/m3/m3-odd.json')
const isThere = existsSync(file)
if (!isThere)
  process.stdout.write('Skipped: the M3 series (shared/data/m3/m3-odd.json) are not beside the project.\n')

type KnownSeries = Series & Record<'train' | 'test', readonly number[]>

/** sMAPE of R's thetaf (package forecast 8.20) on the odd series, by period. */
const thetaOfR = { yearly: 17.361, quarterly: 9.194, monthly: 14.18, other: 4.532 }

describe.skipIf(!isThere)('on the odd series of the M3 competition', () => {
  const all = isThere ? JSON.parse(readFileSync(file, 'utf8')) as readonly KnownSeries[] : []

  test('Theta is as accurate as R’s, by period', () => {
    for (const [period, expected] of Object.entries(thetaOfR)) {
      const errors = all.filter(series => series.period === period).map(({ train, test, frequency, horizon }) => {
        const season = detectSeason(train, frequency)
        return smape(test, withSeason(theta(adjusted(train, season), horizon), season, train.length))
      })
      expect(Math.abs(errors.reduce((total, error) => total + error, 0) / errors.length - expected), period).toBeLessThan(0.05)
    }
  })

  test('a fifth of them is forecast without failure, better than Naive2, and 80 of 100 values lie in the interval', () => {
    const sample = all.filter((_, index) => index % 5 === 0)
    const path = join(mkdtempSync(join(tmpdir(), 'series-')), 'sample.json')
    writeFileSync(path, JSON.stringify(sample))
    const figures = forecastFigures(path)
    expect(figures.failures).toBe(0)
    expect(Math.abs((figures.coverage80.all ?? 0) - 0.8)).toBeLessThan(0.05)
    for (const period of Object.keys(thetaOfR)) {
      const errors = sample.filter(series => series.period === period).map(({ train, test, frequency, horizon }) => smape(test, naive2(train, detectSeason(train, frequency), horizon)))
      expect(figures.smape[period]!, period).toBeLessThan(errors.reduce((total, error) => total + error, 0) / errors.length)
    }
    expect(figures.smape.all!).toBeLessThan(13.03)
  })
})

const figuresOf = (content: unknown) => {
  const path = join(mkdtempSync(join(tmpdir(), 'series-')), 'series.json')
  writeFileSync(path, typeof content === 'string' ? content : JSON.stringify(content))
  return forecastFigures(path)
}
const nine = [1, 2, 4, 3, 5, 6, 8, 7, 9]

test('a series too short to forecast is refused, and no error of nothing is counted for it', () => {
  expect(figuresOf([{ id: 'a', period: 'yearly', frequency: 1, horizon: 2, train: [1, 2, 3], test: [4, 5] }])).toMatchObject({ series: 1, failures: 0, refused: 1, smape: {} })
})

test.each([
  ['nothing but the same value', Array<number>(20).fill(5)],
  ['nothing but zeros', Array<number>(20).fill(0)],
  ['negative values', nine.map(value => -value)],
  ['values near the end of what a number holds', nine.map(value => value * 1e300)],
  ['an unknown value', [...nine, null, 12]],
  ['unknown last values', [...nine, null, null]],
])('%s is forecast in finite numbers at every frequency, further ahead than the series is long', (_, train) => {
  const figures = figuresOf([1, 4, 7, 12, 24, 52].map(frequency => ({ id: 'a', period: `${frequency}`, frequency, horizon: 30, train, test: Array<number>(30).fill(7) })))
  expect(figures).toMatchObject({ failures: 0, refused: 0 })
  expect(Object.values(figures.smape).every(Number.isFinite)).toBe(true)
})

test('a series that is none is a failure, and steps whose value never came are not compared', () => {
  const figures = figuresOf([null, { train: 'x' }, { id: 'a', period: 'other', frequency: 1, horizon: 3, train: nine, test: [] }])
  expect(figures).toMatchObject({ series: 3, failures: 2, smape: { other: null }, coverage80: { other: null } })
})

test.each(['', '{"a":1}', '[{'])('a file of %j is refused in a sentence that names it', content => {
  expect(() => figuresOf(content)).toThrow(/series\.json (is no JSON|holds no list of series)/)
})
