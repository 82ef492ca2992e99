import { toMajor, toMinor } from '@comptoir/shared/money'
import { parseNumber } from '@comptoir/shared/actions/settings'
import type { MetricUnit } from './messages.ts'

/** A raw figure (minor units, shares of one) as people read it: major units, percents. */
export function shownFigure(value: number | null, unit: MetricUnit, currency: string): number | null {
  if (value === null)
    return null
  switch (unit) {
    case 'money': return toMajor(Math.round(value), currency)
    case 'percent': return Math.round(value * 1_000_000) / 10_000
    case 'ratio':
    case 'hours':
    case 'days':
    case 'months':
    case 'count': return Math.round(value * 100) / 100
  }
}

/** And back: what somebody typed; null for nothing. */
export function rawFigure(text: string | undefined, unit: MetricUnit, currency: string): number | null {
  const number = parseNumber(text ?? '')
  if (number === null)
    return null
  return unit === 'money' ? toMinor(number, currency) : unit === 'percent' ? number / 100 : number
}

export function changePercent(value: number | null, previous: number | null): number | null {
  if (value === null || previous === null || previous === 0)
    return null
  return Math.round((value - previous) / Math.abs(previous) * 10_000) / 100
}

export const unitName = (unit: MetricUnit, currency: string): string => unit === 'money' ? currency : unit
