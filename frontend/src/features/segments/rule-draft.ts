import { faultsOf } from '@comptoir/shared/segments/faults'
import { fieldsOf, segmentFields, type FieldId, type SegmentSubject, type SpendPeriod } from '@comptoir/shared/segments/fields'
import { arityOf, isCountOfDays, operatorsOf, type Operator } from '@comptoir/shared/segments/operators'
import { isGroup, type Condition, type Group, type GroupKind, type Rule } from '@comptoir/shared/segments/rule'
import { toMajor, toMinor } from '@comptoir/shared/money'

/** A condition as it stands in its fields: what is typed, and what is ticked. */
export interface DraftCondition {
  readonly key: number
  field: FieldId
  operator: Operator
  typed: [string, string]
  chosen: string[]
  period: SpendPeriod
}

export interface DraftGroup {
  readonly key: number
  kind: GroupKind
  rules: DraftNode[]
}
export type DraftNode = DraftCondition | DraftGroup

let keys = 0

export const isDraftGroup = (node: DraftNode): node is DraftGroup => 'rules' in node

export const emptyCondition = (subject: SegmentSubject): DraftCondition => withField({ key: ++keys, field: 'amount', operator: 'at_least', typed: ['', ''], chosen: [], period: 'last_12_months' }, fieldsOf(subject)[0]!.id)

export const emptyGroup = (subject: SegmentSubject, kind: GroupKind = 'all'): DraftGroup => ({ key: ++keys, kind, rules: [emptyCondition(subject)] })

/** Another field has other operators, and its values mean something else. */
export function withField(condition: DraftCondition, field: FieldId): DraftCondition {
  return { ...condition, field, operator: operatorsOf[segmentFields[field].kind][0]!, typed: ['', ''], chosen: [] }
}

/** Values stay where the next operator takes the same kind of them. */
export function withOperator(condition: DraftCondition, operator: Operator): DraftCondition {
  const isSame = typedAs(condition.operator) === typedAs(operator)
  return { ...condition, operator, ...!isSame && { typed: operator === 'in_period' ? ['this_month', ''] : ['', ''] } }
}

const typedAs = (operator: Operator): string => operator === 'in_period' ? 'period' : isCountOfDays(operator) ? 'days' : 'value'

export function draftOf(rule: Rule, currency: string): DraftNode {
  return isGroup(rule) ? draftGroupOf(rule, currency) : draftConditionOf(rule, currency)
}

export const draftGroupOf = (group: Group, currency: string): DraftGroup =>
  ({ key: ++keys, kind: group.kind, rules: group.rules.map(one => draftOf(one, currency)) })

function draftConditionOf({ field, operator, values, period = 'last_12_months' }: Condition, currency: string): DraftCondition {
  const { kind } = segmentFields[field]
  const shown = values.map(value => kind === 'money' ? String(toMajor(Number(value), currency)).replace('.', ',') : String(value))
  return { key: ++keys, field, operator, period, chosen: kind === 'choice' ? shown : [], typed: kind === 'choice' ? ['', ''] : [shown[0] ?? '', shown[1] ?? ''] }
}

/** "1 250,5" and "1250.5"; null when it is no number. */
export function readNumber(text: string): number | null {
  const plain = text.replace(/[\s\u00A0\u202F]/g, '').replace(',', '.')
  const value = plain === '' ? Number.NaN : Number(plain)
  return Number.isFinite(value) ? value : null
}

/** Null while something is missing or does not fit. */
export function ruleOf(group: DraftGroup, subject: SegmentSubject, currency: string): Group | null {
  const rule = groupOf(group, currency)
  return rule && faultsOf(rule, subject).length === 0 ? rule : null
}

function groupOf(group: DraftGroup, currency: string): Group | null {
  const rules = group.rules.map(node => isDraftGroup(node) ? groupOf(node, currency) : conditionOf(node, currency))
  return rules.length > 0 && rules.every(rule => rule !== null) ? { kind: group.kind, rules } : null
}

/** Null while a value is missing. */
export function conditionOf(condition: DraftCondition, currency: string): Condition | null {
  const { field, operator, period } = condition
  const values = valuesOf(condition, currency)
  const rule: Condition | null = values && { field, operator, values, ...segmentFields[field].hasPeriod && { period } }
  return rule && faultsOf(rule, segmentFields[field].subject).length === 0 ? rule : null
}

function valuesOf({ field, operator, typed, chosen }: DraftCondition, currency: string): (number | string)[] | null {
  const { kind, keys: keyKind } = segmentFields[field]
  const arity = arityOf(operator)
  if (arity === 0)
    return []
  if (arity === 'some')
    return keyKind === 'number' ? chosen.map(Number) : [...chosen]
  const values = typed.slice(0, arity).map((text): number | string | null => {
    if (kind === 'text')
      return text.trim() || null
    if (kind === 'day' && typedAs(operator) !== 'days')
      return text || null
    const value = readNumber(text)
    return value !== null && kind === 'money' ? toMinor(value, currency) : value
  })
  return values.every(value => value !== null) ? values : null
}

/** A copy without one node, wherever it stands; a group that would be left empty goes with it. */
export function without(group: DraftGroup, key: number): DraftGroup {
  const rules = group.rules.filter(node => node.key !== key).map(node => isDraftGroup(node) ? without(node, key) : node)
  return { ...group, rules: rules.filter(node => !isDraftGroup(node) || node.rules.length > 0) }
}
