import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { naiveScale, smape } from '@comptoir/shared/forecast/accuracy'
import { forecast } from '@comptoir/shared/forecast/forecast'
import type { Figure } from './figure.ts'

const data = join(import.meta.dirname, '../../../shared/data/m3')

/** One line of a file of series: what is known, what came, and how many values make a season. */
export interface Series {
  readonly id: string
  readonly period: string
  readonly frequency: number
  readonly horizon: number
  readonly train: readonly number[]
  readonly test: readonly number[]
}

interface Tally { series: number, smape: number, scaled: number, mase: number, values: number, held80: number, held95: number }

export interface ForecastFigures {
  readonly series: number
  readonly failures: number
  /** By the clock, and of the one core alone: on a busy machine they differ. */
  readonly seconds: number
  readonly coreSeconds: number
  readonly smape: Readonly<Record<string, number>>
  readonly mase: Readonly<Record<string, number | null>>
  readonly coverage80: Readonly<Record<string, number>>
  readonly coverage95: Readonly<Record<string, number>>
}

/** Forecasts every series of a file and compares with what came. The time is that of the forecasts alone. */
export function forecastFigures(file: string): ForecastFigures {
  const all = JSON.parse(readFileSync(file, 'utf8')) as readonly Series[]
  const tallies: Record<string, Tally> = {}
  let failures = 0
  let milliseconds = 0
  const coreBefore = process.threadCpuUsage()
  for (const series of all) {
    const startedAt = performance.now()
    const found = attempt(series)
    milliseconds += performance.now() - startedAt
    if (found === null) {
      failures++
      continue
    }
    for (const name of [series.period, 'all'])
      count(tallies[name] ??= { series: 0, smape: 0, scaled: 0, mase: 0, values: 0, held80: 0, held95: 0 }, series, found)
  }
  const core = process.threadCpuUsage(coreBefore)
  const by = <T>(value: (tally: Tally) => T): Record<string, T> => Object.fromEntries(Object.entries(tallies).map(([name, tally]) => [name, value(tally)]))
  return {
    series: all.length,
    failures,
    seconds: rounded(milliseconds / 1000),
    coreSeconds: rounded((core.user + core.system) / 1e6),
    smape: by(tally => rounded(tally.smape / tally.series)),
    mase: by(tally => tally.scaled > 0 ? rounded(tally.mase / tally.scaled) : null),
    coverage80: by(tally => rounded(tally.held80 / tally.values)),
    coverage95: by(tally => rounded(tally.held95 / tally.values)),
  }
}

type Answer = Extract<ReturnType<typeof forecast>, { refusal: null }>

/** A refusal, an exception or anything but finite numbers is a failure here: every one of these series can be forecast. */
function attempt({ train, frequency, horizon }: Series): Answer | null {
  try {
    const answer = forecast(train, { period: frequency, horizon })
    const isWhole = answer.refusal === null && answer.points.length === horizon && answer.intervals.length === 2
      && [answer.points, ...answer.intervals.flatMap(({ lower, upper }) => [lower, upper])].every(path => path.every(Number.isFinite))
    return isWhole ? answer : null
  }
  catch {
    return null
  }
}

function count(tally: Tally, { train, test, frequency }: Series, { points, intervals }: Answer): void {
  const scale = naiveScale(train, frequency)
  const [inner, outer] = intervals
  tally.series++
  tally.smape += smape(test, points)
  if (scale !== null) {
    tally.scaled++
    tally.mase += test.reduce((total, value, step) => total + Math.abs(value - points[step]!), 0) / test.length / scale
  }
  test.forEach((value, step) => {
    tally.values++
    tally.held80 += value >= inner!.lower[step]! && value <= inner!.upper[step]! ? 1 : 0
    tally.held95 += value >= outer!.lower[step]! && value <= outer!.upper[step]! ? 1 : 0
  })
}

const rounded = (value: number): number => Math.round(value * 10_000) / 10_000

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
    ...Object.entries(coverage80).map(([period, share]): Figure => ({ figure: `forecast: 80 % interval, distance from 80, ${period}`, value: rounded(Math.abs(share * 100 - 80)), unit: 'points', budget: 3, rule: 'most' })),
  ])
}

function bestPublished(file: string): Record<string, number> {
  const [header = '', ...lines] = readFileSync(file, 'utf8').trim().split(/\r?\n/)
  return Object.fromEntries(header.split(',').slice(1).map((period, column) => {
    const values = lines.map(line => Number(line.split(',')[column + 1])).filter(Number.isFinite)
    return [period, Math.min(...values)]
  }))
}
