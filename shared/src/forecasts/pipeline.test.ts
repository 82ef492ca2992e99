import { describe, expect, test } from 'vitest'
import { calibrate, learnHazards, seededRandom, simulatePipeline, winChances, type Episode } from './pipeline.ts'

/** A stage from which each week a tenth is won and a twentieth lost. */
function steadyStage(stage: string, start = 10_000): Episode[] {
  let alive = start
  return Array.from({ length: 60 }, (_, weeks) => {
    const won = alive * 0.1
    const lost = alive * 0.05
    alive -= won + lost
    return [{ stage, weeks, outcome: 'won', count: won }, { stage, weeks, outcome: 'lost', count: lost }] satisfies Episode[]
  }).flat()
}

describe('hazards', () => {
  test('what happens every week is learned as the weekly chance, at every age', () => {
    const hazards = learnHazards(steadyStage('a'))
    for (const week of [0, 3, 8, 20]) {
      expect(hazards.at('a', week).win).toBeCloseTo(0.1, 2)
      expect(hazards.at('a', week).loss).toBeCloseTo(0.05, 2)
    }
  })

  test('a stage without history has the chances of all', () => {
    const hazards = learnHazards(steadyStage('a'))
    expect(hazards.at('new', 4).win).toBeCloseTo(0.1, 2)
    expect(hazards.winsOf('new')).toBe(0)
  })

  test('three deals do not make a certainty', () => {
    const hazards = learnHazards([...steadyStage('a', 1000), { stage: 'b', weeks: 0, outcome: 'won', count: 3 }])
    expect(hazards.at('b', 0).win).toBeLessThan(0.3)
    expect(hazards.at('b', 0).win).toBeGreaterThan(0.1)
  })

  test('open deals are exposure, not failure', () => {
    const closed: Episode[] = [{ stage: 'a', weeks: 4, outcome: 'won', count: 50 }, { stage: 'a', weeks: 4, outcome: 'lost', count: 50 }]
    const win = learnHazards(closed).at('a', 4).win
    expect(learnHazards([...closed, { stage: 'a', weeks: 4, outcome: 'open', count: 100 }]).at('a', 4).win).toBeLessThan(win)
    expect(learnHazards([]).at('a', 0)).toEqual({ win: 0, loss: 0 })
  })

  test('the chances of all windows are those of one long window', () => {
    const hazards = learnHazards(steadyStage('a'))
    const pieces = winChances(hazards, 'a', 2, [1.5, 4, 4.5])
    const [whole] = winChances(hazards, 'a', 2, [10])
    expect(pieces.reduce((total, chance) => total + chance, 0)).toBeCloseTo(whole!, 2)
    expect(whole!).toBeCloseTo((1 - 0.85 ** 10) * 2 / 3, 1)
  })
})

describe('the simulation', () => {
  const deals = Array.from({ length: 100 }, () => ({ stage: 'a', amount: 1000, chances: [0.2, 0.1] }))
  const many = { runs: 2000, seed: 7, windows: 2, winsOf: () => 10_000 }

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

  test('is less sure where chances rest on few wins', () => {
    const sure = simulatePipeline(deals, many).total
    const unsure = simulatePipeline(deals, { ...many, winsOf: () => 3 }).total
    expect(unsure.p90 - unsure.p10).toBeGreaterThan(1.5 * (sure.p90 - sure.p10))
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
