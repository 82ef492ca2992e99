import type { ValueKind } from './fields.ts'

export const operators = [
  'is', 'above', 'at_least', 'below', 'at_most', 'between', 'in', 'not_in', 'contains', 'not_contains', 'starts_with',
  'on_or_after', 'before', 'last_days', 'next_days', 'older_than_days', 'in_period', 'yes', 'no', 'empty', 'filled',
] as const
export type Operator = (typeof operators)[number]

const ofNumbers = ['at_least', 'at_most', 'between', 'above', 'below', 'is', 'empty', 'filled'] as const

export const operatorsOf: Readonly<Record<ValueKind, readonly Operator[]>> = {
  money: ofNumbers,
  number: ofNumbers,
  text: ['contains', 'not_contains', 'starts_with', 'is', 'empty', 'filled'],
  choice: ['in', 'not_in', 'empty', 'filled'],
  day: ['last_days', 'in_period', 'on_or_after', 'before', 'between', 'next_days', 'older_than_days', 'empty', 'filled'],
  flag: ['yes', 'no'],
}

/** Calendar periods that move with the day on which the segment is read. */
export const relativePeriods = ['this_month', 'last_month', 'this_quarter', 'last_quarter', 'this_year', 'last_year', 'last_12_months'] as const

/** How many values follow the operator: none, one, two in order, or any number of choices. */
export const arityOf = (operator: Operator): Arity => arities[operator] ?? 1

type Arity = 0 | 1 | 2 | 'some'
const arities: Readonly<Partial<Record<Operator, Arity>>> = { yes: 0, no: 0, empty: 0, filled: 0, between: 2, in: 'some', not_in: 'some' }

/** What these say of a record that has no such value. All others say no. */
export const isTrueOfNothing = (operator: Operator): boolean =>
  operator === 'not_in' || operator === 'not_contains' || operator === 'no' || operator === 'empty'

/** Operators whose value is a number of days. */
export const isCountOfDays = (operator: Operator): boolean => operator === 'last_days' || operator === 'next_days' || operator === 'older_than_days'
