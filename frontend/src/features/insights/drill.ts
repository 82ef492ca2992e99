import { crossings, type Crossing } from '@comptoir/shared/dashboards/figures'
import type { MetricFilters, RecordFilters } from '@comptoir/shared/insights/insights.contract'
import { periodKinds, type PeriodChoice } from '@comptoir/shared/insights/period'
import { leftOutReasons, metricIds, type LeftOutReason, type MetricId } from '@comptoir/shared/insights/metric'

/** Of one person or pipeline alone. */
export interface DrillOnly { readonly by: Crossing, readonly id: number, readonly label: string }

const drillParts = ['stage', 'customer', 'source', 'vendor', 'age', 'channel', 'campaign'] as const
/** Breakdowns whose parts lead to their records. */
export type DrillPart = (typeof drillParts)[number]
export const drillPart = (by: string | null): DrillPart | undefined => drillParts.find(known => known === by)

/** Which records are listed: all behind a number, one part of them, or those it leaves out. */
export type Drill = {
  readonly metricId: MetricId
  /** A period of its own, not the page's. */
  readonly within?: PeriodChoice | null
  /** Behind a cell of two breakdowns. */
  readonly only?: readonly DrillOnly[]
} & (
  | { readonly kind: 'all' }
  | { readonly kind: 'days', readonly from: string, readonly to: string }
  | { readonly kind: DrillPart, readonly id: string, readonly label: string }
  | { readonly kind: 'left-out', readonly reason: LeftOutReason }
)

/** `revenue_won~days~2026-03-01~2026-03-31`, `last_year!revenue_won`, `responsible~3~Camille@revenue_won`: short, readable, and safe in an address. */
export function writeDrill(drill: Drill): string {
  const { within, only = [] } = drill
  const narrowed = only.map(({ by, id, label }) => `${by}~${id}~${label.replaceAll('@', ' ')}@`).join('')
  return narrowed + (within ? `${within.period === 'custom' ? `${within.from}..${within.to}` : within.period}!${writePart(drill)}` : writePart(drill))
}

function writePart(drill: Drill): string {
  switch (drill.kind) {
    case 'all': return drill.metricId
    case 'days': return [drill.metricId, 'days', drill.from, drill.to].join('~')
    case 'left-out': return [drill.metricId, 'left-out', drill.reason].join('~')
    case 'stage':
    case 'customer':
    case 'source':
    case 'vendor':
    case 'age':
    case 'channel':
    case 'campaign': return [drill.metricId, drill.kind, drill.id, drill.label].join('~')
  }
}

/** Null for anything that is not an address of records. */
export function readDrill(text: string): Drill | null {
  const [, by, id, label = '', rest] = /^([a-z]+)~(\d{1,9})~([^@]*)@(.*)$/.exec(text) ?? []
  if (rest === undefined)
    return readWithin(text)
  const crossing = crossings.find(known => known === by)
  const drill = readDrill(rest)
  return drill && crossing ? { ...drill, only: [{ by: crossing, id: Number(id), label }, ...drill.only ?? []] } : null
}

function readWithin(text: string): Drill | null {
  const [, period, from, to, part] = /^(?:([a-z0-9_]+)|(\d{4}-\d{2}-\d{2})\.\.(\d{4}-\d{2}-\d{2}))!(.*)$/.exec(text) ?? []
  if (part === undefined)
    return readPart(text)
  const kind = periodKinds.find(known => known === period && known !== 'custom')
  const drill = readPart(part)
  return drill && (kind || from) ? { ...drill, within: kind ? { period: kind } : { period: 'custom', from, to } } : null
}

function readPart(text: string): Drill | null {
  const [id, kind, first = '', ...rest] = text.split('~')
  const metricId = metricIds.find(known => known === id)
  if (!metricId)
    return null
  const second = rest.join('~')
  const isDay = (day: string): boolean => /^\d{4}-\d{2}-\d{2}$/.test(day)
  const reason = leftOutReasons.find(known => known === first)
  if (kind === undefined)
    return { metricId, kind: 'all' }
  if (kind === 'days' && isDay(first) && isDay(second))
    return { metricId, kind, from: first, to: second }
  if (kind === 'left-out' && reason)
    return { metricId, kind, reason }
  const part = drillPart(kind)
  if (part && first)
    return { metricId, kind: part, id: first, label: second || first }
  return null
}

/** The page's filters, narrowed to what was opened. */
export function recordFilters(pageFilters: MetricFilters, drill: Drill): RecordFilters {
  const narrowed = Object.fromEntries((drill.only ?? []).map(({ by, id }) => [by === 'responsible' ? 'userIds' : 'categoryIds', [id]]))
  const filters: MetricFilters = { ...pageFilters, ...narrowed, ...drill.within && { from: undefined, to: undefined, ...drill.within } }
  switch (drill.kind) {
    case 'all': return filters
    case 'days': return { ...filters, period: 'custom', from: drill.from, to: drill.to }
    case 'stage': return { ...filters, stageId: drill.id }
    case 'customer': return { ...filters, companyId: Number(drill.id) }
    case 'source': return { ...filters, sourceId: drill.id }
    case 'vendor': return { ...filters, vendorId: drill.id }
    case 'age': return { ...filters, age: drill.id as RecordFilters['age'] }
    case 'channel': return { ...filters, channel: drill.id }
    case 'campaign': return { ...filters, campaign: drill.id }
    case 'left-out': return { ...filters, leftOut: drill.reason }
  }
}
