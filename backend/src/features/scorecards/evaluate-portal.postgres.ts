import { dayAt, type Day } from '@comptoir/shared/insights/calendar'
import { openBook, type Book } from '@comptoir/shared/scorecards/book'
import { evaluateBook, type Scorecard } from '@comptoir/shared/scorecards/evaluate'
import type { StoredRules } from '@comptoir/shared/scorecards/rules.schema'
import type { ScorecardInput } from '@comptoir/shared/scorecards/scorecard-input.schema'
import type { PortalRecord } from '../../platform/http/caller.ts'
import type { Database } from '../../platform/storage/database.ts'
import { readDocuments } from './documents.postgres.ts'
import { inputOf, type PortalDocuments } from './portal-input.ts'
import { readRules } from './rules.postgres.ts'
import { readState } from './state.postgres.ts'

export type ScoredPortal = Pick<PortalRecord, 'id' | 'currency' | 'timeZone'>

export interface Evaluation {
  readonly input: ScorecardInput
  readonly book: Book
  readonly documents: PortalDocuments
  readonly rules: StoredRules
  readonly cards: ReadonlyMap<string, Scorecard>
}

export const todayOf = (portal: Pick<PortalRecord, 'timeZone'>, now: Date): Day => dayAt(now, portal.timeZone)

/** Every vendor of a portal on a day: they are judged together. What a viewer may see of it is for the caller. */
export async function evaluatePortal(db: Database, portal: ScoredPortal, asOf: Day, given?: StoredRules): Promise<Evaluation> {
  const [documents, state, rules] = await Promise.all([readDocuments(db, portal), readState(db, portal, asOf), given ?? readRules(db, portal.id)])
  const input = inputOf(documents, state, { asOf, rules: rules.rules })
  const book = openBook(input)
  const cards = new Map(evaluateBook(book, input.suppliers).map(card => [String(card.supplier), card]))
  return { input, book, documents, rules, cards }
}
