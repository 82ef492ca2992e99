import { firstPlaces, withWeights } from '@comptoir/shared/scorecards/robustness'
import { combine } from '@comptoir/shared/scorecards/score'
import type { Weights } from '@comptoir/shared/scorecards/scorecard-card.schema'
import type { Ranking, RankedVendor } from '@comptoir/shared/scorecards/scorecard.contract'
import { criterionIds, type CriterionId } from '@comptoir/shared/scorecards/settings'
import { capped, NOT_AVAILABLE, standingOf, type StandingOrNone } from '@comptoir/shared/scorecards/standing'

export interface RankedRow {
  readonly vendor: RankedVendor
  readonly score: number | null
  readonly coverage: number
  readonly standing: StandingOrNone
  /** Vendors of the same score share a rank; null without a score. */
  readonly rank: number | null
}

/** Every vendor by any weights: the same maths as on the server, on the points it sent. */
export function rankBy({ vendors, rules: { rules } }: Ranking, weights: Weights): RankedRow[] {
  const rows = vendors.map((vendor) => {
    const { score, coverage } = combine(withWeights(vendor.criteria, weights), rules.settings)
    const standing: StandingOrNone = score === null ? NOT_AVAILABLE : capped(standingOf(score, rules.settings, vendor.previous), vendor.vetoes.length > 0)
    return { vendor, score, coverage, standing }
  }).sort((a, b) => (b.score ?? -1) - (a.score ?? -1) || a.vendor.name.localeCompare(b.vendor.name))
  return rows.map(row => ({ ...row, rank: row.score === null ? null : rows.findIndex(({ score }) => score === row.score) + 1 }))
}

export const firstShares = ({ vendors, rules: { rules } }: Ranking, weights: Weights): ReadonlyMap<string, number> =>
  firstPlaces(vendors.map(({ vendorId, criteria }) => ({ id: vendorId, criteria })), weights, rules.settings)

export const isSameWeights = (a: Weights, b: Weights): boolean => criterionIds.every(id => a[id] === b[id])

export const hasWeight = (weights: Weights): boolean => criterionIds.some(id => weights[id] > 0)

export const shareOfWeight = (weights: Weights, id: CriterionId): number | null => {
  const total = criterionIds.reduce((sum, each) => sum + weights[each], 0)
  return total > 0 ? weights[id] / total : null
}
