import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Criteria } from './criteria.ts'
import { scoreOnCurve } from './curve.ts'
import { evaluate } from './evaluate.ts'
import { scorableMeasures } from './measure.ts'
import { combine } from './score.ts'
import { criterionIds, defaultSettings, withSettings } from './settings.ts'
import { arbitraryDocument } from './testing/arbitrary-document.ts'
import { wilsonInterval } from './wilson.ts'

const points = fc.option(fc.double({ min: 0, max: 100, noNaN: true }), { freq: 4 })
const weight = fc.double({ min: 0.01, max: 100, noNaN: true })
const arbitraryCriteria: fc.Arbitrary<Criteria> = fc.tuple(...criterionIds.map(() => fc.tuple(points, weight))).map(list =>
  Object.fromEntries(criterionIds.map((id, at) => {
    const [score, of] = list[at]!
    return [id, { n: score === null ? 0 : 3, raw: score, score, weight: of }]
  })) as Criteria)

const scaled = (criteria: Criteria, by: number): Criteria =>
  Object.fromEntries(criterionIds.map(id => [id, { ...criteria[id], weight: criteria[id].weight * by }])) as Criteria

describe('any score', () => {
  it('is explained whole by its contributions', () => {
    fc.assert(fc.property(arbitraryCriteria, (criteria) => {
      const { score, target, contributions } = combine(criteria, defaultSettings)
      if (score !== null)
        expect(Object.values(contributions).reduce((sum, part) => sum + part, 0)).toBeCloseTo(score - target, 8)
    }))
  })

  it('does not change when all weights are multiplied', () => {
    fc.assert(fc.property(arbitraryCriteria, fc.double({ min: 0.01, max: 100, noNaN: true }), (criteria, by) => {
      const one = combine(criteria, defaultSettings)
      const other = combine(scaled(criteria, by), defaultSettings)
      expect(other.score === null).toBe(one.score === null)
      expect(other.score ?? 0).toBeCloseTo(one.score ?? 0, 8)
      expect(other.coverage).toBeCloseTo(one.coverage, 8)
    }))
  })

  it('lies between its worst and its best criterion, and rises with each of them', () => {
    fc.assert(fc.property(arbitraryCriteria, fc.constantFrom(...criterionIds), fc.double({ min: 0, max: 20, noNaN: true }), (criteria, id, more) => {
      const { score } = combine(criteria, defaultSettings)
      if (score === null || criteria[id].score === null)
        return
      const scores = criterionIds.flatMap(each => criteria[each].score ?? [])
      expect(score).toBeGreaterThanOrEqual(Math.min(...scores) - 1e-9)
      expect(score).toBeLessThanOrEqual(Math.max(...scores) + 1e-9)
      const better = { ...criteria, [id]: { ...criteria[id], score: criteria[id].score + more } }
      expect(combine(better, defaultSettings).score!).toBeGreaterThanOrEqual(score - 1e-9)
    }))
  })

  it.each(scorableMeasures)('never falls when %s gets better', (id) => {
    const direction = id === 'ppm' || id === 'ppv' ? -1 : 1
    const value = fc.double({ min: id === 'ppv' ? -30 : 0, max: id === 'ppm' ? 50_000 : 120, noNaN: true })
    fc.assert(fc.property(value, value, (one, other) => {
      const rise = scoreOnCurve(defaultSettings.curves[id], one) - scoreOnCurve(defaultSettings.curves[id], other)
      expect(rise * direction * Math.sign(one - other)).toBeGreaterThanOrEqual(-1e-9)
    }))
  })

  it('gets no better by a piece less received, and no worse by a day earlier', () => {
    fc.assert(fc.property(arbitraryDocument, fc.nat(), (document, pick) => {
      const receipt = document.receipts[pick % Math.max(1, document.receipts.length)]
      if (!receipt)
        return
      const earlier = { ...document, receipts: document.receipts.map(each => each === receipt ? { ...each, on: '2026-05-01' } : each) }
      for (const [at, card] of evaluate(earlier).entries()) {
        const before = evaluate(document)[at]!.measures
        expect(card.measures.otif.value ?? 0).toBeGreaterThanOrEqual(before.otif.value ?? 0)
        expect(card.measures.otd.value ?? 0).toBeGreaterThanOrEqual(before.otd.value ?? 0)
        expect(card.measures.meanDaysLate.value ?? 0).toBeLessThanOrEqual(before.meanDaysLate.value ?? 0)
      }
    }), { seed: 7 })
  })

  it('does not change when the documents come in another order', () => {
    fc.assert(fc.property(arbitraryDocument, (document) => {
      const turned = { ...document, suppliers: [...document.suppliers].reverse(), receipts: [...document.receipts].reverse(), invoices: [...document.invoices].reverse() }
      const cards = new Map(evaluate(turned).map(card => [card.supplier, card]))
      for (const card of evaluate(document))
        expect(cards.get(card.supplier)?.score ?? -1).toBeCloseTo(card.score ?? -1, 8)
    }), { seed: 11 })
  })

  it('has an interval around every share, narrower with more observations', () => {
    fc.assert(fc.property(fc.double({ min: 0, max: 1, noNaN: true }), fc.integer({ min: 1, max: 10_000 }), (share, n) => {
      const [low, high] = wilsonInterval(share, n)!
      const [lowOfMore, highOfMore] = wilsonInterval(share, n * 2)!
      expect(low).toBeLessThanOrEqual(share + 1e-12)
      expect(high).toBeGreaterThanOrEqual(share - 1e-12)
      expect(highOfMore - lowOfMore).toBeLessThan(high - low)
    }))
  })

  it('keeps what a change of settings does not name', () => {
    const settings = withSettings({ weights: { delivery: 50 }, k: 0 })
    expect(settings).toEqual({ ...defaultSettings, k: 0, weights: { ...defaultSettings.weights, delivery: 50 } })
  })
})
