import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { boardColumns, type Tile } from './board.ts'
import { added, changed, removed, settled } from './layout.ts'

const tile = (tileId: string, x: number, y: number, width = 6, height = 2): Tile =>
  ({ tileId, title: '', figure: 'number', metricId: 'deals_won', by: null, period: null, x, y, width, height })
const places = (tiles: readonly Tile[]) => tiles.map(({ tileId, x, y }) => `${tileId}:${x},${y}`)

describe('the layout of a board', () => {
  it('puts a new tile into the first gap that holds it', () => {
    expect(places(added([tile('a', 0, 0), tile('b', 6, 0, 6, 1)], tile('c', 0, 0, 6, 1)))).toEqual(['a:0,0', 'b:6,0', 'c:6,1'])
  })

  it('pushes what stands in the way down, and lets everything rise again', () => {
    const moved = changed([tile('a', 0, 0), tile('b', 6, 0)], 'b', { x: 0 })
    expect(places(moved)).toEqual(['b:0,0', 'a:0,2'])
    expect(places(removed(moved, 'b'))).toEqual(['a:0,0'])
  })

  it('keeps tiles inside the grid', () => {
    expect(changed([tile('a', 0, 0)], 'a', { x: 99, width: 99, y: -4 })).toMatchObject([{ x: 0, y: 0, width: boardColumns }])
    expect(changed([tile('a', 0, 0)], 'a', { x: 99 })).toMatchObject([{ x: 6 }])
  })

  it('never lets two tiles touch, and never leaves one hanging in the air', () => {
    const tiles = fc.array(fc.record({ x: fc.nat(14), y: fc.nat(20), width: fc.integer({ min: 1, max: 14 }), height: fc.integer({ min: 1, max: 5 }) }), { maxLength: 14 })
    fc.assert(fc.property(tiles, (boxes) => {
      const placed = settled(boxes.map((box, at) => ({ ...tile(String(at), 0, 0), ...box })))
      const touches = (a: Tile, b: Tile): boolean => a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height
      for (const [at, one] of placed.entries()) {
        expect(one.x + one.width).toBeLessThanOrEqual(boardColumns)
        for (const other of placed.slice(at + 1))
          expect(touches(one, other)).toBe(false)
        expect(one.y === 0 || placed.some(other => other !== one && touches({ ...one, y: one.y - 1 }, other))).toBe(true)
      }
      expect(places(settled(placed))).toEqual(places(placed))
    }))
  })
})
