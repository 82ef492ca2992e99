import { describe, expect, it } from 'vitest'
import { scoreOnCurve } from './curve.ts'
import { criterionIds, defaultSettings, type CriterionId } from './settings.ts'
import { combine } from './score.ts'
import type { Criteria } from './criteria.ts'
import { capped, standingOf } from './standing.ts'
import { aDocument, anOrder, aReceipt, aSupplier, cardOf } from './testing/a-document.ts'

const criteriaOf = (scores: Partial<Record<CriterionId, number>>): Criteria => Object.fromEntries(criterionIds.map((id) => {
  const score = scores[id] ?? null
  return [id, { n: score === null ? 0 : 10, raw: score, score, weight: defaultSettings.weights[id] }]
})) as Criteria

const all = (score: number): Criteria => criteriaOf(Object.fromEntries(criterionIds.map(id => [id, score])))

describe('curves', () => {
  it.each([
    ['otif', 60, 0], ['otif', 70, 0], ['otif', 77.5, 30], ['otif', 85, 60], ['otif', 90, 75], ['otif', 95, 90], ['otif', 97.5, 95], ['otif', 100, 100],
    ['ppm', 0, 100], ['ppm', 250, 97.5], ['ppm', 5000, 60], ['ppm', 12_500, 30], ['ppm', 20_000, 0], ['ppm', 1_000_000, 0],
    ['ppv', -20, 100], ['ppv', -5, 100], ['ppv', -2.5, 90], ['ppv', 0, 80], ['ppv', 4, 40], ['ppv', 8, 0], ['ppv', 30, 0],
    ['responsiveness', 37, 37], ['compliance', 100, 100],
  ] as const)('gives %s %d the score %d', (id, value, score) => {
    expect(scoreOnCurve(defaultSettings.curves[id], value)).toBe(score)
  })
})

describe('score', () => {
  it.each([[0, 'Critique'], [40, 'À surveiller'], [60, 'Satisfaisant'], [80, 'Excellent'], [100, 'Excellent']])('of exactly %d is %s', (points, standing) => {
    const { score, coverage } = combine(all(points), defaultSettings)
    expect(score).toBe(points)
    expect(coverage).toBe(100)
    expect(standingOf(score!, defaultSettings)).toBe(standing)
  })

  it('is none without data, and not 100', () => {
    const card = cardOf(aDocument())
    expect(card).toMatchObject({ score: null, coverage: 0, standing: 'N/A', target: 80, contributions: {}, vetoes: [] })
    expect(card.criteria.delivery).toEqual({ n: 0, raw: null, score: null, weight: 30 })
  })

  it('is none for one criterion that covers less than half', () => {
    const card = cardOf(aDocument({ orders: [anOrder('1')] }))
    expect(card).toMatchObject({ score: null, coverage: 30, standing: 'N/A' })
  })

  it('is scored from exactly half of the weight on', () => {
    expect(combine(criteriaOf({ delivery: 90, price: 60 }), defaultSettings)).toMatchObject({ score: 78, coverage: 50 })
    expect(combine(criteriaOf({ delivery: 90, compliance: 60 }), defaultSettings)).toMatchObject({ score: null, coverage: 45 })
  })

  it('is explained by contributions that sum to its distance from the target', () => {
    const { score, target, contributions } = combine(criteriaOf({ delivery: 90, quality: 60, price: 80, compliance: 0 }), defaultSettings)
    // Weights 30, 25, 20 and 15 of 90.
    expect(contributions).toEqual({ delivery: 300 / 90, quality: -500 / 90, price: 0, compliance: -1200 / 90 })
    expect(Object.values(contributions).reduce((sum, points) => sum + points, 0)).toBeCloseTo(score! - target, 10)
  })

  it('weights the targets, too', () => {
    const targets = { ...defaultSettings.targets, delivery: 95 }
    const { target } = combine(criteriaOf({ delivery: 90, price: 60 }), { ...defaultSettings, targets })
    expect(target).toBe((30 * 95 + 20 * 80) / 50)
  })
})

