import { scoreOnCurve } from './curve.ts'
import { sumOf, type Measure, type MeasureId } from './measure.ts'
import { median } from './median.ts'
import { criterionIds, type CriterionId, type ScorecardSettings } from './settings.ts'

/** A criterion of one supplier. */
export interface Criterion {
  readonly n: number
  /** Points by the curves, null without data. */
  readonly raw: number | null
  /** Points after shrinking; null where there is too little to count. */
  readonly score: number | null
  readonly weight: number
}
export type Criteria = Readonly<Record<CriterionId, Criterion>>

/** Mean of the points of the measures that have a value. */
export function rawCriteria(measures: Readonly<Record<MeasureId, Measure>>, settings: ScorecardSettings): Criteria {
  return eachCriterion((id) => {
    const available = settings.measures[id].map(measure => ({ id: measure, ...measures[measure] })).filter(({ value }) => value !== null)
    const points = available.map(({ id: measure, value }) => scoreOnCurve(settings.curves[measure], value!))
    const raw = points.length > 0 ? sumOf(points, point => point) / points.length : null
    const n = sumOf(settings.measures[id], measure => measures[measure].n)
    return { n, raw, score: raw !== null && n >= settings.nMin ? raw : null, weight: settings.weights[id] }
  })
}

/** Median points of those that have data, by criterion: what a supplier of this category is like before one knows it. */
export const categoryMedians = (suppliers: readonly Criteria[]): Record<CriterionId, number | null> =>
  eachCriterion(id => median(suppliers.flatMap(criteria => criteria[id].raw ?? [])))

/** Few observations move a score only a little away from the category's median. */
export function shrunkCriteria(criteria: Criteria, medians: Readonly<Record<CriterionId, number | null>>, { k }: Pick<ScorecardSettings, 'k'>): Criteria {
  return eachCriterion((id) => {
    const { n, raw, score } = criteria[id]
    const middle = medians[id]
    // Compliance is a census: nothing is estimated, nothing is shrunk.
    if (id === 'compliance' || score === null || raw === null || middle === null || n + k === 0)
      return criteria[id]
    return { ...criteria[id], score: (n * raw + k * middle) / (n + k) }
  })
}

export function eachCriterion<T>(make: (id: CriterionId) => T): Record<CriterionId, T> {
  return Object.fromEntries(criterionIds.map(id => [id, make(id)])) as Record<CriterionId, T>
}
