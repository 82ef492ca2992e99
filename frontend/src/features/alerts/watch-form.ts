import { fits } from '@comptoir/shared/alerts/fitting'
import { watchKinds, type WatchKind, type WatchRule } from '@comptoir/shared/alerts/watch'
import { watchUnitOf, type WatchMetric, type WatchUnit } from '@comptoir/shared/alerts/watch-metrics'
import type { WatchInput } from '@comptoir/shared/alerts/watch.contract'
import { toMajor, toMinor } from '@comptoir/shared/money'

/** What stands in the fields; numbers as they are typed. */
export interface WatchFields {
  metric: WatchMetric
  /** Empty: all deals. */
  segmentId: string
  kind: WatchKind
  side: 'above' | 'below'
  way: 'up' | 'down' | 'either'
  against: 'previous' | 'year'
  value: string
  share: string
  floor: string
  coolDownMonths: string
}

export const emptyFields = (): WatchFields => ({
  metric: 'spend_total', segmentId: '', kind: 'change', side: 'above', way: 'either', against: 'previous', value: '', share: '25', floor: '', coolDownMonths: '0',
})

export const kindsFor = (metric: WatchMetric): readonly WatchKind[] => watchKinds.filter(kind => fits({ kind }, metric))

/** Data quality is asked of everything that was read. */
export const takesSegment = (metric: WatchMetric): boolean => !kindsFor(metric).includes('quality')

/** "1 250,5" and "1250.5"; null when it is no number. */
export function readNumber(text: string): number | null {
  const plain = text.replace(/[\s\u00A0\u202F]/g, '').replace(',', '.')
  const value = plain === '' ? Number.NaN : Number(plain)
  return Number.isFinite(value) && value >= 0 ? value : null
}

function inUnit(text: string, unit: WatchUnit, currency: string): number | null {
  const value = readNumber(text)
  if (value === null)
    return null
  return unit === 'money' ? toMinor(value, currency) : unit === 'percent' ? value / 100 : value
}

function outOfUnit(value: number, unit: WatchUnit, currency: string): string {
  const shown = unit === 'money' ? toMajor(value, currency) : unit === 'percent' ? Math.round(value * 10_000) / 100 : value
  return String(shown).replace('.', ',')
}

/** Null while a number is missing. A floor that is left empty is none. */
export function inputOf(fields: WatchFields, currency: string): WatchInput | null {
  const unit = watchUnitOf(fields.metric)
  const rule = ruleOf(fields, unit, currency)
  return rule && { metric: fields.metric, categoryId: null, ...fields.segmentId && takesSegment(fields.metric) && { segmentId: fields.segmentId }, rule, coolDownMonths: Number(fields.coolDownMonths) }
}

function ruleOf({ kind, side, way, against, value, share, floor }: WatchFields, unit: WatchUnit, currency: string): WatchRule | null {
  const least = floor.trim() === '' ? 0 : inUnit(floor, unit, currency)
  if (kind === 'change') {
    const percent = readNumber(share)
    return percent === null || percent < 1 || percent > 1000 || least === null ? null : { kind, direction: way, against, share: percent / 100, floor: least }
  }
  if (kind === 'band')
    return least === null ? null : { kind, direction: way, floor: least }
  const limit = inUnit(value, unit, currency)
  return limit === null ? null : { kind, direction: side, value: limit }
}

export function fieldsOf({ metric, segmentId = '', rule, coolDownMonths }: Pick<WatchInput, 'metric' | 'segmentId' | 'rule' | 'coolDownMonths'>, currency: string): WatchFields {
  const unit = watchUnitOf(metric)
  const known = rule as WatchRule
  const fields = { ...emptyFields(), metric, segmentId, kind: known.kind, coolDownMonths: String(coolDownMonths) }
  if (known.kind === 'change')
    return { ...fields, way: known.direction, against: known.against, share: String(Math.round(known.share * 1000) / 10).replace('.', ','), floor: outOfUnit(known.floor, unit, currency) }
  return known.kind === 'band'
    ? { ...fields, way: known.direction, floor: outOfUnit(known.floor, unit, currency) }
    : { ...fields, side: known.direction, value: outOfUnit(known.value, unit, currency) }
}
