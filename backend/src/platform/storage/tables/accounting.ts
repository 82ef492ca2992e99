import type { Generated } from 'kysely'
import type { Json } from './portals.ts'

export interface AccountingTables {
  accounting_settings: {
    portal_id: number
    siren: string | null
    purchase_journal: string
    purchase_journal_name: string
    bank_journal: string
    bank_journal_name: string
    payable_account: string
    expense_account: string
    tax_account: string
    bank_account: string
    reverse_due_account: Generated<string>
    reverse_tax_account: Generated<string>
    reverse_rate: Generated<string | number>
    category_accounts: Json
    fec_separator: 'tab' | 'pipe'
    fec_encoding: Generated<'utf-8' | 'iso-8859-15'>
    fiscal_year_month: Generated<number>
    version: Generated<number>
    updated_at: Generated<Date>
    updated_by: number | null
  }
  accounting_keys: {
    portal_id: number
    key_id: Generated<string>
    name: string
    hint: string
    key_hash: Buffer
    signing_secret: Buffer
    scopes: string[]
    created_at: Generated<Date>
    created_by: number | null
    last_used_at: Date | null
    revoked_at: Date | null
    revoked_by: number | null
    minute: Date | null
    minute_calls: Generated<number>
  }
  accounting_deliveries: {
    portal_id: number
    key_id: string
    idempotency_key: string
    body_hash: Buffer
    invoice_id: string | null
    received_at: Generated<Date>
  }
  accounting_presets: {
    portal_id: number
    preset_id: Generated<string>
    name: string
    copied_from: string | null
    mapping: unknown
    version: Generated<number>
    deleted_at: Date | null
    created_at: Generated<Date>
    updated_at: Generated<Date>
    updated_by: number
  }
  accounting_preset_versions: {
    portal_id: number
    preset_id: string
    version: number
    name: string
    mapping: unknown
    restored_from: number | null
    created_at: Generated<Date>
    created_by: number
  }
  accounting_exports: {
    portal_id: number
    export_id: Generated<string>
    format: string
    preset_version: number | null
    from_on: string
    to_on: string
    file_name: string
    sha256: string
    row_count: number
    written_at: Generated<Date>
    written_by: number
  }
}
