import { addDays, addMonths, type Day } from '../insights/calendar.ts'

export interface Instalment {
  readonly installmentNo: number
  readonly dueOn: Day
  readonly amountMinor: number
}

/** Parts in proportion to their shares, in whole minor units, that add up to the total exactly. */
export function splitAmount(totalMinor: number, shares: readonly number[]): number[] {
  const whole = shares.reduce((sum, share) => sum + share, 0)
  let share = 0
  let given = 0
  return shares.map((own, index) => {
    share += own
    // Rounding what is reached so far, not each part: the remainder cannot pile up.
    const reached = index === shares.length - 1 ? totalMinor : Math.round(totalMinor * (share / whole))
    const part = reached - given
    given = reached
    return part
  })
}

export interface InstalmentPlan {
  readonly count: number
  readonly firstDueOn: Day
  readonly every: { readonly months: number } | { readonly days: number }
}

export function planInstalments(totalMinor: number, { count, firstDueOn, every }: InstalmentPlan): Instalment[] {
  return splitAmount(totalMinor, Array.from({ length: count }, () => 1)).map((amountMinor, index) => ({
    installmentNo: index + 1,
    dueOn: 'months' in every ? addMonths(firstDueOn, every.months * index) : addDays(firstDueOn, every.days * index),
    amountMinor,
  }))
}
