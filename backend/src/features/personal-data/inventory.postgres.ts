import { sql } from 'kysely'
import { inventoryIds, type FixedKind, type InventoryId } from '@comptoir/shared/personal-data/inventory'
import type { PersonalData } from '@comptoir/shared/personal-data/personal-data.contract'
import type { Database } from '../../platform/storage/database.ts'

export type KeptDays = Readonly<Record<FixedKind, number>>

export async function readInventory(db: Database, portalId: number, keptDays: KeptDays): Promise<PersonalData['inventory']> {
  const ours = sql`portal_id = ${portalId}`
  const { rows: [counts] } = await sql<Record<InventoryId, number>>`select
    (select count(*) from vendors where ${ours} and (email is not null or phone is not null))::int as "vendorContacts",
    (select count(*) from vendors where ${ours})::int as "vendorIdentity",
    (select count(*) from vendors where ${ours} and notes is not null)::int as notes,
    (select count(*) from vendor_changes where ${ours} and field in ('email', 'phone', 'accountHolder'))::int as "contactHistory",
    ((select count(*) from import_issues where ${ours}) + (select count(*) from import_fixes where ${ours})
      + (select count(*) from import_diffs where ${ours}) + (select count(*) from import_duplicates where ${ours}))::int as "importRows",
    (select count(distinct import_id) from import_chunks where ${ours})::int as "importFiles",
    (select count(*) from crm_users where ${ours} and name || last_name <> '')::int as people,
    ((select count(*) from payment_run_items where ${ours}) + (select count(*) from bank_transactions where ${ours})
      + (select count(*) from ledger_lines where ${ours}))::int as payments,
    (select count(*) from vendor_drafts where ${ours})::int as drafts,
    (select count(*) from request_log where ${ours})::int as "requestLog",
    (select count(*) from report_files where ${ours})::int as "reportFiles"`.execute(db)
  return inventoryIds.map(id => ({ id, count: counts?.[id] ?? 0, keptDays: (keptDays as Partial<Record<InventoryId, number>>)[id] ?? null }))
}
