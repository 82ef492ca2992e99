import type { Generated } from 'kysely'
import type { Json } from './portals.ts'
import type { DocumentOrigin } from './purchasing.ts'

export type PayableStatusColumn = 'open' | 'in_run' | 'sent' | 'paid' | 'cancelled'
export type RunStatusColumn = 'draft' | 'approved' | 'exported' | 'partly_confirmed' | 'confirmed' | 'cancelled'

export interface PaymentTables {
  payment_terms: {
    portal_id: number
    vendor_id: string
    kind: 'net' | 'days_then_month_end' | 'month_end_then_days'
    days: number
    month_day: number | null
    is_periodic: Generated<boolean>
    version: Generated<number>
    updated_at: Generated<Date>
    updated_by: number | null
  }
  late_interest_rates: {
    portal_id: number
    valid_from: string
    percent: string
    created_at: Generated<Date>
    created_by: number | null
  }
  payables: {
    portal_id: number
    payable_id: Generated<string>
    vendor_id: string
    invoice_id: string | null
    reference: string
    installment_no: Generated<number>
    issued_on: string
    due_on: string
    legal_due_on: string | null
    amount_minor: number
    currency: string
    amount_base_minor: number | null
    status: Generated<PayableStatusColumn>
    paid_on: string | null
    paid_by: 'statement' | 'person' | null
    note: string | null
    origin: Generated<DocumentOrigin>
    source_key: string | null
    version: Generated<number>
    created_at: Generated<Date>
    created_by: number | null
    updated_at: Generated<Date>
    updated_by: number | null
  }
  debtor_accounts: {
    portal_id: number
    account_id: Generated<string>
    name: string
    iban: string
    bic: string | null
    pain_version: Generated<'001.001.03' | '001.001.09'>
    street: string | null
    building: string | null
    postal_code: string | null
    town: string | null
    country: string | null
    is_active: Generated<boolean>
    version: Generated<number>
    created_at: Generated<Date>
    created_by: number | null
    updated_at: Generated<Date>
    updated_by: number | null
  }
  payment_runs: {
    portal_id: number
    run_id: Generated<string>
    number: number
    account_id: string
    execution_on: string
    status: Generated<RunStatusColumn>
    author_ids: number[]
    approved_by: number | null
    approved_at: Date | null
    exported_by: number | null
    exported_at: Date | null
    cancelled_by: number | null
    cancelled_at: Date | null
    cancel_reason: string | null
    message_id: string | null
    file_name: string | null
    file_sha256: string | null
    file_text: string | null
    note: string | null
    version: Generated<number>
    created_at: Generated<Date>
    created_by: number
    updated_at: Generated<Date>
  }
  payment_run_items: {
    portal_id: number
    item_id: Generated<string>
    run_id: string
    payable_id: string
    vendor_id: string
    position: number
    amount_minor: number
    currency: string
    execution_on: string
    end_to_end_id: string | null
    creditor_name: string | null
    creditor_iban: string | null
    creditor_bic: string | null
    creditor_address: Json | null
    remittance: string | null
    status: Generated<'waiting' | 'sent' | 'confirmed' | 'returned' | 'released'>
    is_live: Generated<boolean>
    lead_item_id: string | null
  }
  bank_statements: {
    portal_id: number
    statement_id: Generated<string>
    statement_key: string
    account_iban: string | null
    format: 'camt.053' | 'csv' | 'cfonb120' | 'mt940'
    bank_reference: string | null
    from_on: string | null
    to_on: string | null
    currency: string
    opening_minor: number | null
    closing_minor: number | null
    is_balanced: boolean | null
    file_name: string
    created_at: Generated<Date>
    created_by: number | null
  }
  bank_transactions: {
    portal_id: number
    transaction_id: Generated<string>
    statement_id: string
    transaction_key: string
    booked_on: string
    value_on: string | null
    amount_minor: number
    currency: string
    end_to_end_id: string | null
    counterparty_name: string | null
    counterparty_iban: string | null
    remittance: string | null
    bank_reference: string | null
    is_reversal: Generated<boolean>
    twin_id: string | null
    status: Generated<'unmatched' | 'matched' | 'ignored'>
    decided_by: number | null
    decided_at: Date | null
  }
  payment_matches: {
    portal_id: number
    match_id: Generated<string>
    transaction_id: string
    payable_id: string
    vendor_id: string
    item_id: string | null
    rule: 'end_to_end' | 'amount' | 'person' | 'return'
    matched_at: Generated<Date>
    matched_by: number | null
    undone_at: Date | null
    undone_by: number | null
    is_part: Generated<boolean>
    rest_payable_id: string | null
  }
}
