import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { meanAbsoluteError, naiveScale, smape } from '@comptoir/shared/forecast/accuracy'
import { forecast } from '@comptoir/shared/forecast/forecast'
import type { Figure } from './figure.ts'

const data = join(import.meta.dirname, '../../../shared/data/m3')

/** One line of a file of series: what is known, what came, and how many values make a season. */
export interface Series {
  readonly id: string
  readonly period: string
  readonly frequency: number
  readonly horizon: number
  readonly train: readonly (number | null)[]
  readonly test: readonly (number | null)[]
}

interface Tally { compared: number, smape: number, scaled: number, mase: number, values: number, held80: number, held95: number }

export interface ForecastFigures {
  readonly series: number
  /** An exception, an answer that is not finite, or a series that is none. */
  readonly failures: number
  /** Too short, or too many unknown values: the forecast says so rather than guess. */
  readonly refused: number
  /** By the clock, and of the one core alone: on a busy machine they differ. */
  readonly seconds: number
  readonly coreSeconds: number
  /** By period and over all; null where nothing came to compare with. */
  readonly smape: Readonly<Record<string, number | null>>
  readonly mase: Readonly<Record<string, number | null>>
  readonly coverage80: Readonly<Record<string, number | null>>
  readonly coverage95: Readonly<Record<string, number | null>>
}

/** Forecasts every series of a file and compares with what came. The time is that of the forecasts alone. */
export function forecastFigures(file: string): ForecastFigures {
  const all = seriesIn(file)
  const tallies: Record<string, Tally> = {}
  const unforecast = { failure: 0, refused: 0 }
  let milliseconds = 0
  const coreBefore = process.threadCpuUsage()
  for (const series of all) {
    const startedAt = performance.now()
    const found = attempt(series)
    milliseconds += performance.now() - startedAt
    if (typeof found === 'string') {
      unforecast[found]++
      continue
    }
    for (const name of new Set([series.period, 'all']))
      count(tallies[name] ??= { compared: 0, smape: 0, scaled: 0, mase: 0, values: 0, held80: 0, held95: 0 }, series, found)
  }
  const core = process.threadCpuUsage(coreBefore)
  const by = <T>(value: (tally: Tally) => T): Record<string, T> => Object.fromEntries(Object.entries(tallies).map(([name, tally]) => [name, value(tally)]))
  return {
    series: all.length,
    failures: unforecast.failure,
    refused: unforecast.refused,
    seconds: rounded(milliseconds / 1000),
    coreSeconds: rounded((core.user + core.system) / 1e6),
    smape: by(tally => share(tally.smape, tally.compared)),
    mase: by(tally => share(tally.mase, tally.scaled)),
    coverage80: by(tally => share(tally.held80, tally.values)),
    coverage95: by(tally => share(tally.held95, tally.values)),
  }
}

/** Throws a sentence that names the file. */
function seriesIn(file: string): readonly Series[] {
  const text = readFileSync(file, 'utf8')
  let content: unknown
  try {
    content = JSON.parse(text)
  }
  catch (error) {
    throw new Error(`${file} is no JSON: ${(error as Error).message}`, { cause: error })
  }
  if (!Array.isArray(content))
    throw new Error(`${file} holds no list of series`)
  return content as readonly Series[]
}

type Answer = Extract<ReturnType<typeof forecast>, { refusal: null }>

/** The intervals are missing where the past is too short to tell how wide they are; a series of the competition never is. */
function attempt(series: Series): Answer | 'failure' | 'refused' {
  try {
    const { train, test, frequency, horizon } = series
    const answer = forecast(train, { period: frequency, horizon })
    if (answer.refusal !== null)
      return 'refused'
    const paths = [answer.points, ...answer.intervals.flatMap(({ lower, upper }) => [lower, upper])]
    return Array.isArray(test) && paths.every(path => path.length === horizon && path.every(Number.isFinite)) ? answer : 'failure'
  }
  catch {
    return 'failure'
  }
}

/** Only steps of which it is known what came are compared. */
function count(tally: Tally, { train, test, frequency }: Series, { points, intervals }: Answer): void {
  const steps = points.flatMap((point, step) => Number.isFinite(test[step]) ? [{ step, point, actual: test[step]! }] : [])
  if (steps.length === 0)
    return
  const actual = steps.map(step => step.actual)
  const forecasts = steps.map(step => step.point)
  tally.compared++
  tally.smape += smape(actual, forecasts)
  const scale = naiveScale(train.filter(value => value !== null), frequency)
  if (scale !== null) {
    tally.scaled++
    tally.mase += meanAbsoluteError(actual, forecasts) / scale
  }
  const [inner, outer] = intervals
  if (!inner || !outer)
    return
  for (const { step, actual: value } of steps) {
    tally.values++
    tally.held80 += value >= inner.lower[step]! && value <= inner.upper[step]! ? 1 : 0
    tally.held95 += value >= outer.lower[step]! && value <= outer.upper[step]! ? 1 : 0
  }
}

const rounded = (value: number): number => Math.round(value * 10_000) / 10_000
const share = (total: number, count: number): number | null => count > 0 ? rounded(total / count) : null

/** The budgets on the M3 series, against the best published method in each column; nothing where the data are absent. */
export function forecastBudgets(): Promise<Figure[]> {
  const file = join(data, 'm3-odd.json')
  if (!existsSync(file)) {
    process.stderr.write('The M3 series are not beside the project: the forecast is not measured.\n')
    return Promise.resolve([])
  }
  const { series, failures, coreSeconds, smape: errors, coverage80 } = forecastFigures(file)
  const best = bestPublished(join(data, 'published-smape-odd.csv'))
  return Promise.resolve([
    { figure: `forecast: ${series} series on one core`, value: coreSeconds, unit: 's', budget: 10, rule: 'most' },
    { figure: 'forecast: failures', value: failures, unit: 'series', budget: 0, rule: 'most' },
    ...Object.entries(best).map(([period, budget]): Figure => ({ figure: `forecast: sMAPE ${period}, best published`, value: errors[period]!, unit: '%', budget, rule: 'most' })),
    ...Object.entries(coverage80).map(([period, share]): Figure => ({ figure: `forecast: 80 % interval, distance from 80, ${period}`, value: rounded(Math.abs((share ?? 0) * 100 - 80)), unit: 'points', budget: 3, rule: 'most' })),
  ])
}

function bestPublished(file: string): Record<string, number> {
  const [header = '', ...lines] = readFileSync(file, 'utf8').trim().split(/\r?\n/)
  return Object.fromEntries(header.split(',').slice(1).map((period, column) => {
    const values = lines.map(line => Number(line.split(',')[column + 1])).filter(Number.isFinite)
    return [period, Math.min(...values)]
  }))
}
