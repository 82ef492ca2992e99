import type { ColumnType, Generated } from 'kysely'

export type DocumentOrigin = 'person' | 'csv' | 'crm' | 'e-invoice' | 'api' | 'action'

/** Where a row came from, and who wrote it last. */
interface Provenance {
  origin: Generated<DocumentOrigin>
  source_key: string | null
}

interface Edited {
  version: Generated<number>
  created_at: Generated<Date>
  created_by: number | null
  updated_at: Generated<Date>
  updated_by: number | null
}

export interface InvoiceDocument {
  readonly name: string
  readonly sha256: string
  readonly profile: string
}

/** `numeric` arrives as text; quantities and prices go in as text too, so that no digit is lost. */
export interface PurchasingTables {
  exchange_rates: {
    portal_id: number
    currency: string
    valid_from: string
    rate: string
    is_entered: Generated<boolean>
    created_at: Generated<Date>
    created_by: number | null
  }
  exchange_rate_changes: {
    portal_id: number
    change_id: Generated<number>
    currency: string
    valid_from: string
    base_currency: string
    old_rate: string | null
    was_entered: Generated<boolean>
    new_rate: string | null
    changed_at: Generated<Date>
    changed_by: number
    undone_at: Generated<Date | null>
  }
  exchange_rate_revaluations: {
    portal_id: number
    currency: string
    since: string
    record_count: number
    done_count: Generated<number>
    deal_id: Generated<number>
    invoice_id: Generated<number>
  }
  purchase_orders: Provenance & Edited & {
    portal_id: number
    order_id: Generated<string>
    vendor_id: string
    number: string
    ordered_on: string
    currency: string
    status: Generated<'draft' | 'confirmed' | 'closed' | 'cancelled'>
    /** When it was confirmed for the first time; kept by a trigger. */
    confirmed_at: ColumnType<Date | null, never, never>
    deal_id: number | null
    department: string | null
    buyer_user_id: number | null
    category: string | null
    note: string | null
  }
  purchase_order_lines: {
    portal_id: number
    line_id: Generated<string>
    order_id: string
    vendor_id: string
    position: number
    item_code: string | null
    item_name: string
    unit: string | null
    quantity: string
    unit_price: string | null
    requested_on: string | null
    promised_on: string | null
    is_cancelled: Generated<boolean>
    source_key: string | null
  }
  order_line_promises: {
    portal_id: number
    promise_id: Generated<string>
    line_id: string
    promised_on: string
    stated_at: Generated<Date>
    by_user_id: number | null
  }
  goods_receipts: Provenance & Edited & {
    portal_id: number
    receipt_id: Generated<string>
    vendor_id: string
    number: string
    received_on: string
    note: string | null
  }
  goods_receipt_lines: {
    portal_id: number
    receipt_line_id: Generated<string>
    receipt_id: string
    vendor_id: string
    position: Generated<number>
    line_id: string | null
    item_code: string | null
    item_name: string | null
    quantity: string
    rejected_quantity: Generated<string>
    reject_reason: string | null
    source_key: string | null
  }
  vendor_invoices: Provenance & Edited & {
    portal_id: number
    invoice_id: Generated<string>
    vendor_id: string
    kind: Generated<'invoice' | 'credit_note'>
    number: string
    issued_on: string
    due_on: string | null
    received_on: string | null
    currency: string
    net_minor: number
    tax_minor: Generated<number>
    total_minor: number
    due_minor: number | null
    base_rate: string | null
    status: Generated<'draft' | 'registered' | 'disputed' | 'rejected'>
    iban: string | null
    payment_reference: string | null
    order_id: string | null
    credited_invoice_id: string | null
    deal_id: number | null
    document: InvoiceDocument | null
    note: string | null
    match_accepted_at: Date | null
    match_accepted_by: number | null
    match_note: string | null
  }
  vendor_invoice_lines: {
    portal_id: number
    invoice_line_id: Generated<string>
    invoice_id: string
    vendor_id: string
    position: number
    order_line_id: string | null
    item_code: string | null
    description: string
    quantity: Generated<string>
    net_minor: number
    tax_rate: string | null
    tax_category: string | null
    account: string | null
    category: string | null
  }
  contract_prices: Provenance & Edited & {
    portal_id: number
    price_id: Generated<string>
    vendor_id: string
    item_code: string
    item_name: string | null
    price: string
    currency: string
    valid_from: string | null
    valid_to: string | null
    contract_id: string | null
  }
  vendor_requests: Provenance & Edited & {
    portal_id: number
    request_id: Generated<string>
    vendor_id: string
    subject: string
    sent_at: Date
    answered_at: Date | null
    sla_hours: string | null
    note: string | null
  }
  match_tolerances: {
    portal_id: number
    tolerance_id: Generated<string>
    vendor_id: string | null
    price_percent: Generated<string>
    quantity_percent: Generated<string>
    amount_minor: Generated<number>
    version: Generated<number>
    updated_at: Generated<Date>
    updated_by: number | null
  }
  quotation_rounds: Edited & {
    portal_id: number
    round_id: Generated<string>
    title: string
    currency: string
    opened_on: string
    closes_on: string | null
    status: Generated<'open' | 'awarded' | 'cancelled'>
    category: string | null
    deal_id: number | null
    note: string | null
  }
  quotation_items: {
    portal_id: number
    item_id: Generated<string>
    round_id: string
    position: number
    item_code: string | null
    item_name: string
    unit: string | null
    quantity: string
    awarded_vendor_id: string | null
  }
  quotations: Edited & {
    portal_id: number
    quotation_id: Generated<string>
    round_id: string
    vendor_id: string
    number: string | null
    received_on: string | null
    valid_until: string | null
    currency: string
    lead_time_days: number | null
    payment_term_days: number | null
    terms: string | null
    shipping_minor: number | null
    is_declined: Generated<boolean>
  }
  quotation_lines: {
    portal_id: number
    quotation_id: string
    item_id: string
    unit_price: string | null
    lead_time_days: number | null
    note: string | null
  }
  portal_receipt_readings: {
    portal_id: number
    read_at: Date
    read_count: number
    created_count: number
    known_count: number
    without_vendor_count: number
    error_code: string | null
  }
}
