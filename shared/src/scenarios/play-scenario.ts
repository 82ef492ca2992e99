import { noChange, outcomeOf, type Baseline, type Levers, type Outcome } from './scenario.ts'
import type { ScenarioSpec, ScenarioStart } from './scenario.contract.ts'
import { leversAfterLoss, loseVendor, type VendorLoss, type VendorOffer } from './vendor-loss.ts'

export type Assumptions = Pick<ScenarioSpec, 'levers' | 'lostVendorId' | 'assumedRatio' | 'assumedCustomerDays'>

export interface Played {
  readonly base: Baseline
  readonly loss: VendorLoss | null
  /** With what the loss of a vendor costs. */
  readonly levers: Levers
  readonly outcome: Outcome
  readonly before: Outcome
}

/** What a scenario comes to over the year it starts from; null where the year does not tell what no scenario can do without. */
export function playScenario(start: ScenarioStart, { levers, lostVendorId, assumedRatio, assumedCustomerDays }: Assumptions): Played | null {
  const base = baselineOf(start, assumedCustomerDays)
  if (!base)
    return null
  const loss = lostVendorId === null ? null : loseVendor(offersBeside(start, lostVendorId), lostVendorId, assumedRatio)
  const effective = leversAfterLoss(levers, loss, start.spend)
  return { base, loss, levers: effective, outcome: outcomeOf(base, effective), before: outcomeOf(base, noChange) }
}

function baselineOf({ volume, winRate, averageValue, cycleDays, costShare, customerDays, vendorDays }: ScenarioStart, assumedDays: number | null): Baseline | null {
  if (volume === null || winRate === null || averageValue === null || cycleDays === null)
    return null
  return { volume, winRate, averageValue, cycleDays, costShare, vendorDays, customerDays: assumedDays ?? customerDays }
}

/** Who sells the same items or is of the same family. Without a family nobody stands in but who sells the same. */
function offersBeside(start: ScenarioStart, vendorId: string): VendorOffer[] {
  const lost = start.vendors.find(vendor => vendor.vendorId === vendorId)
  if (!lost)
    return []
  return start.vendors
    .map(vendor => ({ ...vendor, priceRatio: start.priceRatios.find(({ of, against }) => of === vendor.vendorId && against === vendorId)?.ratio ?? null }))
    .filter(vendor => vendor.vendorId === vendorId || vendor.priceRatio !== null || (lost.group !== null && vendor.group === lost.group))
}
