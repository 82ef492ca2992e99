import type { Generated, GeneratedAlways } from 'kysely'

export type DecisionState = 'waiting' | 'working' | 'done' | 'failed' | 'refused' | 'lapsed' | 'held' | 'undone'
export type HeldReason = 'limit' | 'quiet' | 'loop' | 'no_person' | 'no_right' | 'no_answer'
export type EffectState = 'proposed' | 'waiting' | 'running' | 'done' | 'failed' | 'undone'

export interface DecisionTables {
  decision_rules: {
    portal_id: number
    rule_id: Generated<string>
    name: string
    trigger: unknown
    condition: unknown
    effects: unknown
    guards: unknown
    acts_as: number
    is_on: Generated<boolean>
    next_run_at: Date | null
    checked_at: Date | null
    checked_message: string | null
    is_met: boolean | null
    version: Generated<number>
    created_by: number
    created_at: Generated<Date>
    updated_at: Generated<Date>
  }
  decision_events: {
    portal_id: number
    event_id: GeneratedAlways<number>
    kind: 'deal_stage' | 'deal_amount' | 'source' | 'schedule'
    key: Generated<string>
    deal_id: number | null
    rule_id: string | null
    facts: unknown
    happened_at: Generated<Date>
    tries: Generated<number>
    taken_until: Date | null
  }
  decisions: {
    portal_id: number
    decision_id: Generated<string>
    rule_id: string
    rule_name: string
    key: string
    state: DecisionState
    held_reason: HeldReason | null
    times: Generated<number>
    deal_id: number | null
    acts_as: number
    approvers: Generated<number[]>
    event: unknown
    numbers: unknown
    message: string
    decided_on: string
    decided_at: Date
    judged_by: number | null
    judged_at: Date | null
    comment: string | null
  }
  decision_effects: {
    portal_id: number
    decision_id: string
    position: number
    kind: string
    params: unknown
    state: Generated<EffectState>
    before: string | null
    host_id: string | null
    error_code: string | null
    tries: Generated<number>
    next_try_at: Generated<Date>
    started_at: Date | null
    ended_at: Date | null
  }
  crm_deal_amounts: {
    portal_id: number
    deal_id: number
    change_id: Generated<number>
    changed_at: Generated<Date>
    before_base_minor: number | null
    base_minor: number | null
  }
}
