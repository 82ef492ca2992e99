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
}
