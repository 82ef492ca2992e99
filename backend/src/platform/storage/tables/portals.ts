import type { ColumnType, Generated } from 'kysely'

export type PortalStatus = 'installing' | 'installed' | 'gone'

export interface PortalsTable {
  portal_id: Generated<number>
  member_id: string
  domain: string
  client_endpoint: string
  server_endpoint: string
  application_token_hash: Buffer | null
  status: Generated<PortalStatus>
  scope: Generated<string[]>
  app_version: string | null
  language: Generated<string>
  time_zone: Generated<string>
  currency: Generated<string>
  installer_user_id: number | null
  settings: Generated<Record<string, unknown>>
  created_at: Generated<Date>
  installed_at: Date | null
  uninstalled_at: Generated<Date | null>
  /** Since when moves of planned closing days are kept. */
  plans_kept_since: Generated<Date>
  amounts_kept_since: Generated<Date>
}

export interface PortalTokensTable {
  portal_id: number
  user_id: number
  access_token: Buffer
  refresh_token: Buffer | null
  expires_at: Date
  generation: Generated<number>
  updated_at: Generated<Date>
}

export interface VerifiedTokensTable {
  portal_id: number
  token_hash: Buffer
  user_id: number
  name: string
  is_admin: boolean
  expires_at: Date
}

export interface ViewerSettingsTable {
  portal_id: number
  user_id: number
  theme: Generated<'auto' | 'light' | 'dark'>
  first_steps_hidden_at: Date | null
}

export interface RequestLogTable {
  portal_id: number
  request_log_id: Generated<number>
  at: Generated<Date>
  method: string
  status: number | null
  error_code: string | null
  duration_ms: number
  operating_ms: number | null
  request: Json
  answer: Json | null
}

/** jsonb: read as a value, written as JSON text. */
export type Json = ColumnType<unknown, string, string>

export interface PortalTables {
  portals: PortalsTable
  portal_tokens: PortalTokensTable
  verified_tokens: VerifiedTokensTable
  viewer_settings: ViewerSettingsTable
  request_log: RequestLogTable
}
