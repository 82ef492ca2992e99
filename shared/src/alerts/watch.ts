import { addMonths, type Day } from '../insights/calendar.ts'
import { expectedBand, type Band } from './band.ts'
import type { MonthValue } from './month-value.ts'
import { projectedYear } from './projection.ts'

export const watchKinds = ['threshold', 'change', 'band', 'target', 'quality'] as const
export type WatchKind = (typeof watchKinds)[number]

/** When a watch rings. Money in minor units, shares from 0 to 1. */
export type WatchRule =
  | { readonly kind: 'threshold' | 'quality', readonly direction: 'above' | 'below', readonly value: number }
  /** A share alone would ring for pennies: the floor is what the change must amount to. */
  | { readonly kind: 'change', readonly direction: 'up' | 'down' | 'either', readonly against: 'previous' | 'year', readonly share: number, readonly floor: number }
  | { readonly kind: 'band', readonly direction: 'up' | 'down' | 'either', readonly floor: number }
  /** The year as it is going to end, against what was planned. */
  | { readonly kind: 'target', readonly direction: 'above' | 'below', readonly value: number }

export interface Verdict {
  readonly month: Day
  readonly value: number | null
  /** Null: the records cannot tell. */
  readonly isRinging: boolean | null
  /** What it was compared with: the month before, or the same month a year before. */
  readonly previous: number | null
  readonly change: number | null
  readonly band: Band | null
}

export interface JudgeOptions {
  /** How often a person has said that a ring was none: each time the band grows wider. */
  readonly falseAlarms?: number
}

/** What a watch says of one month, knowing only what came before it. */
export function judge(rule: WatchRule, months: readonly MonthValue[], at: number, options: JudgeOptions = {}): Verdict {
  const here = months[at]
  const verdict: Verdict = { month: here?.month ?? '', value: here?.value ?? null, isRinging: null, previous: null, change: null, band: null }
  if (!here || here.value === null)
    return verdict
  switch (rule.kind) {
    case 'threshold':
    case 'quality':
      return { ...verdict, isRinging: crosses(here.value, rule) }
    case 'change':
      return judgeChange(verdict, rule, months)
    case 'band':
      return judgeBand(verdict, rule, months, at, options.falseAlarms ?? 0)
    case 'target': {
      const projected = projectedYear(months, at)
      return { ...verdict, value: projected, isRinging: projected === null ? null : crosses(projected, rule) }
    }
  }
}

const crosses = (value: number, { direction, value: limit }: { direction: 'above' | 'below', value: number }): boolean =>
  direction === 'above' ? value > limit : value < limit

function judgeChange(verdict: Verdict, rule: Extract<WatchRule, { kind: 'change' }>, months: readonly MonthValue[]): Verdict {
  const before = addMonths(verdict.month, rule.against === 'year' ? -12 : -1)
  const previous = months.find(({ month }) => month === before)?.value ?? null
  if (previous === null || verdict.value === null)
    return { ...verdict, previous }
  const distance = verdict.value - previous
  // From nothing to something is no percentage; it is as large a change as there can be.
  const share = previous === 0 ? (distance === 0 ? 0 : Infinity) : Math.abs(distance) / Math.abs(previous)
  const isItsWay = rule.direction === 'either' || (rule.direction === 'up') === (distance > 0)
  return {
    ...verdict, previous,
    change: previous === 0 ? null : distance / Math.abs(previous),
    isRinging: distance !== 0 && isItsWay && share >= rule.share && Math.abs(distance) >= rule.floor,
  }
}

function judgeBand(verdict: Verdict, rule: Extract<WatchRule, { kind: 'band' }>, months: readonly MonthValue[], at: number, falseAlarms: number): Verdict {
  const band = expectedBand(months.slice(0, at + 1).map(({ value }) => value), falseAlarms)
  if (!band || verdict.value === null)
    return verdict
  const distance = verdict.value - band.expected
  const isItsWay = rule.direction === 'either' || (rule.direction === 'up') === (distance > 0)
  const isOutside = verdict.value < band.low || verdict.value > band.high
  return { ...verdict, band, isRinging: isOutside && isItsWay && Math.abs(distance) >= rule.floor }
}

export type CheckState = 'quiet' | 'rang' | 'cooling' | 'unknown'

export interface Check extends Verdict { readonly state: CheckState }

/** What a watch would have done in the last months, as if it had run then: nothing later is known to it. */
export function replayWatch(rule: WatchRule, months: readonly MonthValue[], { count = 12, coolDownMonths = 0, falseAlarms = 0 }: { count?: number, coolDownMonths?: number, falseAlarms?: number } = {}): readonly Check[] {
  const checks: Check[] = []
  let quietUntil: Day | null = null
  for (let at = Math.max(0, months.length - count); at < months.length; at++) {
    const verdict = judge(rule, months, at, { falseAlarms })
    const isCooling: boolean = quietUntil !== null && verdict.month < quietUntil
    const state: CheckState = verdict.isRinging === null ? 'unknown' : !verdict.isRinging ? 'quiet' : isCooling ? 'cooling' : 'rang'
    if (state === 'rang')
      quietUntil = addMonths(verdict.month, 1 + coolDownMonths)
    checks.push({ ...verdict, state })
  }
  return checks
}
