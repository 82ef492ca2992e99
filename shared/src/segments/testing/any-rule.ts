import fc from 'fast-check'
import { fieldsOf, type SegmentField, type SegmentSubject } from '../fields.ts'
import { arityOf, operatorsOf, relativePeriods, type Operator } from '../operators.ts'
import type { Condition, Group, Rule } from '../rule.ts'

export const today = '2026-06-15'

const texts = ['WEB', 'Café', 'salon', 'é', 'a_%\\b', 'UC_1'] as const
const days = ['2025-06-30', '2026-01-01', '2026-03-17', '2026-06-14', '2026-06-15', '2026-07-01'] as const

/** Values that an operator of a field can have. */
function valuesFor({ kind, keys }: SegmentField, operator: Operator): fc.Arbitrary<(number | string)[]> {
  const one: fc.Arbitrary<number | string> = kind === 'day'
    ? operator === 'in_period' ? fc.constantFrom(...relativePeriods) : operator.endsWith('days') ? fc.integer({ min: 1, max: 400 }) : fc.constantFrom(...days)
    : kind === 'text' || keys === 'text' ? fc.constantFrom(...texts) : fc.integer({ min: 0, max: 8 })
  const arity = arityOf(operator)
  if (arity === 'some')
    return fc.array(one, { minLength: 1, maxLength: 3 })
  if (arity === 2)
    return fc.tuple(one, one).map(([a, b]) => a <= b ? [a, b] : [b, a])
  return arity === 0 ? fc.constant([]) : one.map(value => [value])
}

const anyCondition = (subject: SegmentSubject): fc.Arbitrary<Condition> => fc.constantFrom(...fieldsOf(subject)).chain(field =>
  fc.constantFrom(...operatorsOf[field.kind]).chain(operator => fc.record({
    values: valuesFor(field, operator),
    period: field.hasPeriod ? fc.constantFrom('last_12_months' as const, 'this_year' as const, 'all' as const) : fc.constant(null),
  }).map(({ values, period }) => ({ field: field.id, operator, values, ...period && { period } }))))

/** Any rule that has no fault. */
export function anyRule(subject: SegmentSubject, depth = 3): fc.Arbitrary<Group> {
  const inner: fc.Arbitrary<Rule> = depth === 1 ? anyCondition(subject) : fc.oneof({ weight: 3, arbitrary: anyCondition(subject) }, { weight: 1, arbitrary: anyRule(subject, depth - 1) })
  return fc.record({ kind: fc.constantFrom('all' as const, 'any' as const, 'none' as const), rules: fc.array(inner, { minLength: 1, maxLength: 3 }) })
}

/** The same for tests that cannot wait for a property's answer: always the same ones. */
export const sampleRules = (subject: SegmentSubject, count: number): Group[] => fc.sample(anyRule(subject), { numRuns: count, seed: 20_260_615 })
