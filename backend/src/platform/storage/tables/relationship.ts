import type { ColumnType, Generated } from 'kysely'
import type { Json } from './portals.ts'
import type { VendorStatusColumn } from './vendors.ts'

type JsonWithDefault = ColumnType<unknown, string | undefined, string>
type OriginColumn = 'person' | 'csv' | 'crm' | 'e-invoice' | 'api' | 'action'

export interface RelationshipTables {
  contracts: {
    portal_id: number
    contract_id: Generated<string>
    vendor_id: string
    title: string
    number: string | null
    status: Generated<'draft' | 'signed' | 'terminated' | 'ended'>
    starts_on: string
    ends_on: string | null
    notice_days: number | null
    notice_unit: Generated<'days' | 'months'>
    is_tacitly_renewed: Generated<boolean>
    renewal_months: number | null
    current_ends_on: string | null
    notice_on: string | null
    notice_given_on: string | null
    notice_given_by: number | null
    amount_minor: number | null
    currency: string | null
    amount_period: Generated<'total' | 'year' | 'month'>
    owner_user_id: number | null
    signed_on: string | null
    terminated_on: string | null
    termination_reason: string | null
    documents: JsonWithDefault
    note: string | null
    version: Generated<number>
    origin: Generated<OriginColumn>
    source_key: string | null
    created_at: Generated<Date>
    created_by: number | null
    updated_at: Generated<Date>
    updated_by: number | null
  }
  contract_changes: {
    portal_id: number
    contract_change_id: Generated<number>
    contract_id: string
    version: number
    changes: Json
    reason: string | null
    origin: Generated<OriginColumn | 'rule'>
    at: Generated<Date>
    by_user_id: number | null
  }
  compliance_requirements: {
    portal_id: number
    requirement_id: Generated<string>
    kind: string
    title: string | null
    country: string | null
    is_on: Generated<boolean>
    is_mandatory: Generated<boolean>
    weight: Generated<string>
    threshold_minor: number | null
    threshold_currency: Generated<string>
    validity_months: number | null
    max_age_months: number | null
    needs_code: Generated<boolean>
    position: Generated<number>
    version: Generated<number>
    updated_at: Generated<Date>
    updated_by: number | null
  }
  compliance_documents: {
    portal_id: number
    document_id: Generated<string>
    vendor_id: string
    kind: string
    name: string | null
    link: string | null
    issued_on: string | null
    valid_from: string | null
    valid_to: string | null
    verification_code: string | null
    verified_at: Date | null
    verified_by: number | null
    verification_note: string | null
    note: string | null
    version: Generated<number>
    origin: Generated<OriginColumn>
    source_key: string | null
    created_at: Generated<Date>
    created_by: number | null
    updated_at: Generated<Date>
    updated_by: number | null
  }
  lifecycle_rules: {
    portal_id: number
    activation_needs_identifiers: Generated<boolean>
    activation_needs_contract: Generated<boolean>
    activates_on_signature: Generated<boolean>
    on_last_contract_end: Generated<'none' | 'suspended' | 'terminated'>
    holds_payments_on_expiry: Generated<boolean>
    termination_needs_two: Generated<boolean>
    home_country: string | null
    version: Generated<number>
    updated_at: Generated<Date>
    updated_by: number | null
  }
  lifecycle_moves: {
    portal_id: number
    move_id: Generated<string>
    vendor_id: string
    rule: 'contract-signed' | 'last-contract-ended'
    cause_key: string
    from_status: VendorStatusColumn
    to_status: VendorStatusColumn
    at: Generated<Date>
    reverted_at: Date | null
    reverted_by: number | null
  }
  vendor_holds: {
    portal_id: number
    hold_id: Generated<string>
    vendor_id: string
    effect: Generated<'payments'>
    cause: 'document-expired'
    cause_key: string
    document_id: string | null
    document_kind: string | null
    since: Generated<Date>
    lifted_at: Date | null
    lifted_by: number | null
    lifted_reason: string | null
  }
  calendar_subscriptions: {
    portal_id: number
    subscription_id: Generated<string>
    user_id: number
    token_hash: Buffer
    language: string
    filter: JsonWithDefault
    created_at: Generated<Date>
    last_read_at: Date | null
    revoked_at: Date | null
  }
  vendor_deadlines: {
    portal_id: number
    vendor_id: string
    kind: 'contract.notice' | 'contract.end' | 'contract.renewal' | 'document.expiry' | 'payment.due'
    subject_id: string
    due_on: string
    owner_user_id: number | null
    is_mandatory: boolean
    title: string
  }
}
