import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { concentrationOf, paretoOf } from './concentration.ts'

describe('concentration', () => {
  it('of equal vendors is 10,000 divided by their number', () => {
    expect(concentrationOf([5, 5, 5, 5])).toEqual({ index: 2_500, effectiveVendors: 4, largestShare: 25, threeLargestShare: 75, band: 'high', vendors: 4, withoutShare: 0 })
  })

  it('of one vendor is complete, and of none is unknown', () => {
    expect(concentrationOf([7])).toMatchObject({ index: 10_000, effectiveVendors: 1, largestShare: 100, threeLargestShare: 100 })
    expect(concentrationOf([])).toBeNull()
    expect(concentrationOf([0, -3])).toBeNull()
  })

  it('leaves vendors without a positive total out and counts them', () => {
    expect(concentrationOf([60, -10, 40, 0])).toMatchObject({ index: 5_200, vendors: 2, withoutShare: 2, largestShare: 60 })
  })

  it.each([[11, 'low'], [10, 'moderate'], [6, 'moderate'], [5, 'high']] as const)('of %i equal vendors is %s', (count, band) => {
    expect(concentrationOf(Array.from({ length: count }, () => 1))?.band).toBe(band)
  })

  it('does not depend on the unit of the amounts', () => {
    fc.assert(fc.property(fc.array(fc.integer({ min: 1, max: 1_000_000 }), { minLength: 1, maxLength: 30 }), fc.integer({ min: 2, max: 1_000 }), (totals, factor) => {
      const [plain, scaled] = [concentrationOf(totals), concentrationOf(totals.map(total => total * factor))]
      expect(scaled?.index).toBeCloseTo(plain?.index ?? 0, 6)
      expect(plain!.effectiveVendors).toBeGreaterThanOrEqual(1 - 1e-9)
      expect(plain!.effectiveVendors).toBeLessThanOrEqual(totals.length + 1e-9)
    }))
  })
})

describe('a Pareto', () => {
  it('puts the one that crosses 80 % into A, the one that crosses 95 % into B', () => {
    expect(paretoOf([70, 20, 6, 4]).map(({ abc }) => abc)).toEqual(['A', 'A', 'B', 'C'])
    expect(paretoOf([70, 20, 6, 4]).map(({ cumulativeShare }) => cumulativeShare)).toEqual([70, 90, 96, 100])
  })

  it('gives credits no class', () => {
    expect(paretoOf([100, -20])).toEqual([{ share: 100, cumulativeShare: 100, abc: 'A' }, { share: null, cumulativeShare: null, abc: null }])
  })

  it('ends at a hundred', () => {
    fc.assert(fc.property(fc.array(fc.integer({ min: 1, max: 1_000_000 }), { minLength: 1, maxLength: 40 }), (totals) => {
      const steps = paretoOf(totals.sort((a, b) => b - a))
      expect(steps.at(-1)?.cumulativeShare).toBeCloseTo(100, 6)
      expect(steps.reduce((sum, { share }) => sum + (share ?? 0), 0)).toBeCloseTo(100, 6)
    }))
  })
})
