import { evaluate, type Scorecard } from './evaluate.ts'
import type { MeasureId } from './measure.ts'
import { DocumentInvalid } from './read-document.ts'
import type { ScorecardInput } from './scorecard-input.schema.ts'

export interface ScorecardOutput {
  readonly asOf: string
  readonly suppliers: readonly Pick<Scorecard, 'supplier' | 'score' | 'coverage' | 'standing' | 'target' | 'contributions' | 'criteria' | 'vetoes' | 'measures'>[]
}

/**
 * The scores of a document as they are handed to an auditor: on the as-of day, over everything from `from` on.
 * @throws DocumentInvalid where an exchange rate that a figure needs is not in it
 */
export function documentScores(input: ScorecardInput): ScorecardOutput {
  const cards = evaluate(input)
  const faults = cards.flatMap(card => card.missingRates.map(({ measure, currency, day }) => missingRate(measure, currency, day)))
  if (faults.length > 0)
    throw new DocumentInvalid([...new Map(faults.map(fault => [fault.path + fault.message, fault])).values()])
  return {
    asOf: input.asOf,
    suppliers: cards.map(({ supplier, score, coverage, standing, target, contributions, criteria, vetoes, measures }) =>
      ({ supplier, score, coverage, standing, target, contributions, criteria, vetoes, measures })),
  }
}

const missingRate = (measure: MeasureId, currency: string, day: string) =>
  ({ path: `rates.${currency}`, message: `holds no rate for ${day}, which ${measure} needs` })
