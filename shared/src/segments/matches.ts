import type { Day } from '../insights/calendar.ts'
import { isInRange } from '../insights/period.ts'
import { dayRangeOf } from './day-range.ts'
import { segmentFields, type FieldId, type SpendPeriod } from './fields.ts'
import { isTrueOfNothing } from './operators.ts'
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

const contains = (value: number | string, { values }: Condition): boolean => plainText(String(value)).includes(plainText(String(values[0])))

function fits(value: number | string, condition: Condition, today: Day): boolean {
  const [first = '', second = ''] = condition.values
  if (segmentFields[condition.field].kind === 'day')
    return isInRange(String(value), dayRangeOf(condition, today))
  switch (condition.operator) {
    case 'is': return typeof value === 'number' ? value === first : plainText(value) === plainText(String(first))
    case 'above': return value > first
    case 'at_least': return value >= first
    case 'below': return value < first
    case 'at_most': return value <= first
    case 'between': return value >= first && value <= second
    case 'in': return condition.values.includes(value)
    case 'contains': return contains(value, condition)
    case 'starts_with': return plainText(String(value)).startsWith(plainText(String(first)))
    default: return false
  }
}
