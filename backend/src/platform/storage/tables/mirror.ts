import type { Generated } from 'kysely'

export type Semantics = 'P' | 'S' | 'F'

export interface MirrorTables {
  crm_categories: {
    portal_id: number
    entity_type_id: number
    category_id: number
    name: string
    sort: Generated<number>
    is_default: Generated<boolean>
    code: string | null
  }
  crm_stages: {
    portal_id: number
    entity_type_id: number
    stage_id: string
    category_id: number
    name: string
    sort: Generated<number>
    semantics: Generated<Semantics>
    color: string | null
  }
  crm_statuses: {
    portal_id: number
    directory: string
    status_id: string
    name: string
    sort: Generated<number>
  }
  crm_currencies: {
    portal_id: number
    currency: string
    rate: string | null
    is_base: Generated<boolean>
    minor_factor: string | null
  }
  crm_departments: {
    portal_id: number
    department_id: number
    name: string
    parent_id: number | null
    head_user_id: number | null
  }
  crm_users: {
    portal_id: number
    user_id: number
    name: string
    last_name: Generated<string>
    position: Generated<string>
    is_active: Generated<boolean>
    is_employee: Generated<boolean>
    department_ids: Generated<number[]>
  }
  crm_companies: {
    portal_id: number
    company_id: number
    title: string
    type_id: string | null
    category_id: Generated<number>
    assigned_by_id: number | null
    is_my_company: Generated<boolean>
    name_key: string | null
    created_at: Date | null
    updated_at: Date | null
    synced_at: Generated<Date>
  }
  crm_deals: {
    portal_id: number
    deal_id: number
    title: string
    category_id: Generated<number>
    stage_id: string
    semantics: Generated<Semantics>
    amount_minor: number | null
    currency: string
    amount_base_minor: number | null
    company_id: number | null
    assigned_by_id: number | null
    source_id: string | null
    lead_id: number | null
    utm_source: string | null
    utm_medium: string | null
    utm_campaign: string | null
    utm_content: string | null
    utm_term: string | null
    created_at: Date
    begins_on: string | null
    closes_on: string | null
    moved_at: Date | null
    closed_at: Date | null
    updated_at: Date | null
    synced_at: Generated<Date>
  }
  crm_product_rows: {
    portal_id: number
    deal_id: number
    product_row_id: number
    product_id: number | null
    product_name: string
    price_minor: number
    quantity: string
    discount_rate: Generated<string>
  }
  crm_stage_changes: {
    portal_id: number
    stage_change_id: number
    deal_id: number
    kind: number
    category_id: number
    stage_id: string
    semantics: string
    at: Date
  }
  sync_states: {
    portal_id: number
    entity: string
    mode: Generated<'full' | 'incremental'>
    status: Generated<'idle' | 'running' | 'failed' | 'paused'>
    cursor: Generated<number>
    watermark: Date | null
    rows_read: Generated<number>
    rows_expected: number | null
    portal_count: number | null
    mirror_count: number | null
    started_at: Date | null
    finished_at: Date | null
    error_code: string | null
    counted_at: Date | null
  }
  sync_portals: {
    portal_id: number
    is_paused: Generated<boolean>
    check_requested_at: Date | null
    rebuild_requested_at: Date | null
    last_run_at: Date | null
    reconciled_at: Date | null
    waiting_until: Date | null
    error_code: string | null
  }
  sync_hints: {
    portal_id: number
    entity: string
    entity_id: number
    is_deleted: Generated<boolean>
    at: Generated<Date>
  }
}
