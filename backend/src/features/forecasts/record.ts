import { meanAbsoluteError, naiveScale, smape } from '@comptoir/shared/forecast/accuracy'
import { explainChange } from '@comptoir/shared/forecast/components'
import type { ForecastChange, ForecastMethod, ForecastMonth, ForecastRecord, ForecastTrial, MethodError } from '@comptoir/shared/forecasts/forecast.contract'
import type { MonthValue } from './months-port.ts'

/** A forecast as it was shown. */
export interface Snapshot {
  readonly madeAt: string
  readonly fromMonth: string
  readonly method: ForecastMethod
  readonly months: readonly ForecastMonth[]
  readonly paths: Partial<Record<ForecastMethod, readonly number[]>>
}

const mostTrials = 36

/** Every forecast that was shown against what came: newest months first. */
export function recordOf(snapshots: readonly Snapshot[], history: readonly MonthValue[]): ForecastRecord {
  const actuals = new Map(history.flatMap(({ month, value }) => value === null ? [] : [[month, value] as const]))
  const latest = latestByOrigin(snapshots)
  const trials = latest.flatMap(snapshot => trialsOf(snapshot, actuals))
    .toSorted((a, b) => b.month.localeCompare(a.month) || a.monthsAhead - b.monthsAhead)
  return {
    trials: trials.slice(0, mostTrials),
    values: trials.length,
    held: trials.filter(({ isHeld }) => isHeld).length,
    ...accuracyOf(trials.filter(({ monthsAhead }) => monthsAhead === 1)),
    league: leagueOf(latest, actuals, history),
  }
}

/** The figures that the catalogue calls forecast_wape and forecast_bias. */
function accuracyOf(trials: readonly ForecastTrial[]): Pick<ForecastRecord, 'wape' | 'bias'> {
  const sum = (of: (trial: ForecastTrial) => number): number => trials.reduce((all, trial) => all + of(trial), 0)
  const came = sum(({ actual }) => actual)
  return came > 0
    ? { wape: sum(({ point, actual }) => Math.abs(point - actual)) / came, bias: sum(({ point, actual }) => point - actual) / came }
    : { wape: null, bias: null }
}

/** Looked at ten times in a month is one forecast: the last. */
function latestByOrigin(snapshots: readonly Snapshot[]): Snapshot[] {
  const byOrigin = new Map<string, Snapshot>()
  for (const snapshot of snapshots) {
    const known = byOrigin.get(snapshot.fromMonth)
    if (!known || known.madeAt < snapshot.madeAt)
      byOrigin.set(snapshot.fromMonth, snapshot)
  }
  return [...byOrigin.values()]
}

function trialsOf({ madeAt, months, method }: Snapshot, actuals: ReadonlyMap<string, number>): ForecastTrial[] {
  return months.flatMap(({ month, point, lower80, upper80 }, index) => {
    const actual = actuals.get(month)
    if (actual === undefined)
      return []
    return [{
      madeAt, month, monthsAhead: index + 1, method, point, lower80, upper80, actual,
      isHeld: lower80 === null || upper80 === null ? null : actual >= lower80 && actual <= upper80,
    }]
  })
}

/** Only methods that had a say in every one of these forecasts are compared. */
function leagueOf(snapshots: readonly Snapshot[], actuals: ReadonlyMap<string, number>, history: readonly MonthValue[]): MethodError[] {
  const met = snapshots.filter(({ months }) => months.some(({ month }) => actuals.has(month)))
  const [first, ...others] = met.map(({ paths }) => Object.keys(paths) as ForecastMethod[])
  const scale = naiveScale([...actuals.values()], history.length > 12 ? 12 : 1)
  return (first ?? []).filter(method => others.every(names => names.includes(method))).map((method) => {
    const pairs = met.flatMap(({ months, paths }) => months.flatMap(({ month }, step) => {
      const actual = actuals.get(month)
      const said = paths[method]?.[step]
      return actual === undefined || said === undefined ? [] : [[actual, said] as const]
    }))
    const [came, said] = [pairs.map(([actual]) => actual), pairs.map(([, path]) => path)]
    const meanAbsolute = meanAbsoluteError(came, said)
    return { method, smape: smape(came, said), mase: scale === null ? null : meanAbsolute / scale, meanAbsolute }
  }).toSorted((a, b) => a.meanAbsolute - b.meanAbsolute)
}

/** The first month that both this forecast and the last one before it speak of. */
export function changeSince(before: Snapshot | null, months: readonly ForecastMonth[]): ForecastChange | null {
  if (!before)
    return null
  for (const after of months) {
    const then = before.months.find(({ month }) => month === after.month)
    if (then) {
      const { level, trend, season } = explainChange(then, after)
      return { since: before.madeAt, month: after.month, before: then.point, after: after.point, level, trend, season, methodBefore: before.method }
    }
  }
  return null
}
