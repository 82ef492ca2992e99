import { Type, type Static } from 'typebox'
import { dimensions, metricIds, type MetricDefinition } from '../insights/metric.ts'
import { metricCatalogue } from '../insights/metric-catalogue.ts'
import { periodKinds } from '../insights/period.ts'

/** The grid of a board: tiles stand in twelve columns and as many rows as they need. */
export const boardColumns = 12
export const mostTiles = 40

export const figures = ['number', 'bar', 'bar-across', 'line', 'area', 'doughnut', 'table'] as const
export type Figure = (typeof figures)[number]

export const Tile = Type.Object({
  tileId: Type.String({ minLength: 1, maxLength: 40 }),
  /** Empty: named after what it shows. */
  title: Type.String({ maxLength: 120 }),
  figure: Type.Enum([...figures]),
  metricId: Type.Enum([...metricIds]),
  by: Type.Union([Type.Enum([...dimensions]), Type.Null()]),
  /** Null: the board's own period. */
  period: Type.Union([Type.Enum(periodKinds.filter(kind => kind !== 'custom')), Type.Null()]),
  x: Type.Integer({ minimum: 0, maximum: boardColumns - 1 }),
  y: Type.Integer({ minimum: 0, maximum: 500 }),
  width: Type.Integer({ minimum: 2, maximum: boardColumns }),
  height: Type.Integer({ minimum: 1, maximum: 8 }),
})
export type Tile = Static<typeof Tile>

/** What a board shows, without whose it is: this is what versions keep. */
export const BoardSpec = Type.Object({
  tiles: Type.Array(Tile, { maxItems: mostTiles }),
})
export type BoardSpec = Static<typeof BoardSpec>

export type SpecFault =
  | { readonly kind: 'figure', readonly tileId: string }
  | { readonly kind: 'dimension', readonly tileId: string }
  | { readonly kind: 'place', readonly tileId: string }
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
    if (!figuresFor(tile).includes(tile.figure))
      faults.push({ kind: 'figure', tileId: tile.tileId })
    if (tile.x + tile.width > boardColumns)
      faults.push({ kind: 'place', tileId: tile.tileId })
    return faults
  })
}

/** The figures that fit a question: parts of time follow an axis, shares of a sum fit into a ring, a mean does not. */
export function figuresFor({ metricId, by }: Pick<Tile, 'metricId' | 'by'>): readonly Figure[] {
  const metric: MetricDefinition = metricCatalogue[metricId]
  if (by === null)
    return ['number']
  if (by === 'time')
    return ['line', 'bar', 'area', 'table']
  return metric.aggregate === 'sum' ? ['bar-across', 'doughnut', 'bar', 'table'] : ['bar-across', 'bar', 'table']
}

/** The size a figure is added with. */
export function sizeOf(figure: Figure): Pick<Tile, 'width' | 'height'> {
  return figure === 'number' ? { width: 3, height: 1 } : { width: 6, height: 3 }
}
