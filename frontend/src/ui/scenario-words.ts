import type { ScenarioStart } from '@comptoir/shared/scenarios/scenario.contract'
import { leverNames, leverRanges, relativeLevers, type LeverName, type Levers, type Outcome } from '@comptoir/shared/scenarios/scenario'
import { formatChange, formatNumber, formatPercent, formatRoundMoney, NO_VALUE, signOf } from '../platform/format/format.ts'
import { t } from '../platform/i18n/i18n.ts'

const needed = ['volume', 'winRate', 'averageValue', 'cycleDays'] as const

/** What the year does not tell and no scenario can do without. */
export const missingOf = (start: ScenarioStart): string[] => needed.filter(name => start[name] === null).map(name => t(`scenarios.base.${name}`))

export const isRelative = (lever: LeverName): boolean => relativeLevers.some(name => name === lever)

export const writeLever = (lever: LeverName, value: number): string => value === 0
  ? t('scenarios.levers.unchanged')
  : isRelative(lever) ? formatChange(value) : `${signOf(value)}${t('scenarios.levers.days', { count: formatNumber(Math.abs(value)) })}`

export const measures = ['revenue', 'cost', 'margin', 'marginRate', 'tiedUp'] as const satisfies readonly (keyof Outcome)[]
export type Measure = typeof measures[number]

export const writeMoney = (currency: string, value: number | null): string => value === null ? NO_VALUE : formatRoundMoney({ minor: Math.round(value), currency })

export const writeMeasure = (measure: Measure, currency: string, outcome: Outcome): string | null => {
  const value = outcome[measure]
  return value === null ? null : measure === 'marginRate' ? formatPercent(value) : writeMoney(currency, value)
}

/** Rates in points, sums in percent. */
export function writeDifference(measure: Measure, outcome: Outcome, start: Outcome): string | null {
  const [now, then] = [outcome[measure], start[measure]]
  if (now === null || then === null || Math.abs(now - then) < 1e-9)
    return null
  return measure === 'marginRate'
    ? `${signOf(now - then)}${t('scenarios.outcome.points', { count: Math.round(Math.abs(now - then) * 1000) / 10 })}`
    : then === 0 ? null : formatChange((now - then) / Math.abs(then))
}

/** Only what the sliders can show: a stored lever out of range is put on its end. */
export const withinRanges = (levers: Levers): Levers => Object.fromEntries(leverNames.map(name =>
  [name, Math.min(leverRanges[name].max, Math.max(leverRanges[name].min, levers[name] ?? 0))])) as unknown as Levers
