/**
 * How much of the spend hangs on how few vendors. Shares are taken over vendors with a positive total:
 * one whose credits exceed its purchases has no share, and is counted apart.
 */
export interface Concentration {
  /** Herfindahl-Hirschman index, 0 to 10,000: the sum of squared shares in percent. */
  readonly index: number
  /** Equal vendors that would give the same index: 10,000 / index. */
  readonly effectiveVendors: number
  /** Share of the largest, and of the three largest, in percent. */
  readonly largestShare: number
  readonly threeLargestShare: number
  readonly band: ConcentrationBand
  readonly vendors: number
  /** Left out for a total of zero or less. */
  readonly withoutShare: number
}

export const concentrationBands = ['low', 'moderate', 'high'] as const
export type ConcentrationBand = (typeof concentrationBands)[number]

/** Borrowed from the US agencies' merger guidelines (1,000 and 1,800): a convention, not a law of purchasing. */
const bandLimits = { moderate: 1_000, high: 1_800 } as const

/** Null when no vendor has a positive total. */
export function concentrationOf(totals: readonly number[]): Concentration | null {
  const positive = totals.filter(total => total > 0).sort((a, b) => b - a)
  const sum = positive.reduce((all, total) => all + total, 0)
  if (sum <= 0)
    return null
  const shares = positive.map(total => total / sum * 100)
  const index = shares.reduce((all, share) => all + share * share, 0)
  return {
    index,
    effectiveVendors: 10_000 / index,
    largestShare: shares[0] ?? 0,
    threeLargestShare: shares.slice(0, 3).reduce((all, share) => all + share, 0),
    band: index >= bandLimits.high ? 'high' : index >= bandLimits.moderate ? 'moderate' : 'low',
    vendors: positive.length,
    withoutShare: totals.length - positive.length,
  }
}

export const abcClasses = ['A', 'B', 'C'] as const
export type AbcClass = (typeof abcClasses)[number]

export interface ParetoStep {
  /** In percent of the positive sum; null for a total of zero or less. */
  readonly share: number | null
  readonly cumulativeShare: number | null
  readonly abc: AbcClass | null
}

/**
 * Pareto steps of totals in falling order. A: those that reach the first 80 % (the one that crosses it
 * included), B: up to 95 %, C: the rest.
 */
export function paretoOf(totals: readonly number[]): ParetoStep[] {
  const sum = totals.reduce((all, total) => all + Math.max(0, total), 0)
  let before = 0
  return totals.map((total) => {
    if (total <= 0 || sum <= 0)
      return { share: null, cumulativeShare: null, abc: null }
    const abc = before < 0.8 * sum ? 'A' : before < 0.95 * sum ? 'B' : 'C'
    before += total
    return { share: total / sum * 100, cumulativeShare: before / sum * 100, abc }
  })
}
