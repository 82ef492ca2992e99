import { addDays, addMonths, type Day } from '@comptoir/shared/insights/calendar'
import type { ScorecardRules } from '@comptoir/shared/scorecards/rules.schema'
import { defaultSettings } from '@comptoir/shared/scorecards/settings'

export const defaultRules: ScorecardRules = {
  settings: structuredClone(defaultSettings) as ScorecardRules['settings'],
  periodMonths: null,
  dropAlert: 10,
}

/** First day that counts for a score of a day; null from the beginning. */
export const periodStart = ({ periodMonths }: Pick<ScorecardRules, 'periodMonths'>, asOf: Day): Day | null =>
  periodMonths === null ? null : addDays(addMonths(asOf, -periodMonths), 1)
