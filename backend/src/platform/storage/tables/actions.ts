import type { ColumnType, Generated } from 'kysely'
import type { Json } from './portals.ts'

export interface ActionTables {
  action_runs: {
    portal_id: number
    run_id: Generated<string>
    action_id: string
    code: string
    workflow_id: string | null
    entity_type_id: number | null
    entity_id: number | null
    settings: Json
    event_token: Buffer
    event_token_hash: Buffer
    is_waited_for: boolean
    rerun_of: string | null
    requested_by: number | null
    state: Generated<'waiting' | 'running' | 'answered' | 'unanswered' | 'failed'>
    is_success: boolean | null
    returns: Json | null
    message: string | null
    effects: ColumnType<unknown, string | undefined, string>
    error_code: string | null
    received_at: Generated<Date>
    started_at: Date | null
    computed_at: Date | null
    finished_at: Date | null
    tries: Generated<number>
    next_try_at: Generated<Date>
  }
  action_registrations: {
    portal_id: number
    action_id: string
    version: string
    registered_at: Generated<Date>
  }
}
