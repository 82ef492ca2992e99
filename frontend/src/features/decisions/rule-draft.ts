import { businessAnalytics } from '@comptoir/shared/actions/definitions'
import { checkSettings, type RawSettings } from '@comptoir/shared/actions/settings'
import { verdictsOf } from '@comptoir/shared/decisions/analyses'
import { unfitOf, type DecisionCondition, type DecisionEffect, type DecisionEffectKind, type DecisionRuleInput, type DecisionTrigger, type DecisionTriggerKind } from '@comptoir/shared/decisions/decision-rule'

export type Draft = DecisionRuleInput

/** What a new rule starts with: it asks a person first, and rests for a day. */
export const emptyDraft = (userId: number): Draft => ({
  name: '',
  trigger: { kind: 'deal_stage', moment: 'completed', stageId: null },
  condition: analysisOf('metric-threshold'),
  effects: [{ kind: 'notify', userIds: [userId] }],
  guards: { perDay: 10, quietHours: 24, needsApproval: true, approvers: [] },
  actsAs: userId,
})

export function triggerOf(kind: DecisionTriggerKind): DecisionTrigger {
  switch (kind) {
    case 'deal_stage': return { kind, moment: 'completed', stageId: null }
    case 'deal_amount': return { kind }
    case 'source': return { kind, source: 'any' }
    case 'schedule': return { kind, recurrence: { every: 'week', weekday: 1, day: 1, time: '08:00' } }
  }
}

/** Settings with which an analysis answers at once, for the usual case. */
const usual: RawSettings = {
  metric: 'revenue_won', period: 'last_month', direction: 'below', threshold: '', against: 'previous', tolerance: '5', horizon: 'this_month', target: '', measure: 'revenue', side: 'either', floor: '',
}

export function analysisOf(operation: string, before: RawSettings = {}): Extract<DecisionCondition, { kind: 'analysis' }> {
  const fields = businessAnalytics.operations.find(({ id }) => id === operation)?.fields ?? []
  const settings = Object.fromEntries(fields.map(({ id, options }) => {
    const kept = before[id] ?? usual[id] ?? ''
    return [id, options && !options.includes(kept) ? options[0] ?? '' : kept]
  }))
  return { kind: 'analysis', settings: { ...settings, operation }, verdicts: verdictsOf(operation).slice(0, 1) }
}

export function effectOf(kind: DecisionEffectKind, userId: number): DecisionEffect {
  switch (kind) {
    case 'notify': return { kind, userIds: [userId] }
    case 'task': return { kind, title: '', userId, days: 3 }
    case 'deal_stage': return { kind, stageId: '' }
    case 'vendor_status': return { kind, vendorId: null, status: 'suspended', reason: '' }
    case 'crm_trigger': return { kind }
    case 'workflow': return { kind, templateId: 0 }
  }
}

export type DraftProblem = 'name' | 'condition' | 'verdicts' | 'effect' | 'effect_needs_deal' | 'condition_needs_deal' | 'moves_back'

/** What still keeps the rule from being saved; null when nothing does. */
export function problemOf(draft: Draft): DraftProblem | null {
  if (draft.name.trim() === '')
    return 'name'
  return problemOfParts(draft)
}

/** A rule without a name can be tried already. */
export function problemOfParts({ trigger, condition, effects }: Pick<Draft, 'trigger' | 'condition' | 'effects'>): Exclude<DraftProblem, 'name'> | null {
  if (condition.kind === 'analysis' && checkSettings(businessAnalytics, condition.settings, { isResolved: true }).problems.length > 0)
    return 'condition'
  if (condition.kind === 'analysis' && condition.verdicts.length === 0)
    return 'verdicts'
  if (effects.length === 0 || !effects.every(isWhole))
    return 'effect'
  const unfit = unfitOf({ trigger, condition, effects })
  return unfit === 'settings' || unfit === 'verdict' ? 'condition' : unfit
}

function isWhole(effect: DecisionEffect): boolean {
  switch (effect.kind) {
    case 'notify': return effect.userIds.length > 0
    case 'task': return effect.title.trim() !== ''
    case 'deal_stage': return effect.stageId !== ''
    case 'workflow': return effect.templateId > 0
    case 'vendor_status':
    case 'crm_trigger': return true
  }
}
