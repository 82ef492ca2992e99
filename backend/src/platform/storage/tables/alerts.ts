import type { Generated } from 'kysely'
import type { Json } from './portals.ts'

export interface WatchesTable {
  portal_id: number
  watch_id: Generated<string>
  owner_user_id: number
  metric: string
  category_id: number | null
  segment_id: string | null
  rule: Json
  cool_down_months: number
  is_on: Generated<boolean>
  checked_at: Date | null
  version: Generated<number>
  created_at: Generated<Date>
  updated_at: Generated<Date>
}

export interface WatchChecksTable {
  portal_id: number
  watch_id: string
  month: string
  /** `chance`: out of the band, but among so many watches one such is no wonder. */
  state: 'quiet' | 'rang' | 'cooling' | 'chance' | 'unknown'
  value: number | null
  previous: number | null
  low: number | null
  high: number | null
  checked_at: Generated<Date>
  judgement: Generated<'useful' | 'normal' | null>
  judged_by: Generated<number | null>
}

export interface WatchTables {
  watches: WatchesTable
  watch_checks: WatchChecksTable
}
