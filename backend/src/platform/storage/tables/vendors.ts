import type { Generated } from 'kysely'
import type { Json } from './portals.ts'

export type VendorStatusColumn = 'prospect' | 'onboarding' | 'active' | 'suspended' | 'terminated'

export interface VendorTables {
  vendors: {
    portal_id: number
    vendor_id: Generated<string>
    company_id: number | null
    name: string
    name_key: string
    status: Generated<VendorStatusColumn>
    code: string | null
    siren: string | null
    siret: string | null
    vat_number: string | null
    iban: string | null
    bic: string | null
    account_holder: string | null
    bank_proof: string | null
    iban_set_by: number | null
    /** An IBAN without it is on file and must not be paid to. */
    iban_approved_at: Date | null
    iban_approved_by: number | null
    email: string | null
    phone: string | null
    website: string | null
    address: string | null
    postal_code: string | null
    city: string | null
    country: string | null
    category: string | null
    payment_term_days: number | null
    notes: string | null
    /** Values by id of the portal's own attributes. */
    attributes: Generated<Record<string, unknown>>
    tags: Generated<string[]>
    /** Products and services. */
    supplies: Generated<string[]>
    import_id: string | null
    version: Generated<number>
    created_at: Generated<Date>
    created_by: number | null
    updated_at: Generated<Date>
    updated_by: number | null
  }
  purchases: {
    portal_id: number
    purchase_id: Generated<string>
    vendor_id: string
    spent_on: string
    is_period_guess: Generated<boolean>
    amount_minor: number
    currency: string
    amount_base_minor: number | null
    reference: string | null
    label: string | null
    category: string | null
    department: string | null
    deal_id: number | null
    import_id: string | null
    source_key: string | null
    created_at: Generated<Date>
    created_by: number | null
    /** The invoice line this purchase is kept from, by trigger. */
    invoice_line_id: string | null
  }
  vendor_spend_months: {
    portal_id: number
    vendor_id: string
    month: string
    amount_base_minor: number
    purchase_count: number
    unpriced_count: Generated<number>
  }
  vendor_last_purchases: {
    portal_id: number
    vendor_id: string
    spent_on: string
  }
  deal_vendors: {
    portal_id: number
    deal_id: number
    vendor_id: string
    planned_cost_minor: number | null
    actual_cost_minor: number | null
    currency: string
    note: string | null
    version: Generated<number>
    created_at: Generated<Date>
    created_by: number | null
    updated_at: Generated<Date>
    updated_by: number | null
  }
  vendor_drafts: {
    portal_id: number
    user_id: number
    subject: string
    typed: Json
    base_version: number | null
    updated_at: Date
  }
  vendor_changes: {
    portal_id: number
    vendor_change_id: Generated<number>
    vendor_id: string
    field: string
    old_value: Json | null
    new_value: Json | null
    reason: string | null
    origin: 'person' | 'import' | 'action' | 'crm' | 'rule'
    origin_id: string | null
    at: Generated<Date>
    by_user_id: number | null
  }
}
