import type { Generated } from 'kysely'
import type { Json } from './portals.ts'

export interface NoticeOutboxTable {
  portal_id: number
  notice_id: Generated<string>
  key: string
  kind: string
  vendor_id: string | null
  recipients: number[] | null
  owner_user_id: number | null
  params: Json
  link: Json | null
  alert_key: string | null
  is_urgent: Generated<boolean>
  caused_by: Generated<number | null>
  ways: Generated<('usual' | 'task' | 'trigger')[] | null>
  not_before: Generated<Date>
  state: Generated<'waiting' | 'addressed' | 'dropped'>
  reason: Generated<string | null>
  created_at: Generated<Date>
}

export type DeliveryChannel = 'bell' | 'todo' | 'task' | 'trigger' | 'company_timeline' | 'deal_timeline'
export type DeliveryState = 'waiting' | 'sending' | 'sent' | 'dropped' | 'failed'

export interface NoticeDeliveriesTable {
  portal_id: number
  delivery_id: Generated<number>
  notice_id: string
  channel: DeliveryChannel
  user_id: Generated<number>
  entity_id: Generated<number>
  state: Generated<DeliveryState>
  due_at: Date
  attempts: Generated<number>
  started_at: Generated<Date | null>
  sent_at: Generated<Date | null>
  host_id: Generated<string | null>
  reason: Generated<string | null>
}

export interface AlertsTable {
  portal_id: number
  alert_id: Generated<string>
  key: string
  kind: string
  severity: 'info' | 'warning' | 'critical'
  vendor_id: string | null
  subject_id: string | null
  audience: number[] | null
  owner_user_id: number | null
  params: Json
  link: Json | null
  due_on: string | null
  state: Generated<'open' | 'acknowledged' | 'resolved'>
  snoozed_until: Generated<Date | null>
  occurrence: Generated<number>
  raised_at: Generated<Date>
  resolved_at: Generated<Date | null>
  version: Generated<number>
}

export type AlertEventName = 'raised' | 'returned' | 'changed' | 'reminded' | 'acknowledged' | 'reopened' | 'snoozed' | 'woken' | 'resolved' | 'sent' | 'judged'

export interface AlertEventsTable {
  portal_id: number
  alert_event_id: Generated<number>
  alert_id: string
  event: AlertEventName
  details: Json
  at: Generated<Date>
  by_user_id: number | null
}

export interface ReminderDatesTable {
  portal_id: number
  kind: string
  subject_id: string
  due_on: string
  vendor_id: string
  first_met_on: string
  last_step: number | null
  reminded_on: string | null
}

export interface NoticeKindSettingsTable {
  portal_id: number
  kind: string
  is_on: boolean
  steps: number[] | null
  channels: string[]
  updated_at: Generated<Date>
  updated_by: number | null
}

export interface NoticeSettingsTable {
  portal_id: number
  quiet_from: string
  quiet_until: string
  fallback_user_ids: number[]
  default_digest: 'off' | 'daily' | 'weekly'
  updated_at: Generated<Date>
  updated_by: number | null
}

export interface NoticePreferencesTable {
  portal_id: number
  user_id: number
  language: string | null
  time_zone: string | null
  quiet_from: string | null
  quiet_until: string | null
  digest: 'off' | 'daily' | 'weekly' | null
  digest_weekday: number
  digest_hour: number
  kinds: Json
  updated_at: Generated<Date>
}

export interface NoticeTables {
  notice_outbox: NoticeOutboxTable
  notice_deliveries: NoticeDeliveriesTable
  alerts: AlertsTable
  alert_events: AlertEventsTable
  reminder_dates: ReminderDatesTable
  notice_kind_settings: NoticeKindSettingsTable
  notice_settings: NoticeSettingsTable
  notice_preferences: NoticePreferencesTable
}
