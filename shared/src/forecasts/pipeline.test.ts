import { describe, expect, test } from 'vitest'
import { calibrate, correctionOf, judged, learnHazards, winChances, type Stay } from './pipeline.ts'
import { seededRandom, simulateCells, simulatePipeline } from './pipeline-simulation.ts'

/** A stage from which each day a share is won and a share lost. */
function steadyStage(stage: string, win: number, loss: number, start = 100_000): Stay[] {
  let alive = start
  return Array.from({ length: 200 }, (_, days) => {
    const ended = [alive * win, alive * loss] as const
    alive -= ended[0] + ended[1]
    return [{ stage, days, exit: { kind: 'won' }, count: ended[0] }, { stage, days, exit: { kind: 'lost' }, count: ended[1] }] satisfies Stay[]
  }).flat()
}

const chance = (stays: readonly Stay[], stage: string, day: number, windows: readonly number[]) => winChances(learnHazards(stays), windows, [stage])(stage, day)

describe('the chances of an open deal', () => {
  test('what happens every day is learned as the daily chance, at every age', () => {
    for (const day of [0, 10, 50]) {
      const [soon] = chance(steadyStage('a', 0.02, 0.01), 'a', day, [30])
      expect(soon).toBeCloseTo((1 - 0.97 ** 30) * 2 / 3, 2)
    }
  })

  test('add up over windows to those of one long window', () => {
    const stays = steadyStage('a', 0.02, 0.01)
    const pieces = chance(stays, 'a', 5, [10, 30, 31])
    expect(pieces.reduce((total, one) => total + one, 0)).toBeCloseTo(chance(stays, 'a', 5, [71])[0]!, 10)
  })

  test('lead through the stages that follow', () => {
    const moves: Stay[] = [{ stage: 'first', days: 10, exit: { kind: 'stage', stage: 'second' }, count: 5000 }, { stage: 'first', days: 10, exit: { kind: 'lost' }, count: 5000 }, { stage: 'second', days: 5, exit: { kind: 'won' }, count: 5000 }]
    expect(chance(moves, 'first', 8, [90])[0]).toBeCloseTo(0.5, 1)
    expect(chance(moves, 'second', 4, [90])[0]).toBeGreaterThan(0.9)
  })

  test('a deal that has been left standing is worth less than a fresh one', () => {
    const stays: Stay[] = [{ stage: 'a', days: 10, exit: { kind: 'won' }, count: 500 }, { stage: 'a', days: 200, exit: null, count: 500 }]
    expect(chance(stays, 'a', 2, [30])[0]).toBeGreaterThan(0.3)
    expect(chance(stays, 'a', 100, [30])[0]).toBeLessThan(0.05)
  })

  test('of a stage without history are those of all, and three deals do not make a certainty', () => {
    const stays = steadyStage('a', 0.02, 0.01)
    expect(chance(stays, 'new', 4, [30])[0]).toBeCloseTo(chance(stays, 'a', 4, [30])[0]!, 1)
    expect(learnHazards(stays).endedOf('new')).toBe(0)
    const [few] = chance([...stays, { stage: 'b', days: 0, exit: { kind: 'won' }, count: 3 }], 'b', 0, [1])
    expect(few).toBeLessThan(0.2)
  })

  test('of nothing known are nothing', () => {
    expect(chance([], 'a', 3, [30, 30])).toEqual([0, 0])
  })
})

