import { settingsFaults, type SettingsFault } from '@comptoir/shared/scorecards/check-settings'
import { scorableMeasures, type ScorableMeasure } from '@comptoir/shared/scorecards/measure'
import type { ScorecardRules } from '@comptoir/shared/scorecards/rules.schema'
import { criterionIds, type CriterionId } from '@comptoir/shared/scorecards/settings'

type Settings = ScorecardRules['settings']

/** Numbers of the rules that stand alone, by the part of the page they are on; `[least, most]`, null where empty is a value. */
export const numberFields = {
  lines: ['graceDays', 'earlyWindowDays', 'tolerancePercent'],
  invoices: ['invoiceTolerancePercent', 'invoiceToleranceAmount'],
  requests: ['slaHours'],
  samples: ['k', 'nMin', 'minimumCoverage', 'indicativeBelowLines'],
  levels: ['bound0', 'bound1', 'bound2', 'hysteresis'],
  period: ['periodMonths', 'halfLifeMonths', 'dropAlert'],
} as const
export type NumberField = (typeof numberFields)[keyof typeof numberFields][number]

const limits: Readonly<Record<NumberField, { least: number, most: number, isWhole?: boolean, mayBeEmpty?: boolean }>> = {
  graceDays: { least: 0, most: 365, isWhole: true }, earlyWindowDays: { least: 0, most: 3650, mayBeEmpty: true }, tolerancePercent: { least: 0, most: 100 },
  invoiceTolerancePercent: { least: 0, most: 100 }, invoiceToleranceAmount: { least: 0, most: 1e9 }, slaHours: { least: 0, most: 10_000 },
  k: { least: 0, most: 1_000_000 }, nMin: { least: 0, most: 1_000_000 }, minimumCoverage: { least: 0, most: 100 }, indicativeBelowLines: { least: 0, most: 1_000_000, isWhole: true },
  bound0: { least: 0, most: 100 }, bound1: { least: 0, most: 100 }, bound2: { least: 0, most: 100 }, hysteresis: { least: 0, most: 50 },
  periodMonths: { least: 1, most: 120, isWhole: true, mayBeEmpty: true }, halfLifeMonths: { least: 0.1, most: 1200 }, dropAlert: { least: 1, most: 100 },
}

export function readNumber(rules: ScorecardRules, field: NumberField): number | null {
  if (field === 'periodMonths' || field === 'dropAlert')
    return rules[field]
  const bound = boundOf(field)
  return bound === null ? rules.settings[field as 'k'] : rules.settings.standingBounds[bound]!
}

/** The rules with the number in its place; null where a number is wanted is kept as NaN and found by the check. */
export function withNumber(rules: ScorecardRules, field: NumberField, value: number | null): ScorecardRules {
  const given = value === null && !limits[field].mayBeEmpty ? Number.NaN : value
  if (field === 'periodMonths' || field === 'dropAlert')
    return { ...rules, [field]: given }
  const bound = boundOf(field)
  const settings = bound === null
    ? { ...rules.settings, [field]: given }
    : { ...rules.settings, standingBounds: rules.settings.standingBounds.map((old, at) => at === bound ? given : old) }
  return { ...rules, settings: settings as Settings }
}

const boundOf = (field: NumberField): number | null => /^bound\d$/.test(field) ? Number(field.slice(5)) : null

export type Fault = SettingsFault | { readonly path: NumberField | 'weights' | 'targets' | `curves.${string}`, readonly reason: 'number' }

/** Everything that stands between the rules and being saved. */
export function rulesFaults(rules: ScorecardRules): Fault[] {
  const numbers = (Object.keys(limits) as NumberField[]).filter(field => !fits(field, readNumber(rules, field))).map(path => ({ path, reason: 'number' as const }))
  const { weights, targets, curves } = rules.settings
  const within = (value: number, most: number): boolean => Number.isFinite(value) && value >= 0 && value <= most
  return [
    ...numbers,
    ...criterionIds.every(id => within(weights[id], 1_000_000)) ? [] : [{ path: 'weights' as const, reason: 'number' as const }],
    ...criterionIds.every(id => within(targets[id], 100)) ? [] : [{ path: 'targets' as const, reason: 'number' as const }],
    ...Object.entries(curves).filter(([, curve]) => curve.length === 0 || curve.some(([x, y]) => !Number.isFinite(x) || !within(y, 100)))
      .map(([id]) => ({ path: `curves.${id}` as const, reason: 'number' as const })),
    ...settingsFaults(rules.settings),
  ]
}

function fits(field: NumberField, value: number | null): boolean {
  const { least, most, isWhole, mayBeEmpty } = limits[field]
  if (value === null)
    return mayBeEmpty === true
  return Number.isFinite(value) && value >= least && value <= most && (!isWhole || Number.isInteger(value))
}

/** The criterion a measure counts in. */
export const criterionOf = ({ measures }: Settings, measure: ScorableMeasure): CriterionId | null =>
  criterionIds.find(id => measures[id].includes(measure)) ?? null

export function withMeasure(rules: ScorecardRules, measure: ScorableMeasure, criterion: CriterionId | null): ScorecardRules {
  const { measures } = rules.settings
  const moved = Object.fromEntries(criterionIds.map(id => [id, scorableMeasures.filter(each => each === measure ? id === criterion : measures[id].includes(each))]))
  return { ...rules, settings: { ...rules.settings, measures: moved as Settings['measures'] } }
}
