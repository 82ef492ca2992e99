/**
 * What if: exact identities over a year's figures, recomputed at once wherever the levers are. Money is in minor units of
 * the base currency and may hold fractions until it is shown.
 */
export interface Baseline {
  /** Deals in play at one time. */
  readonly volume: number
  /** Won of closed, 0 … 1. */
  readonly winRate: number
  readonly averageValue: number
  /** Days from creation to winning. */
  readonly cycleDays: number
  /** Purchases as a share of revenue; null when either is unknown: then nothing is said of cost and margin. */
  readonly costShare: number | null
  /** Days until customers pay; null unknown. */
  readonly customerDays: number | null
  /** Days until vendors are paid; null unknown. */
  readonly vendorDays: number | null
}

/** Relative changes (0.1 is a tenth more), but for payment terms, which are days more or less. */
export interface Levers {
  readonly volume: number
  readonly winRate: number
  readonly averageValue: number
  readonly cycle: number
  readonly price: number
  readonly vendorCost: number
  readonly customerDays: number
  readonly vendorDays: number
}

export const leverNames = ['volume', 'winRate', 'averageValue', 'cycle', 'price', 'vendorCost', 'customerDays', 'vendorDays'] as const satisfies readonly (keyof Levers)[]
export type LeverName = typeof leverNames[number]
export const relativeLevers = ['volume', 'winRate', 'averageValue', 'cycle', 'price', 'vendorCost'] as const satisfies readonly LeverName[]

export const noChange: Levers = { volume: 0, winRate: 0, averageValue: 0, cycle: 0, price: 0, vendorCost: 0, customerDays: 0, vendorDays: 0 }

/** How far a lever goes; a win rate above one or a cycle of no time has no meaning. */
export const leverRanges: Readonly<Record<LeverName, { readonly min: number, readonly max: number, readonly step: number }>> = {
  volume: { min: -0.5, max: 1, step: 0.01 },
  winRate: { min: -0.5, max: 0.5, step: 0.01 },
  averageValue: { min: -0.5, max: 1, step: 0.01 },
  cycle: { min: -0.5, max: 1, step: 0.01 },
  price: { min: -0.3, max: 0.3, step: 0.005 },
  vendorCost: { min: -0.3, max: 0.5, step: 0.005 },
  customerDays: { min: -60, max: 60, step: 1 },
  vendorDays: { min: -60, max: 60, step: 1 },
}

export interface Outcome {
  readonly revenue: number
  readonly cost: number | null
  readonly margin: number | null
  readonly marginRate: number | null
  /** Money tied up between paying vendors and being paid. */
  readonly tiedUp: number | null
}

export const horizonDays = 365

/** Side by side. */
export const mostCompared = 3

/**
 * revenue = volume × win rate × average value × horizon ÷ cycle, times the price's change. A price moves revenue alone; cost
 * follows what is sold: margin = revenue − revenue before the price's change × cost share × (1 + vendors' change).
 */
export function outcomeOf(base: Baseline, levers: Levers): Outcome {
  const sold = base.volume * (1 + levers.volume)
    * Math.min(1, base.winRate * (1 + levers.winRate))
    * base.averageValue * (1 + levers.averageValue)
    * horizonDays / (base.cycleDays * (1 + levers.cycle))
  const revenue = sold * (1 + levers.price)
  const cost = base.costShare === null ? null : sold * base.costShare * (1 + levers.vendorCost)
  const margin = cost === null ? null : revenue - cost
  return {
    revenue,
    cost,
    margin,
    marginRate: margin === null || revenue === 0 ? null : margin / revenue,
    tiedUp: tiedUp(base, levers, revenue, cost),
  }
}

function tiedUp(base: Baseline, levers: Levers, revenue: number, cost: number | null): number | null {
  if (base.customerDays === null || base.vendorDays === null || cost === null)
    return null
  return revenue / horizonDays * Math.max(0, base.customerDays + levers.customerDays) - cost / horizonDays * Math.max(0, base.vendorDays + levers.vendorDays)
}

export interface Swing { readonly lever: LeverName, readonly less: number, readonly more: number }

/** Each lever alone a tenth down and a tenth up from where the scenario stands, terms a tenth of their days; the widest swing first. */
export function tornado(base: Baseline, levers: Levers, measure: (outcome: Outcome) => number | null, share = 0.1): Swing[] {
  const days = (lever: 'customerDays' | 'vendorDays', factor: number) => ((base[lever] ?? 0) + levers[lever]) * factor - (base[lever] ?? 0)
  const at = (lever: LeverName, factor: number) => measure(outcomeOf(base, {
    ...levers, [lever]: lever === 'customerDays' || lever === 'vendorDays' ? days(lever, factor) : (1 + levers[lever]) * factor - 1,
  }))
  const now = measure(outcomeOf(base, levers))
  if (now === null)
    return []
  return leverNames
    .flatMap(lever => {
      const [less, more] = [at(lever, 1 - share), at(lever, 1 + share)]
      return less === null || more === null ? [] : [{ lever, less: less - now, more: more - now }]
    })
    .toSorted((a, b) => Math.abs(b.more - b.less) - Math.abs(a.more - a.less))
}
