import { describe, expect, it } from 'vitest'
import { checksOf, qualityChecks, qualitySources } from './quality-checks.ts'
import { scoreOf, verdictOf } from './quality-score.ts'

describe('the score of a source', () => {
  it('has weights that add up to a hundred', () => {
    for (const source of qualitySources)
      expect(checksOf(source).reduce((sum, id) => sum + qualityChecks[id].weight, 0)).toBe(100)
  })
  it('is whole when nothing is wrong, and loses each weight by the share that is', () => {
    expect(scoreOf([{ checkId: 'deals_without_amount', count: 0, examined: 40 }], { isDifferent: false })).toBe(100)
    expect(scoreOf([
      { checkId: 'deals_without_amount', count: 10, examined: 40 },
      { checkId: 'deals_past_close', count: 20, examined: 40 },
    ], { isDifferent: false })).toBe(83)
  })
  it('loses ten points when the portal counts other records', () => {
    expect(scoreOf([{ checkId: 'leads_owner', count: 0, examined: 3 }], { isDifferent: true })).toBe(90)
  })
  it('is not invented where there is nothing to judge, and never falls below zero', () => {
    expect(scoreOf([{ checkId: 'leads_owner', count: 0, examined: 0 }], { isDifferent: true })).toBeNull()
    expect(scoreOf([{ checkId: 'purchases_unpriced', count: 5, examined: 5 }], { isDifferent: true })).toBe(0)
  })
})

describe('the verdict on a check', () => {
  it.each([
    [0, 0, 'unknown'], [0, 9, 'good'], [1, 100, 'attention'], [10, 100, 'bad'],
  ])('of %i among %i is %s', (count, examined, verdict) => expect(verdictOf({ count, examined })).toBe(verdict))
})
