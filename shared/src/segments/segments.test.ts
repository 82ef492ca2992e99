import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { faultsOf } from './faults.ts'
import { matches, type FactsOf, type FactValue } from './matches.ts'
import { normalForm } from './normal-form.ts'
import { plainText } from './plain-text.ts'
import { ruleWords, type RuleNames } from './rule-words.ts'
import type { Group, Rule } from './rule.ts'
import { anyRule, today } from './testing/any-rule.ts'

const all = (...rules: Rule[]): Group => ({ kind: 'all', rules })
const french: RuleNames = { language: 'fr', currency: 'EUR', nameOf: (_field, value) => ({ WEB: 'Web', SALON: 'Salon' })[String(value)] ?? `n° ${value}` }
const known = (facts: Partial<Record<string, FactValue>>): FactsOf => field => facts[field] ?? null

describe('a segment', () => {
  it('holds the records that its groups let through', () => {
    const rule = all(
      { field: 'amount', operator: 'at_least', values: [1_000_000] },
      { kind: 'any', rules: [{ field: 'source', operator: 'in', values: ['WEB'] }, { field: 'title', operator: 'contains', values: ['salon'] }] },
      { kind: 'none', rules: [{ field: 'outcome', operator: 'in', values: ['lost'] }] },
    )
    const inside = (facts: Partial<Record<string, FactValue>>) => matches(rule, known({ amount: 2_000_000, source: 'WEB', ...facts }), today)
    expect([inside({}), inside({ amount: null }), inside({ source: null, title: 'Salón du meuble' }), inside({ source: null }), inside({ outcome: 'lost' })])
      .toEqual([true, false, true, false, false])
  })

  it('says of what is absent that it is not among anything', () => {
    const absent = (operator: 'in' | 'not_in' | 'empty' | 'filled') => matches(all({ field: 'source', operator, values: operator.includes('in') ? ['WEB'] : [] }), known({}), today)
    expect([absent('in'), absent('not_in'), absent('empty'), absent('filled')]).toEqual([false, true, true, false])
  })

  it.each([
    ['last_days', [1], ['2026-06-15'], ['2026-06-14', '2026-06-16']],
    ['last_days', [90], ['2026-03-18', '2026-06-15'], ['2026-03-17', '2026-06-16']],
    ['older_than_days', [90], ['2026-03-17'], ['2026-03-18']],
    ['next_days', [7], ['2026-06-15', '2026-06-21'], ['2026-06-14', '2026-06-22']],
    ['in_period', ['last_quarter'], ['2026-01-01', '2026-03-31'], ['2025-12-31', '2026-04-01']],
    ['between', ['2026-01-01', '2026-01-31'], ['2026-01-31'], ['2026-02-01']],
  ] as const)('counts days from today: %s %s', (operator, values, inside, outside) => {
    const isIn = (day: string) => matches(all({ field: 'created_on', operator, values: [...values] }), known({ created_on: day }), today)
    expect(inside.map(isIn)).toEqual(inside.map(() => true))
    expect(outside.map(isIn)).toEqual(outside.map(() => false))
  })

  it('means the same in its normal form, which is its own normal form', () => {
    fc.assert(fc.property(anyRule('deal'), fc.dictionary(fc.constantFrom('amount', 'source', 'pipeline', 'title', 'purchases'), fc.constantFrom<FactValue>(null, 0, 5, 100, 'WEB', 'Café')), (rule, facts) => {
      const normal = normalForm(rule)
      expect(matches(normal, known(facts), today)).toBe(matches(rule, known(facts), today))
      expect(normalForm(normal)).toEqual(normal)
      expect(faultsOf(normal, 'deal')).toEqual([])
    }))
  })

  it('has a normal form that does not depend on how it was put together', () => {
    const source = (values: string[]): Rule => ({ field: 'source', operator: 'in', values })
    const amount: Rule = { field: 'amount', operator: 'filled', values: [] }
    expect(normalForm(all(all(source(['WEB', 'SALON', 'WEB']), amount), source(['SALON', 'WEB'])))).toEqual(all(source(['SALON', 'WEB']), amount))
  })
})

describe('a rule that cannot be', () => {
  it.each([
    ['subject', all({ field: 'vendor_city', operator: 'empty', values: [] })],
    ['operator', all({ field: 'amount', operator: 'contains', values: ['x'] })],
    ['values', all({ field: 'amount', operator: 'at_least', values: [] })],
    ['values', all({ field: 'amount', operator: 'between', values: [5, 1] })],
    ['values', all({ field: 'created_on', operator: 'before', values: ['2026-02-30'] })],
    ['values', all({ field: 'pipeline', operator: 'in', values: ['1; drop table'] })],
    ['period', all({ field: 'amount', operator: 'filled', values: [], period: 'all' })],
    ['empty', all({ kind: 'any', rules: [] })],
    ['too_deep', all(all(all(all({ field: 'amount', operator: 'filled', values: [] }))))],
    ['too_many', all(...Array.from({ length: 41 }, (): Rule => ({ field: 'amount', operator: 'filled', values: [] })))],
  ] as const)('is refused: %s', (kind, rule) => {
    expect(faultsOf(rule, 'deal').map(fault => fault.kind)).toContain(kind)
  })
})

describe('a rule in words', () => {
  it('is a French sentence', () => {
    const rule = all(
      { field: 'amount', operator: 'at_least', values: [1_000_050] },
      { kind: 'any', rules: [{ field: 'source', operator: 'in', values: ['WEB', 'SALON'] }, { field: 'created_on', operator: 'last_days', values: [90] }] },
      { kind: 'none', rules: [{ field: 'closed_on', operator: 'before', values: ['2026-03-05'] }, { field: 'returning', operator: 'yes', values: [] }] },
    )
    expect(ruleWords(rule, french).replace(/[\u00A0\u202F]/g, ' ')).toBe(
      'Montant d’au moins 10 000,5 EUR et (Source parmi « Web », « Salon » ou Date de création dans les 90 derniers jours) et aucune de (Date de clôture avant le 05/03/2026 ; Client déjà acheteur : oui)')
  })

  it('folds accents and case as the database does', () => {
    expect(plainText('ÉTÉ à Nîmes – Ÿ')).toBe('ete a nimes – Ÿ')
  })
})