describe('the simulation', () => {
  const deals = Array.from({ length: 100 }, () => ({ stage: 'a', amount: 1000, chances: [0.2, 0.1] }))
  const many = { runs: 2000, seed: 7, windows: 2, endedOf: () => 100_000, drift: 0 }

  test('is the same for the same seed, and another for another', () => {
    expect(simulatePipeline(deals, many)).toEqual(simulatePipeline(deals, many))
    expect(simulatePipeline(deals, { ...many, seed: 8 })).not.toEqual(simulatePipeline(deals, many))
  })

  test('has the mean that the chances say, and its middle eighty of a hundred around it', () => {
    const { windows, total } = simulatePipeline(deals, many)
    expect(windows[0]!.mean).toBeGreaterThan(19_300)
    expect(windows[0]!.mean).toBeLessThan(20_700)
    expect(total.mean).toBeCloseTo(windows[0]!.mean + windows[1]!.mean, 5)
    // Binomial of 100 and 0.2: a standard deviation of 4 deals.
    expect(windows[0]!.p10).toBeGreaterThanOrEqual(14_000)
    expect(windows[0]!.p10).toBeLessThanOrEqual(16_000)
    expect(windows[0]!.p90).toBeGreaterThanOrEqual(24_000)
    expect(windows[0]!.p90).toBeLessThanOrEqual(26_000)
  })

  test('is less sure where chances rest on few deals, or quarters differ', () => {
    const sure = simulatePipeline(deals, many).total
    for (const doubt of [{ endedOf: () => 3 }, { drift: 0.4 }]) {
      const unsure = simulatePipeline(deals, { ...many, ...doubt }).total
      expect(unsure.p90 - unsure.p10).toBeGreaterThan(1.5 * (sure.p90 - sure.p10))
    }
  })

  test('of many deals told together is near that of each of them', () => {
    const together = (chances: readonly number[]) => [{ stage: 'a', amount: 100_000, squares: 100 * 1000 ** 2, chances }]
    const [single, cells] = [simulatePipeline(deals, many).total, simulateCells(together([0.2, 0.1]), many).total]
    expect(cells.mean / single.mean).toBeCloseTo(1, 1)
    expect((cells.p90 - cells.p10) / (single.p90 - single.p10)).toBeCloseTo(1, 0)
  })

  test('never brings more than all there is, however far the chances are off', () => {
    const cells = Array.from({ length: 40 }, (_, at) => ({ stage: `${at % 3}`, amount: 1000, squares: 0, chances: [at / 50, 0.1] }))
    const { windows, total } = simulateCells(cells, { ...many, endedOf: () => 1, drift: 0.6 })
    expect(total.p90).toBeLessThanOrEqual(40_000)
    // As each cell by itself makes it: many of them are certain in some of the runs.
    expect(windows.map(({ mean }) => mean)).toEqual([expect.closeTo(17_064.0181, 3), expect.closeTo(3_370.207, 3)])
  })

  test('of nothing is nothing', () => {
    expect(simulatePipeline([], many).total).toEqual({ p10: 0, p50: 0, p90: 0, mean: 0 })
  })

  test('draws evenly between nought and one', () => {
    const random = seededRandom(42)
    const draws = Array.from({ length: 10_000 }, random)
    expect(draws.reduce((total, draw) => total + draw, 0) / draws.length).toBeCloseTo(0.5, 1)
    expect(draws.every(draw => draw >= 0 && draw < 1)).toBe(true)
  })
})

describe('the correction', () => {
  const quarter = (won: number) => [{ chance: 0.5, deals: 100, won }]

  test('is what was won of what was expected, and unknown luck with fewer than two quarters', () => {
    expect(correctionOf([quarter(40), quarter(30), quarter(35)]).factor).toBeCloseTo(0.7)
    expect(correctionOf([quarter(40), quarter(40)])).toEqual({ factor: expect.closeTo(0.8), drift: 0.05 })
    expect(correctionOf([quarter(10)])).toEqual({ factor: 1, drift: 0.3 })
    expect(correctionOf([quarter(10), quarter(45)]).drift).toBeGreaterThan(0.5)
  })

  test('judges every quarter by the others', () => {
    const found = judged([quarter(40), quarter(40), quarter(20)])
    expect(found.map(({ chance }) => chance)).toEqual([0.3, 0.3, 0.4].map(value => expect.closeTo(value)))
  })
})

describe('the calibration', () => {
  test('chances that come true are on the line, and score better than the share of all', () => {
    const found = calibrate([{ chance: 0.9, deals: 100, won: 90 }, { chance: 0.1, deals: 100, won: 10 }])!
    expect(found.brier).toBeCloseTo(0.09)
    expect(found.baseline).toBeCloseTo(0.25)
    expect(found.bins.map(({ predicted, observed }) => [predicted, observed])).toEqual([[0.1, 0.1], [0.9, 0.9]].map(pair => pair.map(value => expect.closeTo(value))))
  })

  test('nothing replayed is nothing said', () => {
    expect(calibrate([])).toBeNull()
  })
})
