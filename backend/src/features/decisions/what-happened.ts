import type { DecisionTrigger, DecisionTriggerKind } from '@comptoir/shared/decisions/decision-rule'

/** Something that happened, out of the row's spelling. Stages by id, amounts in minor units. */
export interface Happened {
  readonly portalId: number
  readonly eventId: number
  readonly kind: DecisionTriggerKind
  readonly dealId: number | null
  readonly ruleId: string | null
  readonly facts: EventFacts
  readonly at: Date
}

export interface EventFacts {
  readonly before?: string | number | null
  readonly after?: string | number | null
  readonly currency?: string
  readonly source?: string
}

export const createdEvent = (row: { portal_id: number, event_id: number, kind: DecisionTriggerKind, deal_id: number | null, rule_id: string | null, facts: unknown, happened_at: Date }): Happened =>
  ({ portalId: row.portal_id, eventId: Number(row.event_id), kind: row.kind, dealId: row.deal_id, ruleId: row.rule_id, facts: (row.facts ?? {}) as EventFacts, at: row.happened_at })

/** Whether this is what a rule waits for. */
export function concerns(trigger: DecisionTrigger, { kind, facts }: Pick<Happened, 'kind' | 'facts'>): boolean {
  if (trigger.kind !== kind)
    return false
  switch (trigger.kind) {
    case 'deal_stage': {
      // A deal that is created has reached a stage and completed none.
      const stageId = trigger.moment === 'completed' ? facts.before : facts.after
      return stageId !== null && stageId !== undefined && (trigger.stageId === null || stageId === trigger.stageId)
    }
    case 'source': return trigger.source === 'any' || facts.source === trigger.source
    case 'deal_amount':
    case 'schedule': return true
  }
}
