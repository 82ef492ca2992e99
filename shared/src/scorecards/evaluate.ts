import { openBook, type Book } from './book.ts'
import { vetoesOf } from './compliance.ts'
import { categoryMedians, rawCriteria, shrunkCriteria, type Criteria } from './criteria.ts'
import { measureSupplier, type SupplierMeasures } from './measures.ts'
import { combine, type Score } from './score.ts'
import type { CriterionId } from './settings.ts'
import type { ScorecardInput, SupplierInput } from './scorecard-input.schema.ts'
import { capped, NOT_AVAILABLE, standingOf, type StandingOrNone } from './standing.ts'

/** Changes whenever the same documents would give another score; kept with every stored score. */
export const FORMULA_VERSION = 1

export interface Scorecard extends Score, SupplierMeasures {
  readonly supplier: SupplierInput['id']
  readonly category: string | null
  readonly standing: StandingOrNone
  readonly vetoes: readonly string[]
  readonly criteria: Criteria
  /** What small samples were drawn to: the middle of the category, by criterion. */
  readonly medians: Readonly<Record<CriterionId, number | null>>
  /** Too few lines to judge by. */
  readonly isIndicative: boolean
}

/** Every supplier of the document: they are judged together, because a category's median steadies the small ones. */
export function evaluate(input: ScorecardInput): Scorecard[] {
  return evaluateBook(openBook(input), input.suppliers)
}

export function evaluateBook(book: Book, suppliers: readonly SupplierInput[]): Scorecard[] {
  const measured = suppliers.map((supplier) => {
    const measures = measureSupplier(book, supplier)
    return { supplier, measures, criteria: rawCriteria(measures.measures, book.settings) }
  })
  const categories = Map.groupBy(measured, ({ supplier }) => supplier.category ?? null)
  const medians = new Map([...categories].map(([category, members]) => [category, categoryMedians(members.map(({ criteria }) => criteria))]))
  return measured.map(({ supplier, measures, criteria }) => {
    const category = supplier.category ?? null
    const middle = medians.get(category)!
    const shrunk = shrunkCriteria(criteria, middle, book.settings)
    const score = combine(shrunk, book.settings)
    const vetoes = vetoesOf(supplier, measures.requirements)
    return {
      ...measures,
      ...score,
      supplier: supplier.id,
      category,
      criteria: shrunk,
      medians: middle,
      vetoes,
      standing: score.score === null ? NOT_AVAILABLE : capped(standingOf(score.score, book.settings, supplier.previous ?? null), vetoes.length > 0),
      isIndicative: measures.dueLineCount < book.settings.indicativeBelowLines,
    }
  })
}
