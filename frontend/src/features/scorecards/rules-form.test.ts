import { describe, expect, it } from 'vitest'
import { criterionOf, readNumber, rulesFaults, withMeasure, withNumber } from './rules-form.ts'
import { someRules } from './testing/scorecard-samples.ts'

const { rules } = someRules()

describe('the form of the rules', () => {
  it('has nothing against the agreed rules', () => {
    expect(rulesFaults(rules)).toEqual([])
  })

  it('puts numbers where they belong', () => {
    expect(withNumber(rules, 'bound1', 65).settings.standingBounds).toEqual([40, 65, 80])
    expect(withNumber(rules, 'k', 8).settings.k).toBe(8)
    expect(withNumber(rules, 'periodMonths', 12).periodMonths).toBe(12)
    expect(readNumber(withNumber(rules, 'earlyWindowDays', null), 'earlyWindowDays')).toBeNull()
  })

  it('finds what is missing, out of bounds or out of order', () => {
    expect(rulesFaults(withNumber(rules, 'graceDays', 1.5))).toEqual([{ path: 'graceDays', reason: 'number' }])
    expect(rulesFaults(withNumber(rules, 'dropAlert', null))).toEqual([{ path: 'dropAlert', reason: 'number' }])
    expect(rulesFaults(withNumber(rules, 'bound1', 30))).toEqual([{ path: 'standingBounds', reason: 'bounds_not_rising' }])
  })

  it('counts a measure in one criterion, or in none', () => {
    const moved = withMeasure(rules, 'otd', 'delivery')
    expect(moved.settings.measures.delivery).toEqual(['otd', 'otif'])
    const none = withMeasure(rules, 'ppm', null)
    expect(criterionOf(none.settings, 'ppm')).toBeNull()
    expect(rulesFaults(none)).toEqual([{ path: 'measures.quality', reason: 'no_measure' }])
  })
})