describe('small samples', () => {
  it('draws a score towards the median of its category, the vendor itself included', () => {
    const orders = ['A', 'B', 'C'].map(supplier => anOrder(supplier, { supplier }))
    const receipts = [aReceipt('A', '2026-06-10', 10), aReceipt('B', '2026-06-10', 9)]
    const suppliers = [aSupplier('A', { category: 'x' }), aSupplier('B', { category: 'x' }), aSupplier('C', { category: 'y' }), aSupplier('D', { category: 'x' })]
    const card = cardOf(aDocument({ suppliers, orders, receipts }))
    // Raw 100 and 0: median 50, n = 1, k = 5. D has no data and C is of another category.
    expect(card.criteria.delivery).toEqual({ n: 1, raw: 100, score: (1 * 100 + 5 * 50) / 6, weight: 30 })
    expect(cardOf(aDocument({ suppliers, orders, receipts }), 'C').criteria.delivery.score).toBe(0)
  })

  it('takes compliance as it is', () => {
    const requirements = [{ type: 'kbis', documents: [{ verified: true }] }]
    const suppliers = [aSupplier('A', { requirements }), aSupplier('B', { requirements: [{ type: 'kbis' }] })]
    expect(cardOf(aDocument({ suppliers })).criteria.compliance.score).toBe(100)
  })

  it('leaves out a criterion with fewer than the least observations', () => {
    const card = cardOf(aDocument({ settings: { nMin: 2 }, orders: [anOrder('1')] }))
    expect(card.criteria.delivery).toMatchObject({ n: 1, raw: 0, score: null })
  })

  it('marks what rests on fewer than 5 lines as indicative', () => {
    const orders = ['1', '2', '3', '4', '5'].map(line => anOrder(line))
    expect(cardOf(aDocument({ orders })).isIndicative).toBe(false)
    expect(cardOf(aDocument({ orders: orders.slice(1) })).isIndicative).toBe(true)
  })
})

describe('standing', () => {
  it.each([
    [39.999, null, 'Critique'], [61.9, 'À surveiller', 'À surveiller'], [62, 'À surveiller', 'Satisfaisant'],
    [58, 'Satisfaisant', 'Satisfaisant'], [57.9, 'Satisfaisant', 'À surveiller'], [61, 'Critique', 'À surveiller'],
    [82, 'Critique', 'Excellent'], [81, 'Critique', 'Satisfaisant'], [39, 'Excellent', 'À surveiller'], [37.9, 'Excellent', 'Critique'],
    [61.9, 'N/A', 'Satisfaisant'],
  ] as const)('of %d coming from %s is %s', (score, previous, standing) => {
    expect(standingOf(score, defaultSettings, previous)).toBe(standing)
  })

  it('is capped by a veto, never lifted', () => {
    expect(capped('Excellent', true)).toBe('À surveiller')
    expect(capped('Critique', true)).toBe('Critique')
    expect(capped('Excellent', false)).toBe('Excellent')
  })

  it('of a vendor with an open fraud alert is capped after hysteresis', () => {
    const requirements = [{ type: 'kbis', weight: 1, documents: [{ verified: true }] }]
    const orders = [anOrder('1')]
    const receipts = [aReceipt('1', '2026-06-10', 10)]
    const card = cardOf(aDocument({ orders, receipts, suppliers: [aSupplier('A', { fraudAlert: true, previous: 'Excellent', requirements })] }))
    expect(card).toMatchObject({ score: 100, standing: 'À surveiller', vetoes: ['fraudAlert'] })
    expect(cardOf(aDocument({ suppliers: [aSupplier('A', { fraudAlert: true })] }))).toMatchObject({ standing: 'N/A', vetoes: ['fraudAlert'] })
  })
})
