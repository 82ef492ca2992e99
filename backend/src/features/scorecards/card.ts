import type { Scorecard } from '@comptoir/shared/scorecards/evaluate'
import type { Card } from '@comptoir/shared/scorecards/scorecard-card.schema'

/** What is shown and stored of a score. */
export function cardOf(scorecard: Scorecard): Card {
  const { score, coverage, standing, target, contributions, criteria, medians, vetoes, isIndicative, dueLineCount, notPromisedCount, medianAnswerHours, missingRates } = scorecard
  const measures = Object.fromEntries(Object.entries(scorecard.measures).map(([id, { wilson90, ...measure }]) =>
    [id, wilson90 ? { ...measure, wilson90: [...wilson90] } : measure])) as Card['measures']
  return {
    score, coverage, standing, target, contributions, criteria, medians, measures,
    vetoes: [...vetoes],
    isIndicative, dueLineCount, notPromisedCount, medianAnswerHours,
    missingRates: [...missingRates],
  }
}

/** Figures by a path, so that two cards can be laid side by side. */
export function figuresOf(card: Card): Map<string, number | null> {
  const figures = new Map<string, number | null>([['score', card.score], ['coverage', card.coverage]])
  for (const [id, { score }] of Object.entries(card.criteria))
    figures.set(`criteria.${id}`, score)
  for (const [id, { value }] of Object.entries(card.measures))
    figures.set(`measures.${id}`, value)
  return figures
}

const NOISE = 1e-9

/** What differs between a stored card and the same card worked out again. */
export function differencesOf(stored: Card, now: Card): { figure: string, stored: number | null, now: number | null }[] {
  const later = figuresOf(now)
  return [...figuresOf(stored)].flatMap(([figure, value]) => {
    const other = later.get(figure) ?? null
    const isSame = value === other || (value !== null && other !== null && Math.abs(value - other) <= NOISE * Math.max(1, Math.abs(value)))
    return isSame ? [] : [{ figure, stored: value, now: other }]
  })
}
