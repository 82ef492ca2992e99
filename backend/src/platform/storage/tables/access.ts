import type { Generated } from 'kysely'
import type { FieldGroup, VendorRole } from '@comptoir/shared/access/rights'
import type { Json } from './portals.ts'

export interface AccessTables {
  viewer_deals: {
    portal_id: number
    user_id: number
    deal_id: number
    until: Date
  }
  viewer_companies: {
    portal_id: number
    user_id: number
    company_id: number
    until: Date
  }
  vendor_change_proposals: {
    portal_id: number
    proposal_id: Generated<string>
    vendor_id: string
    kind: 'bank' | 'legal' | 'status'
    changes: Json
    reason: string | null
    origin: Generated<'person' | 'import' | 'action' | 'crm'>
    origin_id: string | null
    status: Generated<'waiting' | 'approved' | 'rejected' | 'withdrawn' | 'superseded'>
    author_id: number | null
    created_at: Generated<Date>
    decided_by: number | null
    decided_at: Date | null
    comment: string | null
  }
  vendor_grants: {
    portal_id: number
    grant_id: Generated<string>
    subject_kind: 'everyone' | 'user' | 'department' | 'head_of_department'
    subject_id: number | null
    scope_kind: 'all' | 'group' | 'vendor'
    vendor_group: string | null
    vendor_id: string | null
    role: VendorRole
    field_groups: FieldGroup[]
    valid_until: string | null
    note: string | null
    version: Generated<number>
    created_at: Generated<Date>
    created_by: number | null
    updated_at: Generated<Date>
    updated_by: number | null
  }
  vendor_grant_changes: {
    portal_id: number
    grant_change_id: Generated<number>
    grant_id: string
    kind: 'given' | 'changed' | 'taken' | 'viewing_as'
    old_value: Json | null
    new_value: Json | null
    at: Generated<Date>
    by_user_id: number | null
  }
}
