import { reaches } from './measure.ts'
import type { ScorecardSettings } from './settings.ts'

/** From the lowest to the highest, by the names that documents carry. */
export const standings = ['Critique', 'À surveiller', 'Satisfaisant', 'Excellent'] as const
export type Standing = (typeof standings)[number]
export const NOT_AVAILABLE = 'N/A'
export type StandingOrNone = Standing | typeof NOT_AVAILABLE

type Bands = Pick<ScorecardSettings, 'standingBounds' | 'hysteresis'>

/** The band of a score; coming from a former standing, each bound is crossed only when it is clearly passed. */
export function standingOf(score: number, { standingBounds: bounds, hysteresis }: Bands, previous: StandingOrNone | null = null): Standing {
  if (previous === null || previous === NOT_AVAILABLE)
    return standings[bounds.filter(bound => reaches(score, bound)).length]!
  let band = standings.indexOf(previous)
  while (band < bounds.length && reaches(score, bounds[band]! + hysteresis))
    band += 1
  while (band > 0 && !reaches(score, bounds[band - 1]! - hysteresis))
    band -= 1
  return standings[band]!
}

/** A veto caps; it never lifts. */
export const capped = (standing: Standing, hasVeto: boolean): Standing =>
  hasVeto && standings.indexOf(standing) > 1 ? standings[1] : standing
