import { monthPeriod } from '@comptoir/shared/scorecards/months'
import { openBook } from '@comptoir/shared/scorecards/book'
import { evaluateBook, type Scorecard } from '@comptoir/shared/scorecards/evaluate'
import type { Day } from '@comptoir/shared/insights/calendar'
import type { ScorecardRules } from '@comptoir/shared/scorecards/rules.schema'
import { inputOf, type PortalDocuments, type PortalState } from './portal-input.ts'
import { inputsHash } from './inputs-hash.ts'

export interface JudgedMonth {
  /** On the month's last day, over the period of the rules. */
  readonly card: Scorecard
  /** Of what belongs to the month alone. */
  readonly month: Scorecard
  readonly inputsHash: string
}

/** Every vendor at the end of a month, as far as it was known then. */
export function judgeMonth(documents: PortalDocuments, state: PortalState, { month, rules }: { month: Day, rules: ScorecardRules }): Map<string, JudgedMonth> {
  const { from, asOf } = monthPeriod(month)
  const whole = inputOf(documents, state, { asOf, rules })
  const book = openBook(whole)
  const ofMonth = inputOf(documents, { ...state, previous: new Map() }, { asOf, from, rules })
  const months = evaluateBook(openBook(ofMonth), ofMonth.suppliers)
  return new Map(evaluateBook(book, whole.suppliers).map((card, at) =>
    [String(card.supplier), { card, month: months[at]!, inputsHash: inputsHash(book, whole.suppliers[at]!, card) }]))
}
