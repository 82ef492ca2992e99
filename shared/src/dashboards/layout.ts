import { boardColumns, type Tile } from './board.ts'

type Box = Pick<Tile, 'x' | 'y' | 'width' | 'height'>

const overlap = (a: Box, b: Box): boolean =>
  a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height

const byPlace = (a: Tile, b: Tile): number => a.y - b.y || a.x - b.x || a.tileId.localeCompare(b.tileId)

const clamp = (value: number, low: number, high: number): number => Math.min(high, Math.max(low, value))

/** The tile inside the grid. */
export function fitted(tile: Tile): Tile {
  const width = clamp(tile.width, 2, boardColumns)
  return { ...tile, width, height: clamp(tile.height, 1, 8), x: clamp(tile.x, 0, boardColumns - width), y: Math.max(0, tile.y) }
}

/** Every tile as high as it can stand without touching another, in reading order. `first` keeps its place if it can. */
export function settled(tiles: readonly Tile[], first?: string): Tile[] {
  const placed: Tile[] = []
  const queue = tiles.map(fitted).sort((a, b) => a.y - b.y || Number(b.tileId === first) - Number(a.tileId === first) || byPlace(a, b))
  for (const tile of queue) {
    let y = tile.y
    while (placed.some(other => overlap({ ...tile, y }, other)))
      y += 1
    while (y > 0 && !placed.some(other => overlap({ ...tile, y: y - 1 }, other)))
      y -= 1
    placed.push({ ...tile, y })
  }
  return placed.sort(byPlace)
}

/** A tile at another place or in another size; those in its way go down. */
export function changed(tiles: readonly Tile[], tileId: string, box: Partial<Box>): Tile[] {
  return settled(tiles.map(tile => tile.tileId === tileId ? fitted({ ...tile, ...box }) : tile), tileId)
}

/** The first free place, row by row. */
export function added(tiles: readonly Tile[], tile: Omit<Tile, 'x' | 'y'>): Tile[] {
  for (let y = 0; ; y += 1)
    for (let x = 0; x + tile.width <= boardColumns; x += 1)
      if (!tiles.some(other => overlap({ ...tile, x, y }, other)))
        return settled([...tiles, { ...tile, x, y }])
}

export const removed = (tiles: readonly Tile[], tileId: string): Tile[] => settled(tiles.filter(tile => tile.tileId !== tileId))
