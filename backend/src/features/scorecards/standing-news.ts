import { standings, NOT_AVAILABLE, type StandingOrNone } from '@comptoir/shared/scorecards/standing'

export interface Stood { readonly standing: StandingOrNone, readonly score: number | null }

export type StandingNews = 'fell' | 'rose' | 'dropped'

/** What people should hear of a vendor's score since they were last told; null when there is nothing to say. */
export function standingNews(told: Stood, now: Stood, dropAlert: number): StandingNews | null {
  if (told.standing === NOT_AVAILABLE || now.standing === NOT_AVAILABLE)
    return null
  if (told.standing !== now.standing)
    return standings.indexOf(now.standing) < standings.indexOf(told.standing) ? 'fell' : 'rose'
  return told.score !== null && now.score !== null && told.score - now.score >= dropAlert ? 'dropped' : null
}
