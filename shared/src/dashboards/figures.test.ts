import { describe, expect, it } from 'vitest'
import { metricDefinitions } from '../insights/metric-catalogue.ts'
import { companionsOf, crossingsFor, figures, figuresFor, misfitOf } from './figures.ts'
import { correlationOf, funnelOf, gaugeOf, goalOf, paretoOf, scatterOf, waterfallOf, withRest } from './figure-models.ts'
import { extremesOf, gridOf, heatLevel, leftOver } from './grid-model.ts'

describe('what figure fits a question', () => {
  it('every figure fits some question of the catalogue', () => {
    const fitting = new Set(metricDefinitions.flatMap(({ id, dimensions }) => [null, ...dimensions].flatMap((by) => {
      const question = { metricId: id, by }
      return [
        ...figuresFor(question),
        ...crossingsFor(question).flatMap(across => figuresFor({ ...question, across })),
        ...companionsOf(question).slice(0, 1).flatMap(against => figuresFor({ ...question, against })),
      ]
    })))
    expect(figures.filter(figure => !fitting.has(figure))).toEqual([])
  })

  it.each([
    ['line', { metricId: 'revenue_won', by: 'vendor' }, 'time'],
    ['number', { metricId: 'revenue_won', by: 'time' }, 'whole'],
    ['doughnut', { metricId: 'win_rate', by: 'responsible' }, 'sum'],
    ['doughnut', { metricId: 'revenue_won', by: 'time' }, 'not-time'],
    ['funnel', { metricId: 'pipeline_open', by: 'pipeline' }, 'stage'],
    ['pivot', { metricId: 'revenue_won', by: 'time' }, 'across'],
    ['scatter', { metricId: 'win_rate', by: 'responsible' }, 'against'],
    ['pareto', { metricId: 'revenue_won', by: 'responsible', across: 'pipeline' }, 'single'],
    ['table', { metricId: 'revenue_won', by: null }, 'parts'],
    ['pivot', { metricId: 'win_rate', by: 'responsible', across: 'pipeline' }, null],
  ] as const)('%s for %j: %s', (figure, question, misfit) => {
    expect(misfitOf(figure, question)).toBe(misfit)
  })
})

describe('the rows of a figure', () => {
  const rows = [{ label: 'A', value: 10 }, { label: 'B', value: 60 }, { label: 'C', value: null }, { label: 'D', value: 25 }, { label: 'E', value: 5 }, { label: 'F', value: -3 }]

  it('as a Pareto stand largest first, add up to one, and the small ones are one bar', () => {
    const { bars, total, vital } = paretoOf(rows, { most: 2, rest: 'Autres' })
    expect(bars.map(({ label, value, index }) => [label, value, index])).toEqual([['B', 60, 1], ['D', 25, 3], ['Autres', 15, null]])
    expect(bars.map(({ cumulative }) => cumulative)).toEqual([0.6, 0.85, 1])
    expect([total, vital]).toEqual([100, 2])
    expect(paretoOf([], { most: 3, rest: '' })).toEqual({ bars: [], total: 0, vital: null })
    expect(paretoOf(rows, { most: 3, rest: 'Autres' }).bars.map(({ label }) => label)).toEqual(['B', 'D', 'A', 'E'])
  })

  it('as a waterfall each stand on the one before and end in their sum', () => {
    expect(waterfallOf([{ label: 'a', value: 5 }, { label: 'b', value: null }, { label: 'c', value: -2 }], 'Total')).toEqual([
      { label: 'a', value: 5, from: 0, to: 5, tone: 'up' }, { label: 'b', value: null, from: 5, to: 5, tone: 'up' },
      { label: 'c', value: -2, from: 5, to: 3, tone: 'down' }, { label: 'Total', value: 3, from: 0, to: 3, tone: 'total' }])
  })

  it('as a funnel are as wide as the largest, shares of them all, and nothing is nothing', () => {
    expect(funnelOf([{ label: 'a', value: 30 }, { label: 'b', value: 10 }, { label: 'c', value: null }]).map(({ width, share }) => [width, share])).toEqual([[1, 0.75], [1 / 3, 0.25], [0, null]])
    expect(funnelOf([{ label: 'a', value: 0 }])).toEqual([{ label: 'a', value: 0, width: 0, share: null }])
  })

  it('as a gauge end at the goal, or at the value beyond it', () => {
    expect(gaugeOf(50, 200)).toEqual({ value: 50, goal: 200, rate: 0.25, at: 0.25, goalAt: 1 })
    expect(gaugeOf(300, 200)).toMatchObject({ rate: 1.5, at: 1, goalAt: 2 / 3 })
    expect([gaugeOf(null, 3), gaugeOf(3, null), gaugeOf(3, 0)]).toEqual([null, null, null])
  })

  it('measures against its own goal, else the target of the months, else the period before', () => {
    const previous = { days: { from: null, to: null }, value: 90, records: 1 }
    expect(goalOf(200, { target: 150, previous })).toEqual({ goal: 200, kind: 'goal' })
    expect(goalOf(null, { target: 150, previous })).toEqual({ goal: 150, kind: 'goal' })
    expect(goalOf(null, { target: null, previous })).toEqual({ goal: 90, kind: 'before' })
    expect(goalOf(null, { previous: null })).toEqual({ goal: null, kind: 'noGoal' })
  })

  it('as points are those of which both numbers are known', () => {
    const points = scatterOf([{ key: '1', label: 'A', value: 1 }, { key: '2', label: 'B', value: null }, { key: '3', label: 'C', value: 3 }], [{ key: '3', label: 'C', value: 6 }, { key: '1', label: 'A', value: 2 }])
    expect(points).toEqual([{ label: 'A', x: 1, y: 2, index: 0 }, { label: 'C', x: 3, y: 6, index: 2 }])
    expect(correlationOf(points)).toBeNull()
    expect(correlationOf([{ x: 1, y: 2 }, { x: 2, y: 4 }, { x: 3, y: 6 }])).toBeCloseTo(1)
    expect(correlationOf([{ x: 1, y: 2 }, { x: 2, y: 2 }, { x: 3, y: 2 }])).toBeNull()
  })
})

