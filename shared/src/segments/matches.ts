import type { Day } from '../insights/calendar.ts'
import { isInRange } from '../insights/period.ts'
import { dayRangeOf } from './day-range.ts'
import { segmentFields, type FieldId, type SpendPeriod } from './fields.ts'
import { isTrueOfNothing, type Operator } from './operators.ts'
import { plainText } from './plain-text.ts'
import { isGroup, type Condition, type Rule } from './rule.ts'

export type FactValue = number | string | boolean | null | readonly (number | string)[]

/** What is known of one record. Absent is null; several values (products, departments) are a list. */
export type FactsOf = (field: FieldId, period: SpendPeriod | undefined) => FactValue

/** Whether one record is in the segment: the meaning of a rule, which the database must share. */
export function matches(rule: Rule, facts: FactsOf, today: Day): boolean {
  if (!isGroup(rule))
    return holds(rule, facts(rule.field, rule.period), today)
  switch (rule.kind) {
    case 'all': return rule.rules.every(one => matches(one, facts, today))
    case 'any': return rule.rules.some(one => matches(one, facts, today))
    case 'none': return !rule.rules.some(one => matches(one, facts, today))
  }
}

function holds(condition: Condition, value: FactValue, today: Day): boolean {
  if (condition.operator === 'yes')
    return value === true
  if (condition.operator === 'no')
    return value !== true
  const present = Array.isArray(value) ? value as (number | string)[] : value === null || typeof value === 'boolean' ? [] : [value as number | string]
  if (condition.operator === 'filled')
    return present.length > 0
  if (condition.operator === 'not_in')
    return !present.some(one => condition.values.includes(one))
  if (condition.operator === 'not_contains')
    return !present.some(one => contains(one, condition))
  if (present.length === 0)
    return isTrueOfNothing(condition.operator)
  return condition.operator === 'empty' ? false : present.some(one => fits(one, condition, today))
}

function contains(value: number | string, { values }: Condition): boolean {
  return plainText(String(value)).includes(plainText(String(values[0])))
}

function fits(value: number | string, condition: Condition, today: Day): boolean {
  return segmentFields[condition.field].kind === 'day'
    ? isInRange(String(value), dayRangeOf(condition, today))
    : comparisons[condition.operator]?.(value, condition) ?? false
}

type Comparison = (value: number | string, condition: Condition) => boolean

const comparisons: Readonly<Partial<Record<Operator, Comparison>>> = {
  is: (value, { values: [first = ''] }) => typeof value === 'number' ? value === first : plainText(value) === plainText(String(first)),
  above: (value, { values: [first = ''] }) => value > first,
  at_least: (value, { values: [first = ''] }) => value >= first,
  below: (value, { values: [first = ''] }) => value < first,
  at_most: (value, { values: [first = ''] }) => value <= first,
  between: (value, { values: [first = '', second = ''] }) => value >= first && value <= second,
  in: (value, { values }) => values.includes(value),
  contains,
  starts_with: (value, { values: [first = ''] }) => plainText(String(value)).startsWith(plainText(String(first))),
}
