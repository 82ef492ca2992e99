import type { MetricResult } from '../insights/insights.contract.ts'

/** What a figure is drawn from: the parts of a number, in the order in which they came. */
export interface FigureRow {
  readonly label: string
  /** Null where there is no data. */
  readonly value: number | null
}

export interface ParetoBar extends FigureRow {
  readonly value: number
  /** Of the total, 0 to 1, this bar and all before it. */
  readonly cumulative: number
  /** Place among the rows that were given; null for the bar of all the others. */
  readonly index: number | null
}

export interface Pareto {
  readonly bars: readonly ParetoBar[]
  readonly total: number
  /** So many rows make four fifths of the total; null when there is no total, or it takes more than are listed. */
  readonly vital: number | null
}

/** How many fit, what the others are called together, and what those come to that are not even listed. */
interface Room {
  readonly most: number
  readonly rest: string
  readonly others?: number
}

/**
 * Largest first with what they add up to; those beyond `most` are one bar. Negative rows (credit notes) have no
 * place in a share of the whole and are left out.
 */
export function paretoOf(rows: readonly FigureRow[], { most, rest, others: beyond = 0 }: Room): Pareto {
  const ranked = rows.flatMap(({ label, value }, index) => value !== null && value > 0 ? [{ label, value, index }] : [])
    .sort((a, b) => b.value - a.value)
  const unlisted = Math.max(0, beyond)
  const total = ranked.reduce((sum, { value }) => sum + value, unlisted)
  const others = ranked.slice(most)
  const shown: (Omit<ParetoBar, 'cumulative'>)[] = others.length > 1 || unlisted > 0
    ? [...ranked.slice(0, most), { label: rest, value: others.reduce((sum, { value }) => sum + value, unlisted), index: null }]
    : ranked
  let reached = 0
  const bars = shown.map((bar) => {
    reached += bar.value
    return { ...bar, cumulative: reached / total }
  })
  let sum = 0
  const vital = total > 0 ? ranked.findIndex(({ value }) => (sum += value) >= total * 0.8 - 1e-9) + 1 || null : null
  return { bars, total, vital }
}

export interface WaterfallStep {
  readonly label: string
  readonly value: number | null
  readonly from: number
  readonly to: number
  readonly tone: 'up' | 'down' | 'total'
}

/** Each row stands on what the rows before it made; the last step is their sum. */
export function waterfallOf(rows: readonly FigureRow[], totalLabel: string): WaterfallStep[] {
  let level = 0
  const steps = rows.map(({ label, value }): WaterfallStep => {
    const from = level
    level += value ?? 0
    return { label, value, from, to: level, tone: (value ?? 0) < 0 ? 'down' : 'up' }
  })
  return [...steps, { label: totalLabel, value: level, from: 0, to: level, tone: 'total' }]
}

export interface FunnelStage extends FigureRow {
  /** Of the largest stage, 0 to 1: how wide it is drawn. */
  readonly width: number
  /** Of all stages together; null where there is nothing to share. */
  readonly share: number | null
}

/** Stages in their own order, as wide as what stands in them. */
export function funnelOf(rows: readonly FigureRow[]): FunnelStage[] {
  const worth = ({ value }: FigureRow): number => Math.max(0, value ?? 0)
  const largest = Math.max(0, ...rows.map(worth))
  const total = rows.reduce((sum, row) => sum + worth(row), 0)
  return rows.map(row => ({ ...row, width: largest > 0 ? worth(row) / largest : 0, share: total > 0 && row.value !== null ? worth(row) / total : null }))
}

export interface Gauge {
  readonly value: number
  readonly goal: number
  /** Value by goal; 1.2 is a fifth more than was aimed at. */
  readonly rate: number
  /** Where the pointer and the goal stand on the dial, 0 to 1. */
  readonly at: number
  readonly goalAt: number
}

/** What a gauge measures against: the tile's own goal, else the target of the period's months, else the period before. */
export function goalOf(own: number | null | undefined, { target, previous }: Pick<MetricResult, 'target' | 'previous'>): { readonly goal: number | null, readonly kind: 'goal' | 'before' | 'noGoal' } {
  const set = own ?? target ?? null
  if (set !== null)
    return { goal: set, kind: 'goal' }
  const before = previous?.value ?? null
  return { goal: before, kind: (before ?? 0) > 0 ? 'before' : 'noGoal' }
}

/** A dial from nothing to the goal, and to the value where it lies beyond. Null when either is missing or the goal is none. */
export function gaugeOf(value: number | null, goal: number | null): Gauge | null {
  if (value === null || goal === null || goal <= 0)
    return null
  const end = Math.max(goal, value)
  return { value, goal, rate: value / goal, at: Math.max(0, value) / end, goalAt: goal / end }
}

export interface ScatterPoint {
  readonly label: string
  readonly x: number
  readonly y: number
  readonly index: number
}

/** Parts of which both numbers are known. `index` is the part's place among the first rows. */
export function scatterOf(across: readonly (FigureRow & { readonly key: string })[], up: readonly (FigureRow & { readonly key: string })[]): ScatterPoint[] {
  const byKey = new Map(up.map(({ key, value }) => [key, value]))
  return across.flatMap(({ key, label, value }, index) => {
    const other = byKey.get(key) ?? null
    return value !== null && other !== null ? [{ label, x: value, y: other, index }] : []
  })
}

/** How far two numbers go together, -1 to 1; null for fewer than three points, or where one of them never changes. */
export function correlationOf(points: readonly Pick<ScatterPoint, 'x' | 'y'>[]): number | null {
  if (points.length < 3)
    return null
  const mean = (read: (point: Pick<ScatterPoint, 'x' | 'y'>) => number): number => points.reduce((sum, point) => sum + read(point), 0) / points.length
  const [meanX, meanY] = [mean(({ x }) => x), mean(({ y }) => y)]
  const spread = mean(({ x }) => (x - meanX) ** 2) * mean(({ y }) => (y - meanY) ** 2)
  return spread > 0 ? mean(({ x, y }) => (x - meanX) * (y - meanY)) / Math.sqrt(spread) : null
}

interface Part {
  readonly label: string
  readonly value: number | null
  /** Of the row; null for the rest. */
  readonly index: number | null
}

/** The first rows and, in one, all that there is no room for: together they are the whole. */
export function withRest(rows: readonly FigureRow[], { most, rest, others: beyond }: Room): Part[] {
  const isCut = rows.length > most || beyond !== undefined
  const own = rows.slice(0, isCut ? most - 1 : most)
  const others = [...rows.slice(own.length).flatMap(({ value }) => value ?? []), ...beyond === undefined ? [] : [beyond]]
  const parts: Part[] = own.map(({ label, value }, index) => ({ label, value, index }))
  return isCut ? [...parts, { label: rest, value: others.length > 0 ? others.reduce((sum, value) => sum + value, 0) : null, index: null }] : parts
}
