import { Type, type Static } from 'typebox'
import { bucketKinds } from '../insights/bucket.ts'
import { dimensions, metricIds } from '../insights/metric.ts'
import { metricCatalogue } from '../insights/metric-catalogue.ts'
import { isDay } from '../insights/calendar.ts'
import type { MetricFilters } from '../insights/insights.contract.ts'
import { periodKinds, type PeriodChoice } from '../insights/period.ts'
import { mostCompared } from '../scenarios/scenario.ts'
import { companionsOf, crossings, crossingsFor, figures, misfitOf } from './figures.ts'

/** The grid of a board: tiles stand in twelve columns and as many rows as they need. */
export const boardColumns = 12
export const mostTiles = 40

export const Tile = Type.Object({
  tileId: Type.String({ minLength: 1, maxLength: 40 }),
  /** Empty: named after what it shows. */
  title: Type.String({ maxLength: 120 }),
  figure: Type.Enum([...figures]),
  metricId: Type.Enum([...metricIds]),
  by: Type.Union([Type.Enum([...dimensions]), Type.Null()]),
  /** A second breakdown, a second number, what is aimed at: in minor units for money, 0 to 1 for shares. Absent: none. */
  across: Type.Optional(Type.Union([Type.Enum([...crossings]), Type.Null()])),
  against: Type.Optional(Type.Union([Type.Enum([...metricIds]), Type.Null()])),
  goal: Type.Optional(Type.Union([Type.Number({ exclusiveMinimum: 0 }), Type.Null()])),
  /** Saved scenarios side by side, in the place of a figure. */
  scenarioIds: Type.Optional(Type.Array(Type.String({ format: 'uuid' }), { minItems: 1, maxItems: mostCompared, uniqueItems: true })),
  /** Words between the figures, in the place of one. */
  text: Type.Optional(Type.String({ minLength: 1, maxLength: 2000, pattern: '\\S' })),
  /** How fine time is told; absent or null: as suits the period. */
  step: Type.Optional(Type.Union([Type.Enum([...bucketKinds]), Type.Null()])),
  /** Null: the board's own period. */
  period: Type.Union([Type.Enum([...periodKinds]), Type.Null()]),
  /** For `custom` alone; both days are included. */
  from: Type.Optional(Type.String({ pattern: '^\\d{4}-\\d{2}-\\d{2}$' })),
  to: Type.Optional(Type.String({ pattern: '^\\d{4}-\\d{2}-\\d{2}$' })),
  x: Type.Integer({ minimum: 0, maximum: boardColumns - 1 }),
  y: Type.Integer({ minimum: 0, maximum: 500 }),
  width: Type.Integer({ minimum: 2, maximum: boardColumns }),
  height: Type.Integer({ minimum: 1, maximum: 8 }),
})
export type Tile = Static<typeof Tile>

/** Saved scenarios as a tile; their figures are a year's, whatever the period of the board. */
export const scenarioTile = (scenarioIds: readonly string[]): Omit<Tile, 'x' | 'y'> =>
  ({ tileId: crypto.randomUUID(), title: '', figure: 'number', metricId: 'revenue_won', by: null, period: null, scenarioIds: [...scenarioIds], width: boardColumns, height: 4 })

/** What stands between the figures: a heading alone, or a few lines. */
export const textTile = ({ title, text }: { readonly title: string, readonly text: string }): Omit<Tile, 'x' | 'y'> =>
  ({ tileId: crypto.randomUUID(), title, figure: 'number', metricId: 'revenue_won', by: null, period: null, text, width: boardColumns, height: 1 })

/** Whether it shows numbers of the catalogue. */
export const isMetricTile = ({ scenarioIds, text }: Pick<Tile, 'scenarioIds' | 'text'>): boolean => scenarioIds === undefined && text === undefined

/** What a tile asks of its numbers beside the board's filters. */
export const questionOf = (tile: Pick<Tile, 'period' | 'from' | 'to' | 'step'>): Partial<MetricFilters> =>
  ({ ...tile.period !== null && { from: undefined, to: undefined, ...periodOf(tile) }, ...tile.step && { step: tile.step } })

/** The tile's own period; null: the board's. */
export const periodOf = ({ period, from, to }: Pick<Tile, 'period' | 'from' | 'to'>): PeriodChoice | null =>
  period === null ? null : period === 'custom' ? { period, from, to } : { period }

/** What a board shows, without whose it is: this is what versions keep. */
export const BoardSpec = Type.Object({
  tiles: Type.Array(Tile, { maxItems: mostTiles }),
  /** Deals of this segment alone, on every tile; absent: all. */
  segmentId: Type.Optional(Type.String({ format: 'uuid' })),
})
export type BoardSpec = Static<typeof BoardSpec>

export type SpecFault =
  | { readonly kind: 'figure', readonly tileId: string }
  | { readonly kind: 'dimension', readonly tileId: string }
  | { readonly kind: 'place', readonly tileId: string }
  | { readonly kind: 'period', readonly tileId: string }
  | { readonly kind: 'twice', readonly tileId: string }

/** What the schema can't say: parts that a metric doesn't have, tiles outside the grid or with the same name. */
export function faultsOf({ tiles }: BoardSpec): SpecFault[] {
  const seen = new Set<string>()
  return tiles.flatMap((tile): SpecFault[] => {
    const faults: SpecFault[] = []
    if (seen.has(tile.tileId))
      faults.push({ kind: 'twice', tileId: tile.tileId })
    seen.add(tile.tileId)
    if (tile.by !== null && !metricCatalogue[tile.metricId].dimensions.includes(tile.by))
      faults.push({ kind: 'dimension', tileId: tile.tileId })
    if (tile.across && !crossingsFor(tile).includes(tile.across) || tile.against && !companionsOf(tile).includes(tile.against))
      faults.push({ kind: 'dimension', tileId: tile.tileId })
    if (misfitOf(tile.figure, tile) !== null)
      faults.push({ kind: 'figure', tileId: tile.tileId })
    if (tile.period === 'custom' && !isSpan(tile))
      faults.push({ kind: 'period', tileId: tile.tileId })
    if (tile.x + tile.width > boardColumns)
      faults.push({ kind: 'place', tileId: tile.tileId })
    return faults
  })
}

const isSpan = ({ from, to }: Tile): boolean => from !== undefined && to !== undefined && isDay(from) && isDay(to) && from <= to
