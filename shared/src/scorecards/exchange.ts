import type { Day } from '../insights/calendar.ts'

export type RateTable = Readonly<Record<string, readonly (readonly [Day, number])[]>>

/** A rate that is not known makes a figure unknown: taking 1 would make it wrong. */
export class RateMissing extends Error {
  readonly currency: string
  readonly day: Day

  constructor(currency: string, day: Day) {
    super(`no rate for ${currency} on ${day}`)
    this.name = 'RateMissing'
    this.currency = currency
    this.day = day
  }
}

export interface Exchange {
  /** Units of the base currency for one unit. @throws RateMissing */
  readonly rate: (currency: string | null | undefined, day: Day) => number
}

export function exchange(base: string, table: RateTable = {}): Exchange {
  const histories = new Map(Object.entries(table).map(([currency, history]) =>
    [currency, [...history].sort(([a], [b]) => a < b ? -1 : a > b ? 1 : 0)] as const))
  return {
    rate: (currency, day) => {
      if (currency === null || currency === undefined || currency === base)
        return 1
      const valid = histories.get(currency)?.findLast(([from]) => from <= day)
      if (!valid)
        throw new RateMissing(currency, day)
      return valid[1]
    },
  }
}
