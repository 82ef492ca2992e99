import type { ColumnType, Generated } from 'kysely'
import type { Json } from './portals.ts'

type MaybeJson = ColumnType<unknown, string | null | undefined, string | null>

export interface DataSourcesTable {
  portal_id: number
  source_id: Generated<string>
  dataset: 'ad_costs' | 'ledger'
  kind: 'file' | 'webhook' | 'address'
  name: string
  settings: Json
  address: string | null
  headers_sealed: Buffer | null
  header_names: Generated<string[]>
  key_hash: Buffer | null
  key_hint: string | null
  signing_secret: Generated<Buffer | null>
  is_signature_required: Generated<boolean>
  minute: Generated<Date | null>
  minute_calls: Generated<number>
  recurrence: MaybeJson
  time_zone: Generated<string | null>
  is_paused: Generated<boolean>
  next_run_at: Generated<Date | null>
  removed_at: Generated<Date | null>
  version: Generated<number>
  created_at: Generated<Date>
  created_by: number | null
  updated_at: Generated<Date>
  updated_by: Generated<number | null>
}

export interface SourceRunsTable {
  portal_id: number
  run_id: Generated<string>
  source_id: string
  reason: 'person' | 'schedule' | 'caught_up' | 'delivery'
  state: Generated<'waiting' | 'running' | 'done' | 'failed'>
  file_name: Generated<string | null>
  rows_read: Generated<number>
  rows_new: Generated<number>
  rows_changed: Generated<number>
  rows_same: Generated<number>
  rows_removed: Generated<number>
  rows_refused: Generated<number>
  error_code: Generated<string | null>
  error_details: MaybeJson
  delivery_key: Generated<string | null>
  delivery_hash: Generated<Buffer | null>
  due_at: Generated<Date>
  finished_at: Generated<Date | null>
}

export interface AdCostsTable {
  portal_id: number
  source_id: string
  day: string
  channel_key: string
  campaign_key: string
  channel: string
  campaign: string
  impressions: number | null
  clicks: number | null
  cost_minor: number
  currency: string
}

export interface AdChannelLinksTable {
  portal_id: number
  channel_key: string
  crm_source_id: string
  updated_at: Generated<Date>
  updated_by: number | null
}

export interface LedgerFilesTable {
  portal_id: number
  file_id: Generated<string>
  source_id: string
  file_name: string
  from_on: string
  to_on: string
  currency: string
  line_count: number
  entry_count: number
  debit_minor: number
  credit_minor: number
  has_opening: boolean
  faults: Json
  content_hash: Buffer
  loaded_at: Generated<Date>
}

export interface LedgerLinesTable {
  portal_id: number
  file_id: string
  line_no: number
  journal: string
  entry_number: string
  entry_on: string
  account: string
  account_name: string
  auxiliary: string | null
  auxiliary_name: string | null
  reference: string
  text: string
  debit_minor: number
  credit_minor: number
  lettering: string | null
  is_opening: boolean
  is_invoice: boolean
}

export interface LedgerMonthsTable {
  portal_id: number
  file_id: string
  month: string
  account: string
  account_name: string
  opening_minor: number
  debit_minor: number
  credit_minor: number
  invoiced_debit_minor: number
  invoiced_credit_minor: number
}

export interface SourceTables {
  data_sources: DataSourcesTable
  source_runs: SourceRunsTable
  ad_costs: AdCostsTable
  ad_channel_links: AdChannelLinksTable
  ledger_files: LedgerFilesTable
  ledger_lines: LedgerLinesTable
  ledger_months: LedgerMonthsTable
}
