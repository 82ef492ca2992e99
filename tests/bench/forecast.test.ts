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

/** sMAPE of R's thetaf (package forecast 8.20) on the odd series, by period. */
const thetaOfR = { yearly: 17.361, quarterly: 9.194, monthly: 14.18, other: 4.532 }

describe.skipIf(!isThere)('on the odd series of the M3 competition', () => {
  const all = isThere ? JSON.parse(readFileSync(file, 'utf8')) as readonly Series[] : []

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
    expect(Math.abs(figures.coverage80.all! - 0.8)).toBeLessThan(0.05)
    for (const period of Object.keys(thetaOfR)) {
      const errors = sample.filter(series => series.period === period).map(({ train, test, frequency, horizon }) => smape(test, naive2(train, detectSeason(train, frequency), horizon)))
      expect(figures.smape[period]!, period).toBeLessThan(errors.reduce((total, error) => total + error, 0) / errors.length)
    }
    expect(figures.smape.all!).toBeLessThan(13.03)
  })
})

test('an answer that is no answer counts as a failure, not as an error of nothing', () => {
  const path = join(mkdtempSync(join(tmpdir(), 'series-')), 'short.json')
  writeFileSync(path, JSON.stringify([{ id: 'a', period: 'yearly', frequency: 1, horizon: 2, train: [1, 2, 3], test: [4, 5] }]))
  expect(forecastFigures(path)).toMatchObject({ series: 1, failures: 1, smape: {} })
})
