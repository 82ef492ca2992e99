import type { Criteria } from './criteria.ts'
import { reaches, sumOf } from './measure.ts'
import { criterionIds, type CriterionId, type ScorecardSettings } from './settings.ts'

export interface Score {
  /** Null: too little is known for a score. */
  readonly score: number | null
  /** Weight of what is known, in percent of all weight. */
  readonly coverage: number
  /** Weighted over the criteria that count, over all while none does. */
  readonly target: number
  /** Points above or below target by criterion; together exactly the distance of the score from its target. */
  readonly contributions: Readonly<Partial<Record<CriterionId, number>>>
}

type Rules = Pick<ScorecardSettings, 'targets' | 'minimumCoverage'>

/** The weights are those of the criteria, so that a page can try others. */
export function combine(criteria: Criteria, { targets, minimumCoverage }: Rules): Score {
  const available = criterionIds.filter(id => criteria[id].score !== null)
  const weightOf = (ids: readonly CriterionId[]): number => sumOf(ids, id => criteria[id].weight)
  const weight = weightOf(available)
  const total = weightOf(criterionIds)
  const mean = (ids: readonly CriterionId[], points: (id: CriterionId) => number): number => sumOf(ids, id => criteria[id].weight * points(id)) / weightOf(ids)
  const coverage = total > 0 ? (100 * weight) / total : 0
  const target = mean(weight > 0 ? available : criterionIds, id => targets[id])
  if (weight === 0 || !reaches(coverage, minimumCoverage))
    return { score: null, coverage, target, contributions: {} }
  return {
    score: mean(available, id => criteria[id].score!),
    coverage,
    target,
    contributions: Object.fromEntries(available.map(id => [id, (criteria[id].weight * (criteria[id].score! - targets[id])) / weight])),
  }
}
