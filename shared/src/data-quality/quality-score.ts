import { qualityChecks, type QualityCheckId } from './quality-checks.ts'

export interface CheckCount {
  readonly checkId: QualityCheckId
  /** Records that have the flaw, of those that could. */
  readonly count: number
  readonly examined: number
}

export type QualityVerdict = 'good' | 'attention' | 'bad' | 'unknown'

/** From this share of records on, a flaw is more than a slip. */
export const badShare = 0.1
/** Taken off when the portal counts other records than we hold. */
export const differencePenalty = 10

/** Null where nothing could have the flaw. */
export const shareOf = ({ count, examined }: Pick<CheckCount, 'count' | 'examined'>): number | null => examined > 0 ? count / examined : null

export function verdictOf(check: Pick<CheckCount, 'count' | 'examined'>): QualityVerdict {
  const share = shareOf(check)
  if (share === null)
    return 'unknown'
  return share === 0 ? 'good' : share < badShare ? 'attention' : 'bad'
}

/**
 * 100, less the weight of each flaw times the share of records that have it, less the penalty for counts that differ;
 * never below 0. Null where there is nothing to judge.
 */
export function scoreOf(checks: readonly CheckCount[], { isDifferent }: { isDifferent: boolean }): number | null {
  if (checks.every(({ examined }) => examined === 0))
    return null
  const lost = checks.reduce((sum, check) => sum + qualityChecks[check.checkId].weight * (shareOf(check) ?? 0), 0)
  return Math.max(0, Math.round(100 - lost - (isDifferent ? differencePenalty : 0)))
}
