import type { Scorecard } from '@comptoir/shared/scorecards/evaluate'
import { median } from '@comptoir/shared/scorecards/median'
import type { Card, VendorScorecard } from '@comptoir/shared/scorecards/scorecard-card.schema'
import { criterionIds } from '@comptoir/shared/scorecards/settings'

/** A median of fewer vendors, some of them hidden, would tell what one of those scores. */
const LEAST_FOR_MEDIAN = 5

type Cards = ReadonlyMap<string, Scorecard>

const sameCategory = (cards: Cards, { category }: Pick<Scorecard, 'category'>) => [...cards].filter(([, other]) => other.category === category)

/** The vendor among those of its category whose scores the viewer may see. */
export function peersOf(cards: Cards, card: Scorecard, isVisible: (vendorId: string) => boolean): VendorScorecard['peers'] {
  const seen = sameCategory(cards, card).filter(([vendorId]) => isVisible(vendorId))
  const scores = seen.flatMap(([, { score }]) => score ?? [])
  return {
    vendorCount: seen.length,
    scoredCount: scores.length,
    rank: card.score === null ? null : 1 + scores.filter(score => score > card.score!).length,
    medianScore: median(scores),
  }
}

/** Medians count hidden vendors, too: those of few are left out of what such a viewer is told. */
export function tellableMedians(cards: Cards, card: Scorecard, isVisible: (vendorId: string) => boolean): Card['medians'] {
  const peers = sameCategory(cards, card)
  const entries = criterionIds.map((id) => {
    const known = peers.filter(([, { criteria }]) => criteria[id].raw !== null)
    const isTellable = known.length >= LEAST_FOR_MEDIAN || known.every(([vendorId]) => isVisible(vendorId))
    return [id, isTellable ? card.medians[id] : null] as const
  })
  return Object.fromEntries(entries) as Card['medians']
}

/** A stored card no longer knows its peers. */
export const withoutMedians = (card: Card): Card =>
  ({ ...card, medians: Object.fromEntries(criterionIds.map(id => [id, null])) as Card['medians'] })
