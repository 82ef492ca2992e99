import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { unfitOf, type DecisionRuleInput } from './decision-rule.ts'
import { gateOf, playRule } from './guard-rails.ts'

const dayOf = (at: Date): string => at.toISOString().slice(0, 10)
const at = (hour: number): Date => new Date(Date.UTC(2026, 4, 4, hour))
const occasions = fc.array(fc.record({
  at: fc.integer({ min: 0, max: 24 * 40 }).map(at), subject: fc.option(fc.integer({ min: 1, max: 4 })), isMet: fc.option(fc.boolean()),
}), { maxLength: 60 })
const rails = fc.record({ perDay: fc.integer({ min: 1, max: 5 }), quietHours: fc.integer({ min: 0, max: 72 }) })

describe('the guard rails of a rule', () => {
  it('let no more through in a day than was allowed', () => {
    fc.assert(fc.property(occasions, rails, (list, rail) => {
      const days = playRule(list, rail, dayOf).filter(({ outcome }) => outcome === 'decided').map(one => dayOf(one.at))
      expect(Math.max(0, ...[...new Set(days)].map(day => days.filter(other => other === day).length))).toBeLessThanOrEqual(rail.perDay)
    }))
  })

  it('leave a record in peace for as long as was asked', () => {
    fc.assert(fc.property(occasions, rails, (list, rail) => {
      const decided = playRule(list, rail, dayOf).filter(({ outcome }) => outcome === 'decided')
      decided.forEach((one, index) => decided.slice(index + 1).filter(({ subject }) => subject === one.subject)
        .forEach(later => expect(later.at.getTime() - one.at.getTime()).toBeGreaterThanOrEqual(rail.quietHours * 3_600_000)))
    }))
  })

  it('come back to no record more than five times in an hour, whatever was allowed', () => {
    const round = Array.from({ length: 30 }, (_, minute) => ({ at: new Date(at(1).getTime() + minute * 60_000), subject: 7, isMet: true }))
    const played = playRule(round, { perDay: 1000, quietHours: 0 }, dayOf)
    expect(played.map(({ outcome }) => outcome)).toEqual([...Array.from({ length: 5 }, () => 'decided'), ...Array.from({ length: 25 }, () => 'loop')])
    // What concerns no record comes from outside: a source that is read every minute does not answer itself.
    expect(playRule(round.map(one => ({ ...one, subject: null })), { perDay: 1000, quietHours: 0 }, dayOf).every(({ outcome }) => outcome === 'decided')).toBe(true)
  })

  it('decide only where the condition held, hold back only where it did, and lose no occasion', () => {
    fc.assert(fc.property(occasions, rails, (list, rail) => {
      const played = playRule(list, rail, dayOf)
      expect(played).toHaveLength(list.length)
      for (const { isMet, outcome } of played)
        expect(outcome).toEqual(isMet === null ? 'unknown' : isMet ? expect.stringMatching(/^(decided|limit|quiet|loop)$/) : 'unmet')
    }))
  })

  it('play the past the same whatever the order in which it is told', () => {
    fc.assert(fc.property(occasions, rails, (list, rail) => {
      const unique = list.filter((one, index) => list.findIndex(other => other.at.getTime() === one.at.getTime()) === index)
      expect(playRule(unique.toReversed(), rail, dayOf)).toEqual(playRule(unique, rail, dayOf))
    }))
  })

  it('let the first decision of an hour that has rested through, and count the day of the portal', () => {
    const past = [{ at: at(1), subject: 7 }]
    expect(gateOf({ perDay: 9, quietHours: 2 }, past, { at: at(2), subject: 7 }, dayOf)).toBe('quiet')
    expect(gateOf({ perDay: 9, quietHours: 2 }, past, { at: at(3), subject: 7 }, dayOf)).toBe('open')
    expect(gateOf({ perDay: 1, quietHours: 0 }, past, { at: at(2), subject: 8 }, dayOf)).toBe('limit')
    expect(gateOf({ perDay: 1, quietHours: 0 }, past, { at: at(25), subject: 8 }, dayOf)).toBe('open')
  })
})

describe('the parts of a rule', () => {
  const rule = (change: Partial<DecisionRuleInput>): Pick<DecisionRuleInput, 'trigger' | 'condition' | 'effects'> =>
    ({ trigger: { kind: 'source', source: 'crm' }, condition: { kind: 'always' }, effects: [{ kind: 'notify', userIds: [1] }], ...change })

  it('fit when nothing needs a deal that is not there', () => {
    expect(unfitOf(rule({}))).toBeNull()
    expect(unfitOf(rule({ effects: [{ kind: 'workflow', templateId: 3 }] }))).toBe('effect_needs_deal')
    expect(unfitOf(rule({ effects: [{ kind: 'task', title: 'Appeler', userId: null, days: 1 }] }))).toBe('effect_needs_deal')
    expect(unfitOf(rule({ condition: { kind: 'deal_amount', direction: 'above', minor: 1 } }))).toBe('condition_needs_deal')
    expect(unfitOf(rule({ trigger: { kind: 'deal_amount' }, effects: [{ kind: 'crm_trigger' }] }))).toBeNull()
  })

  it('never send a deal back to the stage whose end starts the rule', () => {
    expect(unfitOf(rule({ trigger: { kind: 'deal_stage', moment: 'completed', stageId: 'NEW' }, effects: [{ kind: 'deal_stage', stageId: 'NEW' }] }))).toBe('moves_back')
  })
})
