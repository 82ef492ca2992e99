import type { BoardSpec, Tile } from './board.ts'

export const tileFields = ['title', 'figure', 'metricId', 'by', 'across', 'against', 'goal', 'scenarioIds', 'text', 'period', 'step'] as const
export type TileField = (typeof tileFields)[number]

export interface BoardDiff {
  readonly added: readonly Tile[]
  readonly removed: readonly Tile[]
  readonly changed: readonly { readonly before: Tile, readonly after: Tile, readonly fields: readonly TileField[], readonly isMoved: boolean }[]
}

/** What became of each tile from one version to another. */
export function boardDiff(before: BoardSpec, after: BoardSpec): BoardDiff {
  const old = new Map(before.tiles.map(tile => [tile.tileId, tile]))
  const now = new Map(after.tiles.map(tile => [tile.tileId, tile]))
  return {
    added: after.tiles.filter(({ tileId }) => !old.has(tileId)),
    removed: before.tiles.filter(({ tileId }) => !now.has(tileId)),
    changed: after.tiles.flatMap((tile) => {
      const was = old.get(tile.tileId)
      if (!was)
        return []
      const fields = tileFields.filter(field => valueOf(was, field) !== valueOf(tile, field))
      const isMoved = (['x', 'y', 'width', 'height'] as const).some(field => was[field] !== tile[field])
      return fields.length > 0 || isMoved ? [{ before: was, after: tile, fields, isMoved }] : []
    }),
  }
}

/** Chosen days belong to the period. */
const valueOf = (tile: Tile, field: TileField): unknown =>
  field === 'period' && tile.period === 'custom' ? `${tile.from}/${tile.to}` : field === 'scenarioIds' ? tile.scenarioIds?.join() ?? null : tile[field] ?? null

export const isSame = (before: BoardSpec, after: BoardSpec): boolean => {
  const { added, removed, changed } = boardDiff(before, after)
  return added.length + removed.length + changed.length === 0
}
