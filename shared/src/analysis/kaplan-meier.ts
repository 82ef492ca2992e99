export interface Stay {
  readonly days: number
  /** Still there when it was looked at: it stays at least so long. */
  readonly isCensored: boolean
  /** How many stayed so; one when absent. */
  readonly count?: number
}

export interface SurvivalStep {
  readonly days: number
  /** Share that stays longer than `days`. */
  readonly share: number
}

/**
 * Kaplan-Meier estimate of how long something stays, with those that have not left yet counted as long as they were seen:
 * at each length the share drops by leavers / those still at risk. Kaplan and Meier, J. Am. Stat. Assoc. 53 (1958).
 */
export function survivalOf(stays: readonly Stay[]): SurvivalStep[] {
  const sorted = [...stays].sort((a, b) => a.days - b.days)
  const steps: SurvivalStep[] = []
  let share = 1
  let atRisk = sorted.reduce((sum, { count = 1 }) => sum + count, 0)
  for (let at = 0; at < sorted.length;) {
    const days = sorted[at]?.days ?? 0
    let [leavers, gone] = [0, 0]
    for (; at < sorted.length && sorted[at]?.days === days; at += 1) {
      const { isCensored, count = 1 } = sorted[at]!
      gone += count
      leavers += isCensored ? 0 : count
    }
    if (leavers > 0) {
      share *= 1 - leavers / atRisk
      steps.push({ days, share })
    }
    atRisk -= gone
  }
  return steps
}

/** The length that half of them do not exceed; null while more than half have not left yet. */
export const medianStay = (stays: readonly Stay[]): number | null =>
  survivalOf(stays).find(({ share }) => share <= 0.5 + 1e-12)?.days ?? null
