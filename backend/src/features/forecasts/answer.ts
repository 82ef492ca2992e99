import { forecast, type Forecast, type Refusal } from '@comptoir/shared/forecast/forecast'
import type { PastError } from '@comptoir/shared/forecast/rolling-origin'
import type { ForecastAnswer, ForecastMethod, ForecastMonth, ForecastRefusal, MethodError } from '@comptoir/shared/forecasts/forecast.contract'
import { addMonths } from '@comptoir/shared/insights/calendar'
import type { MonthValue } from './months-port.ts'

/** Months make a year. */
const period = 12

export interface Foreseen {
  readonly answer: ForecastAnswer | null
  readonly refusal: ForecastRefusal | null
  readonly paths: Partial<Record<ForecastMethod, readonly number[]>>
}

/** What comes after the known months; amounts and counts are never negative. */
export function foresee(months: readonly MonthValue[], horizon: number): Foreseen {
  const found = forecast(months.map(({ value }) => value), { period, horizon, isNonNegative: true })
  if (found.refusal !== null)
    return { answer: null, refusal: refusalOf(found), paths: {} }
  return { answer: answerOf(found, months), refusal: null, paths: found.paths }
}

const refusalOf = ({ refusal, known, needed, mean, range }: Refusal): ForecastRefusal =>
  ({ reason: refusal, known, needed, mean, lowest: range?.[0] ?? null, highest: range?.[1] ?? null })

function answerOf(found: Forecast, months: readonly MonthValue[]): ForecastAnswer {
  const { byMethod, origins, isBetterThanNaive, coverage } = found.pastErrors
  const league = leagueOf(byMethod)
  return {
    method: found.method,
    members: [...found.members],
    months: monthsOf(found, months),
    origins,
    own: league.find(({ method }) => method === found.method) ?? null,
    naive: league.find(({ method }) => method === 'naive') ?? null,
    isBetterThanNaive,
    coverage: coverage.map(entry => ({ ...entry })),
    league,
    season: seasonOf(found, months),
    filledMonths: found.gaps.filled,
  }
}

const leagueOf = (errors: Partial<Record<ForecastMethod, PastError>>): MethodError[] => (Object.entries(errors) as [ForecastMethod, PastError][])
  .map(([method, { smape, mase, meanAbsolute }]) => ({ method, smape, mase, meanAbsolute }))
  .toSorted((a, b) => a.meanAbsolute - b.meanAbsolute)

function monthsOf({ points, components, intervals }: Forecast, months: readonly MonthValue[]): ForecastMonth[] {
  const next = addMonths(months.at(-1)!.month, 1)
  const bound = (level: number, side: 'lower' | 'upper', step: number) => intervals.find(interval => interval.level === level)?.[side][step] ?? null
  return points.map((point, step) => ({
    month: addMonths(next, step),
    point,
    lower80: bound(80, 'lower', step),
    upper80: bound(80, 'upper', step),
    lower95: bound(95, 'lower', step),
    upper95: bound(95, 'upper', step),
    level: components.level,
    trend: components.trend[step]!,
    season: components.season[step]!,
  }))
}

/** The factors begin with the first known month; the answer with January. */
function seasonOf({ components, gaps }: Forecast, months: readonly MonthValue[]): ForecastAnswer['season'] {
  const { factors } = components
  if (!factors)
    return null
  const first = Number(months[gaps.leading]!.month.slice(5, 7)) - 1
  return { kind: factors.kind, months: Array.from({ length: period }, (_, month) => factors.values[(month - first + period) % period]!) }
}
