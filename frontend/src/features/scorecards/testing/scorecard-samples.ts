import { defaultSettings, criterionIds } from '@comptoir/shared/scorecards/settings'
import type { Criteria } from '@comptoir/shared/scorecards/criteria'
import { measureIds } from '@comptoir/shared/scorecards/measure'
import type { Card, VendorScorecard } from '@comptoir/shared/scorecards/scorecard-card.schema'
import type { RankedVendor, Ranking } from '@comptoir/shared/scorecards/scorecard.contract'
import type { StoredRules } from '@comptoir/shared/scorecards/rules.schema'

export const points = (...scores: (number | null)[]): Criteria => Object.fromEntries(criterionIds.map((id, at) => {
  const score = scores[at] ?? null
  return [id, { n: score === null ? 0 : 12, raw: score, score, weight: defaultSettings.weights[id] }]
})) as Criteria

export const someRules = (): StoredRules => ({
  version: 0, changedAt: null, changedBy: null,
  rules: { settings: structuredClone(defaultSettings) as StoredRules['rules']['settings'], periodMonths: null, dropAlert: 10 },
})

export const aRankedVendor = (overrides: Partial<RankedVendor> = {}): RankedVendor => ({
  vendorId: 'v1', name: 'Visserie Morel', category: 'Visserie', criteria: points(95, 90, 60, 80, 100), vetoes: [], isIndicative: false,
  score: 85.5, coverage: 100, standing: 'Excellent', previous: null, lastScore: 80, ...overrides,
})

export const aRanking = (overrides: Partial<Ranking> = {}): Ranking => ({
  asOf: '2026-03-15', from: null, rules: someRules(), isWithinRights: false,
  vendors: [
    aRankedVendor(),
    aRankedVendor({ vendorId: 'v2', name: 'Boulons Durand', criteria: points(40, 70, 100, 80, 100), score: 72.5, standing: 'Satisfaisant', lastScore: null }),
    aRankedVendor({ vendorId: 'v3', name: 'Sans note', criteria: points(null, 100), score: null, coverage: 25, standing: 'N/A', lastScore: null }),
  ],
  ...overrides,
})

export const aCard = (overrides: Partial<Card> = {}): Card => ({
  score: 72, coverage: 85, standing: 'Satisfaisant', target: 80,
  contributions: { delivery: -6, quality: 4, price: -5, service: -1 },
  criteria: points(63, 93.6, 58.75, 71.5),
  medians: { delivery: 70, quality: 90, price: 75, service: 80, compliance: null },
  vetoes: [],
  measures: Object.fromEntries(measureIds.map(id => [id, id === 'compliance' ? { value: null, n: 0 } : { value: id === 'ppm' ? 600 : id === 'ppv' ? 2.1 : 88, n: 12, ...id === 'otif' && { wilson90: [65, 96] } }])) as Card['measures'],
  isIndicative: false, dueLineCount: 12, notPromisedCount: 1, medianAnswerHours: 5.5, missingRates: [],
  ...overrides,
})

export const aScorecard = (overrides: Partial<VendorScorecard> = {}): VendorScorecard => ({
  vendorId: '0b8f1c1e-0000-4000-8000-000000000001', asOf: '2026-03-15', from: null, category: 'Visserie', peers: { vendorCount: 4, scoredCount: 3, rank: 2, medianScore: 70 }, previous: 'Satisfaisant',
  card: aCard(),
  months: [
    { month: '2026-01-01', score: 75, coverage: 85, standing: 'Satisfaisant', monthScore: 78, isActive: true, adjustedScore: null, commentCount: 0 },
    { month: '2026-02-01', score: 73, coverage: 85, standing: 'Satisfaisant', monthScore: 68, isActive: true, adjustedScore: null, commentCount: 1 },
  ],
  overTime: 72.4,
  rules: { version: 1, minimumCoverage: 50, indicativeBelowLines: 5, k: 5, standingBounds: [40, 60, 80], halfLifeMonths: 3, measures: structuredClone(defaultSettings.measures) as VendorScorecard['rules']['measures'] },
  fraudAlert: null,
  may: { comment: true, adjust: true, seeAmounts: true },
  ...overrides,
})
