import { Type, type Static } from 'typebox'
import { RawSettingsSchema } from '../actions/action.contract.ts'
import { NullableInteger, NullableText } from '../http/nullable.ts'
import { Recurrence } from '../reports/recurrence.ts'
import { vendorStatuses } from '../vendors/vendor-status.ts'

export const decisionTriggers = ['deal_stage', 'deal_amount', 'source', 'schedule'] as const
export type DecisionTriggerKind = (typeof decisionTriggers)[number]
export const decisionSources = ['any', 'crm', 'import', 'data'] as const
export const stageMoments = ['completed', 'reached'] as const

const closed = { additionalProperties: false }

/** What starts a rule. */
export const DecisionTrigger = Type.Union([
  /** `completed`: the deal has left the stage; null: any stage. */
  Type.Object({ kind: Type.Literal('deal_stage'), moment: Type.Enum([...stageMoments]), stageId: NullableText({ maxLength: 100 }) }, closed),
  Type.Object({ kind: Type.Literal('deal_amount') }, closed),
  Type.Object({ kind: Type.Literal('source'), source: Type.Enum([...decisionSources]) }, closed),
  Type.Object({ kind: Type.Literal('schedule'), recurrence: Recurrence }, closed),
])
export type DecisionTrigger = Static<typeof DecisionTrigger>

export const amountDirections = ['at_least', 'above', 'at_most', 'below'] as const

/** What must hold. An analysis is an operation of « Analyse commerciale » and the verdicts that count as yes. */
export const DecisionCondition = Type.Union([
  Type.Object({ kind: Type.Literal('always') }, closed),
  Type.Object({ kind: Type.Literal('deal_amount'), direction: Type.Enum([...amountDirections]), minor: Type.Integer({ minimum: 0 }) }, closed),
  Type.Object({ kind: Type.Literal('analysis'), settings: RawSettingsSchema, verdicts: Type.Array(Type.String({ minLength: 1, maxLength: 40 }), { minItems: 1, maxItems: 10 }) }, closed),
])
export type DecisionCondition = Static<typeof DecisionCondition>

const Person = Type.Integer({ minimum: 1 })
const People = Type.Array(Person, { maxItems: 20 })

export const decisionEffects = ['notify', 'task', 'deal_stage', 'vendor_status', 'crm_trigger', 'workflow'] as const
export type DecisionEffectKind = (typeof decisionEffects)[number]

/** What is then done. */
export const DecisionEffect = Type.Union([
  Type.Object({ kind: Type.Literal('notify'), userIds: Type.Array(Person, { minItems: 1, maxItems: 20 }) }, closed),
  /** null: whoever is responsible for the deal. */
  Type.Object({ kind: Type.Literal('task'), title: Type.String({ minLength: 1, maxLength: 200, pattern: '\\S' }), userId: NullableInteger({ minimum: 1 }), days: Type.Integer({ minimum: 0, maximum: 90 }) }, closed),
  Type.Object({ kind: Type.Literal('deal_stage'), stageId: Type.String({ minLength: 1, maxLength: 100 }) }, closed),
  /** null: the vendor that is the deal's company. */
  Type.Object({ kind: Type.Literal('vendor_status'), vendorId: NullableText({ format: 'uuid' }), status: Type.Enum([...vendorStatuses]), reason: Type.String({ maxLength: 500 }) }, closed),
  Type.Object({ kind: Type.Literal('crm_trigger') }, closed),
  Type.Object({ kind: Type.Literal('workflow'), templateId: Type.Integer({ minimum: 1 }) }, closed),
])
export type DecisionEffect = Static<typeof DecisionEffect>

export const DecisionGuards = Type.Object({
  /** Decisions in a day of the portal. */
  perDay: Type.Integer({ minimum: 1, maximum: 1000 }),
  /** Hours in which nothing more is decided for the same record; 0: no rest. */
  quietHours: Type.Integer({ minimum: 0, maximum: 8_760 }),
  needsApproval: Type.Boolean(),
  /** Who may approve beside the administrators. */
  approvers: People,
}, closed)
export type DecisionGuards = Static<typeof DecisionGuards>

export const DecisionRuleInput = Type.Object({
  name: Type.String({ minLength: 1, maxLength: 120, pattern: '\\S' }),
  trigger: DecisionTrigger,
  condition: DecisionCondition,
  effects: Type.Array(DecisionEffect, { minItems: 1, maxItems: 6 }),
  guards: DecisionGuards,
  actsAs: Person,
})
export type DecisionRuleInput = Static<typeof DecisionRuleInput>

export const isAboutDeal = ({ kind }: DecisionTrigger): boolean => kind === 'deal_stage' || kind === 'deal_amount'

/** What cannot be done, or asked, without a deal. */
export const needsDeal = (effect: DecisionEffect): boolean => effect.kind === 'deal_stage' || effect.kind === 'crm_trigger' || effect.kind === 'workflow'
  || (effect.kind === 'vendor_status' && effect.vendorId === null) || (effect.kind === 'task' && effect.userId === null)

/** Whether what was there before can be put back. */
export const canBeUndone = (kind: DecisionEffectKind): boolean => kind === 'deal_stage' || kind === 'vendor_status'

export type Unfit = 'effect_needs_deal' | 'condition_needs_deal' | 'moves_back' | 'settings' | 'verdict'

/** Why the parts of a rule do not fit; null when they do. */
export function unfitOf({ trigger, condition, effects }: Pick<DecisionRuleInput, 'trigger' | 'condition' | 'effects'>): Unfit | null {
  if (!isAboutDeal(trigger) && effects.some(needsDeal))
    return 'effect_needs_deal'
  if (!isAboutDeal(trigger) && (condition.kind === 'deal_amount' || (condition.kind === 'analysis' && condition.settings.operation === 'segment')))
    return 'condition_needs_deal'
  // A deal that is put back where it came from would go round for ever.
  const left = trigger.kind === 'deal_stage' ? trigger.stageId : null
  return left !== null && effects.some(effect => effect.kind === 'deal_stage' && effect.stageId === left) ? 'moves_back' : null
}

/** Whether an amount is on the right side of a limit; an absent amount is on none. */
export function isOnSide(amount: number | null, { direction, minor }: { readonly direction: (typeof amountDirections)[number], readonly minor: number }): boolean {
  if (amount === null)
    return false
  switch (direction) {
    case 'at_least': return amount >= minor
    case 'above': return amount > minor
    case 'at_most': return amount <= minor
    case 'below': return amount < minor
  }
}
