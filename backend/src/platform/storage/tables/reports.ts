import type { Generated } from 'kysely'

export interface ReportTables {
  hand_overs: {
    portal_id: number
    hand_over_id: Generated<number>
    kind: 'report' | 'watch'
    items: number
    from_user_id: number
    to_user_id: number
    by_user_id: number
    at: Generated<Date>
  }
  report_schedules: {
    portal_id: number
    schedule_id: Generated<string>
    title: string
    source: unknown
    formats: string[]
    recurrence: unknown
    time_zone: string
    language: 'fr' | 'en'
    recipients: unknown
    delivery: Generated<string[]>
    owner_id: number
    is_paused: Generated<boolean>
    next_run_at: Date
    version: Generated<number>
    created_at: Generated<Date>
    updated_at: Generated<Date>
  }
  report_runs: {
    portal_id: number
    run_id: Generated<string>
    schedule_id: string
    due_at: Date
    reason: 'schedule' | 'caught_up' | 'person'
    state: Generated<'waiting' | 'running' | 'done' | 'failed'>
    people: Generated<number>
    error_code: string | null
    created_at: Generated<Date>
    finished_at: Date | null
  }
  report_deliveries: {
    portal_id: number
    run_id: string
    user_id: number
    channel: 'drive' | 'chat'
    state: Generated<'trying' | 'done' | 'failed'>
    error_code: Generated<string | null>
  }
  report_files: {
    portal_id: number
    file_id: Generated<string>
    run_id: string
    user_id: number
    format: 'pdf' | 'xlsx' | 'csv'
    file_name: string
    content_type: string
    body: Buffer
    made_at: Generated<Date>
    rights: string[] | null
  }
}
