import type { DecisionGuards } from './decision-rule.ts'

export interface PastDecision {
  readonly at: Date
  /** The record it was about; null for the portal as a whole. */
  readonly subject: number | null
}

export type Gate = 'open' | 'limit' | 'quiet' | 'loop'
type Rails = Pick<DecisionGuards, 'perDay' | 'quietHours'>

const hourMs = 3_600_000
/** A rule that comes back to a record more often goes round in circles, with another rule or with the portal's automation. */
export const mostInAnHour = 5

/** Whether one more decision may be made, given those of its rule: a record is left in peace first, then the day is counted. */
export function gateOf({ perDay, quietHours }: Rails, past: readonly PastDecision[], next: PastDecision, dayOf: (at: Date) => string): Gate {
  const sinceHours = ({ at }: PastDecision): number => (next.at.getTime() - at.getTime()) / hourMs
  const sameRecord = past.filter(({ subject }) => subject === next.subject)
  if (sameRecord.some(one => sinceHours(one) < quietHours))
    return 'quiet'
  if (next.subject !== null && sameRecord.filter(one => sinceHours(one) < 1).length >= mostInAnHour)
    return 'loop'
  const today = dayOf(next.at)
  return past.filter(({ at }) => dayOf(at) === today).length >= perDay ? 'limit' : 'open'
}

export interface Occasion extends PastDecision {
  /** Null: the past does not tell. */
  readonly isMet: boolean | null
}

export type Played = 'decided' | Exclude<Gate, 'open'> | 'unmet' | 'unknown'

/** What a rule would have done on each occasion, in their order, with its guard rails up. */
export function playRule<T extends Occasion>(occasions: readonly T[], rails: Rails, dayOf: (at: Date) => string): readonly (T & { readonly outcome: Played })[] {
  const decided: PastDecision[] = []
  return occasions.toSorted((a, b) => a.at.getTime() - b.at.getTime()).map((occasion) => {
    if (!occasion.isMet)
      return { ...occasion, outcome: occasion.isMet === null ? 'unknown' as const : 'unmet' as const }
    const gate = gateOf(rails, decided, occasion, dayOf)
    if (gate !== 'open')
      return { ...occasion, outcome: gate }
    decided.push(occasion)
    return { ...occasion, outcome: 'decided' as const }
  })
}
