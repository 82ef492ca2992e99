import type { CompanyDays } from '../calendar/company-days.ts'
import type { Curve } from './curve.ts'
import type { ScorableMeasure } from './measure.ts'

export const criterionIds = ['delivery', 'quality', 'price', 'service', 'compliance'] as const
export type CriterionId = (typeof criterionIds)[number]

export interface BusinessHours {
  /** 1 Monday to 7 Sunday. */
  readonly days: readonly number[]
  readonly from: string
  readonly to: string
  /** Days on which requests wait for nobody; none unless somebody says so. */
  readonly holidays?: CompanyDays['holidays']
  readonly closures?: CompanyDays['closures']
}

export interface ScorecardSettings {
  readonly weights: Readonly<Record<CriterionId, number>>
  readonly targets: Readonly<Record<CriterionId, number>>
  /** Several measures of a criterion count alike. */
  readonly measures: Readonly<Record<CriterionId, readonly ScorableMeasure[]>>
  readonly curves: Readonly<Record<ScorableMeasure, Curve>>
  readonly graceDays: number
  /** Days before the promise from which a delivery counts; null without limit. */
  readonly earlyWindowDays: number | null
  /** What may be missing of a line that still counts as complete. */
  readonly tolerancePercent: number
  readonly invoiceTolerancePercent: number
  /** In the base currency. */
  readonly invoiceToleranceAmount: number
  readonly slaHours: number
  readonly businessHours: BusinessHours
  /** Weight of the category's median, in observations. */
  readonly k: number
  readonly nMin: number
  readonly minimumCoverage: number
  /** Where a higher standing begins. */
  readonly standingBounds: readonly [number, number, number]
  readonly hysteresis: number
  readonly indicativeBelowLines: number
  readonly halfLifeMonths: number
}

const asItIs: Curve = [[0, 0], [100, 100]]
const onTime: Curve = [[70, 0], [85, 60], [95, 90], [100, 100]]

export const defaultSettings: ScorecardSettings = {
  weights: { delivery: 30, quality: 25, price: 20, service: 10, compliance: 15 },
  targets: { delivery: 80, quality: 80, price: 80, service: 80, compliance: 80 },
  measures: {
    delivery: ['otif'],
    quality: ['ppm'],
    price: ['ppv'],
    service: ['responsiveness', 'invoiceAccuracy'],
    compliance: ['compliance'],
  },
  curves: {
    otd: onTime,
    otif: onTime,
    otifRequested: onTime,
    ppm: [[0, 100], [500, 95], [5000, 60], [20000, 0]],
    ppv: [[-5, 100], [0, 80], [8, 0]],
    invoiceAccuracy: asItIs,
    responsiveness: asItIs,
    compliance: asItIs,
  },
  graceDays: 0,
  earlyWindowDays: null,
  tolerancePercent: 0,
  invoiceTolerancePercent: 2,
  invoiceToleranceAmount: 5,
  slaHours: 16,
  businessHours: { days: [1, 2, 3, 4, 5], from: '09:00', to: '18:00' },
  k: 5,
  nMin: 1,
  minimumCoverage: 50,
  standingBounds: [40, 60, 80],
  hysteresis: 2,
  indicativeBelowLines: 5,
  halfLifeMonths: 3,
}

/** Settings as a document may give them: any part, the rest as agreed. */
export type SettingsChange = { readonly [K in keyof ScorecardSettings]?: ScorecardSettings[K] extends readonly unknown[] ? ScorecardSettings[K]
  : ScorecardSettings[K] extends object ? Partial<ScorecardSettings[K]> : ScorecardSettings[K] }

export function withSettings(change: SettingsChange = {}, base: ScorecardSettings = defaultSettings): ScorecardSettings {
  return {
    ...base,
    ...change,
    weights: { ...base.weights, ...change.weights },
    targets: { ...base.targets, ...change.targets },
    measures: { ...base.measures, ...change.measures },
    curves: { ...base.curves, ...change.curves },
    businessHours: { ...base.businessHours, ...change.businessHours },
  }
}
