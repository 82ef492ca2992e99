import type { Criteria } from './criteria.ts'
import { gamma, randomOf } from './random.ts'
import { combine } from './score.ts'
import { criterionIds, type CriterionId, type ScorecardSettings } from './settings.ts'
import { sumOf } from './measure.ts'

type Weights = Readonly<Record<CriterionId, number>>

export interface Rankable {
  readonly id: string
  readonly criteria: Criteria
}

const DRAWS = 1000
const SEED = 20_261_122
/** How closely the draws stay around the chosen weights: a weight of 30 % varies by about 10 points. */
const CONCENTRATION = 20

/** Weightings drawn around the chosen ones; what has no weight keeps none. */
export function drawnWeights(weights: Weights, count = DRAWS, seed = SEED): Weights[] {
  const random = randomOf(seed)
  const total = sumOf(criterionIds, id => weights[id])
  return Array.from({ length: count }, () => {
    const drawn = criterionIds.map(id => [id, weights[id] > 0 ? gamma((CONCENTRATION * weights[id]) / total, random) : 0] as const)
    return Object.fromEntries(drawn) as Record<CriterionId, number>
  })
}

export const withWeights = (criteria: Criteria, weights: Weights): Criteria =>
  Object.fromEntries(criterionIds.map(id => [id, { ...criteria[id], weight: weights[id] }])) as Criteria

/** Share of weightings, from 0 to 1, in which each comes first; a tie is shared. */
export function firstPlaces(suppliers: readonly Rankable[], weights: Weights, rules: Pick<ScorecardSettings, 'targets' | 'minimumCoverage'>): Map<string, number> {
  const wins = new Map(suppliers.map(({ id }) => [id, 0]))
  // Whoever has no score with the chosen weights is no candidate, and no draw makes one.
  const candidates = suppliers.filter(({ criteria }) => combine(withWeights(criteria, weights), rules).score !== null)
  const draws = candidates.length > 0 && criterionIds.some(id => weights[id] > 0) ? drawnWeights(weights) : []
  for (const drawn of draws) {
    const scores = candidates.map(({ criteria }) => meanScore(criteria, drawn))
    const best = Math.max(...scores)
    const first = candidates.filter((_, at) => scores[at] === best)
    for (const { id } of first)
      wins.set(id, wins.get(id)! + 1 / (first.length * draws.length))
  }
  return wins
}

function meanScore(criteria: Criteria, weights: Weights): number {
  let points = 0
  let weight = 0
  for (const id of criterionIds) {
    const { score } = criteria[id]
    if (score !== null) {
      points += weights[id] * score
      weight += weights[id]
    }
  }
  return points / weight
}
