/** What is known of a channel or campaign in a period. */
export interface ChannelFacts {
  /** In the base currency. Null: no cost is known, which is not a cost of zero. */
  readonly costMinor: number | null
  readonly impressions: number | null
  readonly clicks: number | null
  /** Leads created in the period, and deals created without one. */
  readonly leads: number
  /** Of these, those that have become a won deal by now. */
  readonly converted: number
  /** Deals won in the period. */
  readonly won: number
  /** Null: none of them can be priced, which is not a revenue of zero. */
  readonly revenueMinor: number | null
  /** Of the deals won, those without an amount, or in a currency without rate. */
  readonly withoutAmount: number
  /** Of the deals won in the period, those that are their company's first. */
  readonly newCustomers: number
}

export const missingReasons = ['no_cost', 'no_leads', 'no_customers', 'no_amount', 'restricted'] as const
export type MissingReason = (typeof missingReasons)[number]

/** A ratio, or why there is none: never 0 and never infinite for want of a denominator. */
export interface Ratio {
  readonly value: number | null
  readonly missing: MissingReason | null
}

export interface ChannelFigures {
  readonly costPerLead: Ratio
  readonly cac: Ratio
  readonly roas: Ratio
  readonly conversion: Ratio
}

const missing = (reason: MissingReason): Ratio => ({ value: null, missing: reason })

function ratio(over: number | null, under: number | null, empty: MissingReason): Ratio {
  if (over === null)
    return missing('no_cost')
  return under === null || under === 0 ? missing(empty) : { value: over / under, missing: null }
}

/**
 * Cost per lead = cost / leads. CAC = cost / new customers. ROAS = revenue won / cost. Conversion = converted / leads.
 * `isRestricted`: the viewer counts some deals only, while a cost is the company's: the two are not divided.
 */
export function figuresOf({ costMinor, leads, converted, newCustomers, revenueMinor }: ChannelFacts, isRestricted: boolean): ChannelFigures {
  const guarded = (value: () => Ratio): Ratio => isRestricted ? missing('restricted') : value()
  return {
    costPerLead: guarded(() => ratio(costMinor, leads, 'no_leads')),
    cac: guarded(() => ratio(costMinor, newCustomers, 'no_customers')),
    roas: guarded(() => revenueMinor === null && costMinor ? missing('no_amount') : ratio(revenueMinor, costMinor, 'no_cost')),
    conversion: ratio(converted, leads, 'no_leads'),
  }
}

const nothing: ChannelFacts = { costMinor: null, impressions: null, clicks: null, leads: 0, converted: 0, won: 0, revenueMinor: 0, withoutAmount: 0, newCustomers: 0 }

const plus = (one: number | null, other: number | null): number | null => one === null && other === null ? null : (one ?? 0) + (other ?? 0)

export function addFacts(facts: Iterable<Partial<ChannelFacts>>): ChannelFacts {
  let sum = nothing
  for (const part of facts) {
    const one = { ...nothing, ...part }
    sum = {
      costMinor: plus(sum.costMinor, one.costMinor), impressions: plus(sum.impressions, one.impressions), clicks: plus(sum.clicks, one.clicks),
      leads: sum.leads + one.leads, converted: sum.converted + one.converted, won: sum.won + one.won, revenueMinor: (sum.revenueMinor ?? 0) + (one.revenueMinor ?? 0),
      withoutAmount: sum.withoutAmount + one.withoutAmount, newCustomers: sum.newCustomers + one.newCustomers,
    }
  }
  return sum.won > 0 && sum.withoutAmount === sum.won ? { ...sum, revenueMinor: null } : sum
}
