import { isDay } from '../insights/calendar.ts'
import { segmentFields, type FieldId, type SegmentSubject, type ValueKind } from './fields.ts'
import { arityOf, isCountOfDays, operatorsOf, relativePeriods, type Operator } from './operators.ts'
import { conditionsOf, depthOf, isGroup, mostConditions, mostDepth, type Condition, type Rule } from './rule.ts'

export type RuleFault =
  | { readonly kind: 'empty' | 'too_deep' | 'too_many' }
  | { readonly kind: 'subject' | 'operator' | 'values' | 'period', readonly field: FieldId, readonly operator: Operator }

/** Days that a relative condition may reach back or forth. */
const mostDays = 36_500

/** What the schema cannot say: fields of another subject, operators and values that do not fit. */
export function faultsOf(rule: Rule, subject: SegmentSubject): RuleFault[] {
  const conditions = conditionsOf(rule)
  const faults: RuleFault[] = []
  if (hasEmptyGroup(rule))
    faults.push({ kind: 'empty' })
  if (depthOf(rule) > mostDepth)
    faults.push({ kind: 'too_deep' })
  if (conditions.length > mostConditions)
    faults.push({ kind: 'too_many' })
  return [...faults, ...conditions.flatMap(condition => faultOf(condition, subject))]
}

const hasEmptyGroup = (rule: Rule): boolean => isGroup(rule) && (rule.rules.length === 0 || rule.rules.some(hasEmptyGroup))

function faultOf(condition: Condition, subject: SegmentSubject): RuleFault[] {
  const field = segmentFields[condition.field]
  const named = { field: condition.field, operator: condition.operator }
  if (field.subject !== subject)
    return [{ kind: 'subject', ...named }]
  if (!operatorsOf[field.kind].includes(condition.operator))
    return [{ kind: 'operator', ...named }]
  if (condition.period !== undefined && !field.hasPeriod)
    return [{ kind: 'period', ...named }]
  return areValuesFit(condition, field.kind) ? [] : [{ kind: 'values', ...named }]
}

function areValuesFit({ field, operator, values }: Condition, kind: ValueKind): boolean {
  const arity = arityOf(operator)
  if (arity === 'some' ? values.length === 0 : values.length !== arity)
    return false
  if (arity === 2 && !isOrdered(values))
    return false
  return values.every(value => isValueFit(value, { kind, operator, keys: segmentFields[field].keys }))
}

const isOrdered = ([low, high]: readonly (number | string)[]): boolean => low !== undefined && high !== undefined && low <= high

function isValueFit(value: number | string, { kind, operator, keys }: { kind: ValueKind, operator: Operator, keys: 'number' | 'text' | null }): boolean {
  switch (kind) {
    case 'money': return Number.isSafeInteger(value)
    case 'number': return typeof value === 'number' && Number.isFinite(value)
    case 'text': return typeof value === 'string' && value.trim() !== ''
    case 'choice': return keys === 'number' ? Number.isInteger(value) && (value as number) >= 0 && (value as number) <= 2_147_483_647 : typeof value === 'string' && value !== ''
    case 'day': return isDayValue(value, operator)
    case 'flag': return false
  }
}

function isDayValue(value: number | string, operator: Operator): boolean {
  if (operator === 'in_period')
    return (relativePeriods as readonly unknown[]).includes(value)
  if (isCountOfDays(operator))
    return Number.isInteger(value) && (value as number) >= 1 && (value as number) <= mostDays
  return typeof value === 'string' && isDay(value) && value >= '1900-01-01' && value < '2200-01-01'
}
