/** What one part (a person, a stage, a vendor …) holds on one side: how much of it there is, and what it comes to. */
export interface PartSide {
  /** Records of a sum or a mean; what a share is taken of. */
  readonly weight: number
  /** The sum itself; of a share, the favourable part of the weight. */
  readonly amount: number
}

export interface PartDriver {
  /** Contribution to the difference of the whole. */
  readonly contribution: number
  /** From more or fewer of these, or from a larger share of them in the whole. */
  readonly mix: number
  /** From each of them being worth more or less. */
  readonly rate: number
}

const nothing: PartSide = { weight: 0, amount: 0 }

/** Worth of one unit of weight; where there is none, nothing can be said of it and the other side's is taken. */
const rateOf = (side: PartSide, other: PartSide): number =>
  side.weight > 0 ? side.amount / side.weight : other.weight > 0 ? other.amount / other.weight : 0

/** Parts of a sum: their differences are the difference. Each is split into more of them and more for each of them. */
export function sumDrivers(parts: readonly { readonly before: PartSide | null, readonly after: PartSide | null }[]): PartDriver[] {
  return parts.map(({ before, after }) => {
    const [a, b] = [before ?? nothing, after ?? nothing]
    const contribution = b.amount - a.amount
    if (a.weight <= 0 && b.weight <= 0)
      return { contribution, mix: 0, rate: contribution }
    const rate = (rateOf(b, a) - rateOf(a, b)) * (a.weight + b.weight) / 2
    return { contribution, rate, mix: contribution - rate }
  })
}

/**
 * Parts of a share or a mean, which is the mean of its parts by their weights: what a part's own rate has moved, and what its
 * having become a larger share of the whole has, above or below average as it is. Both together are the whole difference.
 */
export function meanDrivers(parts: readonly { readonly before: PartSide | null, readonly after: PartSide | null }[]): PartDriver[] | null {
  const [before, after] = [totalOf(parts.map(part => part.before)), totalOf(parts.map(part => part.after))]
  if (before.weight <= 0 || after.weight <= 0)
    return null
  const level = (before.amount / before.weight + after.amount / after.weight) / 2
  return parts.map((part) => {
    const [a, b] = [part.before ?? nothing, part.after ?? nothing]
    const [shareBefore, shareAfter] = [a.weight / before.weight, b.weight / after.weight]
    const [rateBefore, rateAfter] = [rateOf(a, b), rateOf(b, a)]
    const rate = (rateAfter - rateBefore) * (shareBefore + shareAfter) / 2
    const mix = (shareAfter - shareBefore) * ((rateBefore + rateAfter) / 2 - level)
    return { contribution: rate + mix, mix, rate }
  })
}

/** Several parts as one. */
export const totalOf = (sides: readonly (PartSide | null)[]): PartSide =>
  sides.reduce<PartSide>((sum, side) => ({ weight: sum.weight + (side?.weight ?? 0), amount: sum.amount + (side?.amount ?? 0) }), nothing)
