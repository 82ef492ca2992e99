import { daysBetween, type Day } from '../insights/calendar.ts'

/** A yearly rate in percent, in force from a day until the next one begins. Entered by a person: none is ever assumed. */
export interface DatedRate {
  readonly validFrom: Day
  readonly percent: number
}

export interface InterestPart {
  readonly from: Day
  readonly to: Day
  readonly days: number
  readonly percent: number
  readonly interestMinor: number
}

/** « Indemnité forfaitaire » for recovery costs, once per late invoice (article D441-5 of the commercial code). */
export const recoveryFee = { minor: 4000, currency: 'EUR' } as const

export interface LateInterest {
  readonly daysLate: number
  /** Null where a day of the delay has no rate: the amount is then not known, and `missingFrom` says from when. */
  readonly interestMinor: number | null
  readonly missingFrom: Day | null
  readonly parts: readonly InterestPart[]
  readonly isFeeDue: boolean
}

export interface LateDebt {
  readonly amountMinor: number
  readonly dueOn: Day
  /** Day of payment, or today. The day after the due day is the first of delay, the day of payment the last. */
  readonly until: Day
}

const rateScale = 10_000n
const yearOfDays = 365n

/** Amount × rate × days / 365, in whole numbers throughout; parts are rounded so that they add up to the total. */
export function lateInterest({ amountMinor, dueOn, until }: LateDebt, rates: readonly DatedRate[]): LateInterest {
  const daysLate = Math.max(0, daysBetween(dueOn, until))
  if (daysLate === 0 || amountMinor <= 0)
    return { daysLate, interestMinor: 0, missingFrom: null, parts: [], isFeeDue: false }
  const spans = spansOf(dueOn, until, rates)
  if (!spans)
    return { daysLate, interestMinor: null, missingFrom: dueOn, parts: [], isFeeDue: true }
  const parts: InterestPart[] = []
  let exact = 0n
  let given = 0
  for (const span of spans) {
    exact += BigInt(amountMinor) * BigInt(Math.round(span.percent * Number(rateScale))) * BigInt(span.days)
    const reached = roundedQuotient(exact, rateScale * 100n * yearOfDays)
    parts.push({ ...span, interestMinor: reached - given })
    given = reached
  }
  return { daysLate, interestMinor: given, missingFrom: null, parts, isFeeDue: true }
}

function roundedQuotient(numerator: bigint, denominator: bigint): number {
  return Number((numerator * 2n + denominator) / (denominator * 2n))
}

function spansOf(dueOn: Day, until: Day, rates: readonly DatedRate[]): Omit<InterestPart, 'interestMinor'>[] | null {
  const inOrder = rates.toSorted((a, b) => a.validFrom < b.validFrom ? -1 : 1)
  const start = inOrder.findLastIndex(rate => rate.validFrom <= dueOn)
  if (start === -1)
    return null
  const spans: Omit<InterestPart, 'interestMinor'>[] = []
  let from = dueOn
  for (let index = start; index < inOrder.length && from < until; index++) {
    const next = inOrder[index + 1]?.validFrom
    const to = next !== undefined && next < until ? next : until
    if (to > from)
      spans.push({ from, to, days: daysBetween(from, to), percent: inOrder[index]!.percent })
    from = to > from ? to : from
  }
  return spans
}
