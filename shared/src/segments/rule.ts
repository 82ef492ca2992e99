import { Type, type Static, type TSchema } from 'typebox'
import { fieldIds, spendPeriods } from './fields.ts'
import { operators } from './operators.ts'

/** Enough for anything that a person can still read. */
export const mostConditions = 40
export const mostValues = 100
/** A group in a group in a group. */
export const mostDepth = 3

export const ConditionSchema = Type.Object({
  field: Type.Enum([...fieldIds]),
  operator: Type.Enum([...operators]),
  /** Ids or codes of choices, minor units of money, days as 2026-03-05. */
  values: Type.Array(Type.Union([Type.Number({ minimum: -9e15, maximum: 9e15 }), Type.String({ maxLength: 200 })]), { maxItems: mostValues }),
  /** For sums alone: what is added up. */
  period: Type.Optional(Type.Enum([...spendPeriods])),
}, { additionalProperties: false })

export const groupKinds = ['all', 'any', 'none'] as const
export type GroupKind = (typeof groupKinds)[number]

const groupOf = <T extends TSchema>(rule: T) => Type.Object({
  kind: Type.Enum([...groupKinds]),
  rules: Type.Array(rule, { minItems: 1, maxItems: mostConditions }),
}, { additionalProperties: false })

const Innermost = groupOf(ConditionSchema)
const Inner = groupOf(Type.Union([ConditionSchema, Innermost]))

/** The tree of a segment: its depth is bound by the schema itself. */
export const RuleSchema = groupOf(Type.Union([ConditionSchema, Inner]))

export type Condition = Static<typeof ConditionSchema>
export interface Group { readonly kind: GroupKind, readonly rules: readonly Rule[] }
export type Rule = Condition | Group

export const isGroup = (rule: Rule): rule is Group => 'rules' in rule

export const conditionsOf = (rule: Rule): Condition[] => isGroup(rule) ? rule.rules.flatMap(conditionsOf) : [rule]

export const depthOf = (rule: Rule): number => isGroup(rule) ? 1 + Math.max(0, ...rule.rules.map(depthOf)) : 0
