import { describe, expect, it } from 'vitest'
import { metricDefinitions } from '../insights/metric-catalogue.ts'
import { boardDiff, isSame } from './board-diff.ts'
import { faultsOf, periodOf, type BoardSpec, type Tile } from './board.ts'
import { figuresFor } from './figures.ts'
import { boardFrom, boardTemplates } from './templates.ts'

const tile = (change: Partial<Tile> = {}): Tile =>
  ({ tileId: 'a', title: '', figure: 'number', metricId: 'deals_won', by: null, period: null, x: 0, y: 0, width: 3, height: 1, ...change })
const ids = () => {
  let next = 0
  return () => String(next++)
}

describe('a board', () => {
  it('has a figure for every metric and each of its dimensions', () => {
    for (const { id, dimensions } of metricDefinitions)
      for (const by of [null, ...dimensions])
        expect(figuresFor({ metricId: id, by }).length).toBeGreaterThan(0)
  })

  it('names each fault by its tile', () => {
    expect(faultsOf({ tiles: [tile(), tile({ figure: 'line' }), tile({ tileId: 'b', metricId: 'spend_total', by: 'stage', figure: 'bar' }), tile({ tileId: 'c', x: 11 })] })).toEqual([
      { kind: 'twice', tileId: 'a' }, { kind: 'figure', tileId: 'a' }, { kind: 'dimension', tileId: 'b' }, { kind: 'place', tileId: 'c' }])
  })

  it('keeps chosen days in order, and only with the period that is chosen by hand', () => {
    expect(faultsOf({ tiles: [tile({ period: 'custom', from: '2025-07-01', to: '2025-09-30' })] })).toEqual([])
    for (const days of [{}, { from: '2025-07-01' }, { from: '2025-07-02', to: '2025-07-01' }, { from: '2025-02-30', to: '2025-03-01' }])
      expect(faultsOf({ tiles: [tile({ period: 'custom', ...days })] })).toEqual([{ kind: 'period', tileId: 'a' }])
    expect(periodOf(tile({ period: 'last_year', from: '2025-07-01' }))).toEqual({ period: 'last_year' })
  })

  it.each(boardTemplates)('made from the template %s has no fault', (template) => {
    expect(faultsOf(boardFrom(template, ids()))).toEqual([])
  })
})

describe('the difference of two versions', () => {
  const before: BoardSpec = { tiles: [tile(), tile({ tileId: 'b' })] }

  it('tells what came, went, changed and moved', () => {
    const after: BoardSpec = { tiles: [tile({ title: 'Neu', x: 3 }), tile({ tileId: 'c' })] }
    expect(boardDiff(before, after)).toMatchObject({ added: [{ tileId: 'c' }], removed: [{ tileId: 'b' }], changed: [{ fields: ['title'], isMoved: true }] })
    expect(isSame(before, after)).toBe(false)
  })

  it('of a version and itself is nothing', () => {
    expect(isSame(before, structuredClone(before))).toBe(true)
  })
})
