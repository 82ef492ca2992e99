import type { Generated } from 'kysely'
import type { Semantics } from './mirror.ts'

/** Records of the CRM that explain the deals: where they came from, and what became of them. */
export interface MirrorRecordTables {
  crm_leads: {
    portal_id: number
    lead_id: number
    title: string
    stage_id: string
    semantics: Generated<Semantics>
    amount_minor: number | null
    currency: string
    amount_base_minor: number | null
    company_id: number | null
    contact_id: number | null
    assigned_by_id: number | null
    source_id: string | null
    utm_source: string | null
    utm_medium: string | null
    utm_campaign: string | null
    utm_content: string | null
    utm_term: string | null
    created_at: Date
    moved_at: Date | null
    updated_at: Date | null
    synced_at: Generated<Date>
  }
  crm_contacts: {
    portal_id: number
    contact_id: number
    company_id: number | null
    lead_id: number | null
    assigned_by_id: number | null
    source_id: string | null
    created_at: Date | null
    updated_at: Date | null
    synced_at: Generated<Date>
  }
  crm_invoices: {
    portal_id: number
    invoice_id: number
    number: Generated<string>
    stage_id: string
    semantics: Generated<Semantics>
    amount_minor: number | null
    tax_minor: number | null
    currency: string
    amount_base_minor: number | null
    company_id: number | null
    own_company_id: number | null
    deal_id: number | null
    assigned_by_id: number | null
    issued_on: string | null
    due_on: string | null
    created_at: Date
    moved_at: Date | null
    updated_at: Date | null
    synced_at: Generated<Date>
  }
  crm_activities: {
    portal_id: number
    activity_id: number
    owner_type_id: number
    owner_id: number
    type_id: number
    provider_id: string | null
    responsible_id: number | null
    is_completed: boolean
    direction: number | null
    deadline: Date | null
    created_at: Date
    updated_at: Date | null
    synced_at: Generated<Date>
  }
  crm_smart_types: {
    portal_id: number
    entity_type_id: number
    title: string
    chosen_at: Generated<Date>
    chosen_by_user_id: number
  }
  crm_smart_items: {
    portal_id: number
    entity_type_id: number
    item_id: number
    title: string
    stage_id: string
    semantics: Generated<Semantics>
    amount_minor: number | null
    currency: string
    amount_base_minor: number | null
    company_id: number | null
    deal_id: number | null
    assigned_by_id: number | null
    begins_on: string | null
    closes_on: string | null
    created_at: Date
    moved_at: Date | null
    updated_at: Date | null
    synced_at: Generated<Date>
  }
}
