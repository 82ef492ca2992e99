import { toMajor, toMinor, type Money } from '../money.ts'

/** Base currency units per one unit of each currency; a currency that is absent has no rate. */
export type Rates = Readonly<Record<string, number>>

export interface LinkedCosts {
  readonly planned: Money | null
  readonly actual: Money | null
}

export interface CostSum {
  /** Null when not one cost is known. */
  readonly cost: Money | null
  /** Vendors whose cost is not known: the sum is a floor while there are any. */
  readonly missingCount: number
  /** Costs in a currency without rate: counted, not summed. */
  readonly unpricedCount: number
}

export interface Margin extends CostSum {
  /** The deal's amount less the cost; null when either is unknown. */
  readonly margin: Money | null
  /** Margin over the deal's amount; null when the amount is not positive. */
  readonly rate: number | null
}

export interface DealMargin {
  readonly planned: Margin
  readonly actual: Margin
  /** The actual cost where it is known, the planned one where it is not: the best guess of today. */
  readonly expected: Margin
}

/** Null when a currency has no rate. */
export function convert(money: Money, currency: string, rates: Rates): Money | null {
  if (money.currency === currency)
    return money
  const from = rates[money.currency]
  const to = rates[currency]
  const minor = from && to ? toMinor(toMajor(money.minor, money.currency) * from / to, currency) : null
  return minor === null ? null : { minor, currency }
}

function sumCosts(costs: readonly (Money | null)[], currency: string, rates: Rates): CostSum {
  const known = costs.filter(cost => cost !== null)
  const priced = known.map(cost => convert(cost, currency, rates)).filter(cost => cost !== null)
  return {
    cost: priced.length > 0 ? { minor: priced.reduce((sum, { minor }) => sum + minor, 0), currency } : null,
    missingCount: costs.length - known.length,
    unpricedCount: known.length - priced.length,
  }
}

function marginOf(amount: Money | null, sum: CostSum): Margin {
  const minor = amount && sum.cost ? amount.minor - sum.cost.minor : null
  return {
    ...sum,
    margin: amount && minor !== null ? { minor, currency: amount.currency } : null,
    rate: amount && minor !== null && amount.minor > 0 ? minor / amount.minor : null,
  }
}

/** The three margins of a deal, in the deal's own currency. */
export function dealMargin({ amount, currency, links, rates }: {
  readonly amount: Money | null
  readonly currency: string
  readonly links: readonly LinkedCosts[]
  readonly rates: Rates
}): DealMargin {
  const margin = (costOf: (link: LinkedCosts) => Money | null): Margin =>
    marginOf(amount, sumCosts(links.map(costOf), currency, rates))
  return {
    planned: margin(({ planned }) => planned),
    actual: margin(({ actual }) => actual),
    expected: margin(({ planned, actual }) => actual ?? planned),
  }
}

/** Null when the part or the whole is unknown, or the whole is not positive: a share of nothing is no share. */
export const shareOf = (part: number | null, whole: number | null): number | null =>
  part !== null && whole !== null && whole > 0 ? part / whole : null