describe('a grid', () => {
  const rows = [{ key: '1', label: 'janv.' }, { key: '2', label: 'févr.' }]
  const columns = [{ key: 'a', label: 'Ada', cells: new Map([['1', 10], ['2', 30]]) }, { key: 'b', label: 'Bo', cells: new Map([['2', 5]]) }]

  it('adds up both ways where adding says something', () => {
    const grid = gridOf(rows, columns, { isSum: true })
    expect(grid.rows.map(({ values, total }) => [...values, total])).toEqual([[10, null, 10], [30, 5, 35]])
    expect([grid.totals, grid.total]).toEqual([[40, 5], 45])
    const rates = gridOf(rows, columns, { isSum: false })
    expect([rates.rows[0]?.total, rates.totals, rates.total]).toEqual([null, [], null])
  })

  it('names its highest and lowest cell', () => {
    expect(extremesOf(gridOf(rows, columns, { isSum: true }))).toEqual({ most: { row: 'févr.', column: 'Ada', value: 30 }, least: { row: 'févr.', column: 'Bo', value: 5 } })
    expect(extremesOf(gridOf([], columns, { isSum: true }))).toBeNull()
  })

  it('says what its columns leave of each sum, but for what rounding makes', () => {
    const parts = [{ key: 'a', value: 100 }, { key: 'b', value: 51 }, { key: 'c', value: null }] as never
    const grid = [{ cells: [{ key: 'a', value: 30 }, { key: 'b', value: 50 }] }]
    expect(leftOver({ parts, unit: 'money' }, grid)).toEqual(new Map([['a', 70]]))
    expect(leftOver({ parts, unit: 'count' }, grid)).toEqual(new Map([['a', 70], ['b', 1]]))
    expect(leftOver({ parts, unit: 'count' }, [...grid, { cells: [{ key: 'a', value: 70 }, { key: 'b', value: 1 }] }])).toBeNull()
  })

  it('is shaded from nothing to the most', () => {
    const all = [0, 5, 10, null]
    expect([0, 4, 10, null].map(value => heatLevel(value, all))).toEqual([0, 2, 4, null])
    expect(heatLevel(0, [0, 0])).toBe(0)
  })
})

describe('what there is no room for', () => {
  const rows = ['a', 'b', 'c', 'd'].map((label, at) => ({ label, value: 40 - at * 10 }))

  it('is one part, with those that are not even listed', () => {
    expect(withRest(rows, { most: 4, rest: 'Autres' })).toHaveLength(4)
    expect(withRest(rows, { most: 3, rest: 'Autres' }).map(({ label, value, index }) => [label, value, index])).toEqual([['a', 40, 0], ['b', 30, 1], ['Autres', 30, null]])
    expect(withRest(rows, { most: 4, rest: 'Autres', others: 5 }).at(-1)).toEqual({ label: 'Autres', value: 15, index: null })
  })

  it('belongs to the whole of a Pareto', () => {
    const { bars, total, vital } = paretoOf(rows, { most: 4, rest: 'Autres', others: 100 })
    expect([total, bars.at(-1)?.value, bars[0]?.cumulative, vital]).toEqual([200, 100, 0.2, null])
  })
})
