import { describe, expect, it } from 'vitest'
import { drawnWeights, firstPlaces } from './robustness.ts'
import { criterionIds, defaultSettings } from './settings.ts'
import type { Criteria } from './criteria.ts'

const criteria = (...scores: (number | null)[]): Criteria => Object.fromEntries(criterionIds.map((id, at) => {
  const score = scores[at] ?? null
  return [id, { n: 10, raw: score, score, weight: defaultSettings.weights[id] }]
})) as Criteria

describe('robustness of a ranking', () => {
  it('gives the same figures on every run', () => {
    expect(drawnWeights(defaultSettings.weights, 3)).toEqual(drawnWeights(defaultSettings.weights, 3))
  })

  it('draws weights around the chosen ones', () => {
    const draws = drawnWeights(defaultSettings.weights)
    const shares = draws.map(draw => draw.delivery / criterionIds.reduce((sum, id) => sum + draw[id], 0))
    const mean = shares.reduce((sum, share) => sum + share, 0) / shares.length
    const spread = Math.sqrt(shares.reduce((sum, share) => sum + (share - mean) ** 2, 0) / shares.length)
    // Dirichlet: mean 0.3, standard deviation √(0.3 × 0.7 / 21) = 0.1.
    expect(mean).toBeCloseTo(0.3, 1)
    expect(spread).toBeCloseTo(0.1, 1)
  })

  it('leaves what has no weight without any', () => {
    const draws = drawnWeights({ ...defaultSettings.weights, price: 0 }, 50)
    expect(draws.every(({ price }) => price === 0)).toBe(true)
  })

  it('puts first what is better in everything, whatever the weights', () => {
    const shares = firstPlaces([{ id: 'A', criteria: criteria(90, 90, 90, 90, 90) }, { id: 'B', criteria: criteria(80, 80, 80, 80, 80) }], defaultSettings.weights, defaultSettings)
    expect(shares.get('A')).toBeCloseTo(1, 10)
    expect(shares.get('B')).toBe(0)
  })

  it('shares a tie, and has no place for what has no score', () => {
    const same = criteria(70, 70, 70, 70, 70)
    const shares = firstPlaces([{ id: 'A', criteria: same }, { id: 'B', criteria: same }, { id: 'C', criteria: criteria(100) }], defaultSettings.weights, defaultSettings)
    expect(shares.get('A')).toBeCloseTo(0.5, 10)
    expect(shares.get('C')).toBe(0)
  })

  it('tells how often the narrow winner wins', () => {
    const shares = firstPlaces([{ id: 'A', criteria: criteria(95, 70, 80, 80, 80) }, { id: 'B', criteria: criteria(70, 98, 80, 80, 80) }], defaultSettings.weights, defaultSettings)
    expect(shares.get('A')! + shares.get('B')!).toBeCloseTo(1, 10)
    expect(shares.get('A')).toBeGreaterThan(0.4)
    expect(shares.get('A')).toBeLessThan(0.8)
  })
})
