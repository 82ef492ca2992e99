import type { Levers } from './scenario.ts'

/** A vendor of a group, as far as it is known; null is unknown, never a guess. */
export interface VendorOffer {
  readonly vendorId: string
  readonly name: string
  /** Bought from it in twelve months, base currency. */
  readonly spendMinor: number
  /** Its prices against those of the lost vendor for the same items: 1.08 is eight percent dearer. */
  readonly priceRatio: number | null
  /** Its score, 0 … 100. */
  readonly score: number | null
  readonly delayDays: number | null
}

export interface VendorLoss {
  readonly lost: VendorOffer
  readonly successor: VendorOffer | null
  /** What the same purchases cost more in a year; null where no price compares and none was assumed. */
  readonly extraCostMinor: number | null
  readonly extraDelayDays: number | null
  /** Concentration of the group before and after, 0 … 1 (Herfindahl and Hirschman). */
  readonly concentrationBefore: number | null
  readonly concentrationAfter: number | null
}

/**
 * What it would mean to lose a vendor: its volume goes to the next best of the group, the cheapest for the same items first,
 * then the best score, then the one bought from most.
 */
export function loseVendor(offers: readonly VendorOffer[], vendorId: string, assumedRatio: number | null): VendorLoss | null {
  const lost = offers.find(offer => offer.vendorId === vendorId)
  if (!lost)
    return null
  const successor = offers.filter(offer => offer !== lost).toSorted(byMerit)[0] ?? null
  const ratio = successor ? successor.priceRatio ?? assumedRatio : assumedRatio
  return {
    lost,
    successor,
    extraCostMinor: ratio === null ? null : lost.spendMinor * (ratio - 1),
    extraDelayDays: successor === null || successor.delayDays === null || lost.delayDays === null ? null : successor.delayDays - lost.delayDays,
    concentrationBefore: concentration(offers.map(offer => offer.spendMinor)),
    concentrationAfter: successor === null ? null : concentration(offers.flatMap(offer => offer === lost ? [] : [offer.spendMinor + (offer === successor ? lost.spendMinor : 0)])),
  }
}

const known = (value: number | null, direction: 1 | -1): number => value === null ? Infinity : value * direction
const compare = (a: number, b: number): number => a === b ? 0 : a - b

const byMerit = (a: VendorOffer, b: VendorOffer): number =>
  compare(known(a.priceRatio, 1), known(b.priceRatio, 1)) || compare(known(a.score, -1), known(b.score, -1)) || b.spendMinor - a.spendMinor

function concentration(spends: readonly number[]): number | null {
  const positive = spends.filter(spend => spend > 0)
  const total = positive.reduce((sum, spend) => sum + spend, 0)
  return total > 0 ? positive.reduce((sum, spend) => sum + (spend / total) ** 2, 0) : null
}

/** The loss as part of a scenario: the lost vendor's share of all purchases becomes that much dearer. */
export function leversAfterLoss(levers: Levers, loss: VendorLoss | null, spendMinor: number | null): Levers {
  if (loss === null || loss.extraCostMinor === null || spendMinor === null || spendMinor <= 0)
    return levers
  return { ...levers, vendorCost: (1 + levers.vendorCost) * (1 + loss.extraCostMinor / spendMinor) - 1 }
}
