import { sql } from 'kysely'
import { attributesOf, attributesText, type ImportAttribute } from '@comptoir/shared/imports/vendor-extras'
import { nameKey } from '@comptoir/shared/vendors/name-key'
import type { Tx } from '../../platform/storage/database.ts'
import { inWords } from './change-words.ts'
import { writableFields, type WritableField } from './known-vendor.ts'
import { keptText, storedValue } from './stored-values.postgres.ts'
import { vendorColumns } from './vendor-columns.ts'

type Key = { readonly portalId: number, readonly importId: string }

const removedAtOnce = 5000

/** Takes away a portion of the import's purchases; the rollups follow by themselves. */
export async function removePurchases(tx: Tx, { portalId, importId }: Key): Promise<number> {
  const { numAffectedRows } = await sql`
    delete from purchases where portal_id = ${portalId} and purchase_id in (
      select purchase_id from purchases where portal_id = ${portalId} and import_id = ${importId} limit ${removedAtOnce})`.execute(tx)
  return Number(numAffectedRows ?? 0)
}

/** Kept up by triggers or jobs, or written by the import itself: no sign that anybody uses the vendor. */
const derivedTables = ['vendor_spend_months', 'vendor_last_purchases', 'vendor_changes', 'alerts', 'notice_outbox', 'reminder_dates', 'scorecard_snapshots', 'vendor_standings']

/** Tables whose rows hang on a vendor, whatever features were added since: what they hold would go with it. */
export async function findVendorUses(tx: Tx): Promise<{ table: string, portal: string, vendor: string }[]> {
  const { rows } = await sql<{ table: string, columns: string[] }>`
    select c.conrelid::regclass::text as "table",
      (select array_agg(a.attname::text order by k.place) from unnest(c.conkey) with ordinality as k(number, place)
        join pg_attribute a on a.attrelid = c.conrelid and a.attnum = k.number) as columns
    from pg_constraint c where c.contype = 'f' and c.confrelid = 'vendors'::regclass
      and c.conrelid::regclass::text <> all(${derivedTables}::text[])`.execute(tx)
  return rows.map(({ table, columns }) => ({ table, portal: columns[0]!, vendor: columns[1]! }))
}

export interface MetVendorRow {
  readonly vendor_id: string
  readonly outcome: 'created' | 'updated'
  readonly version_after: number
  readonly old_values: Record<string, string | number | null>
  readonly new_values: Record<string, string | number | null>
  readonly version: number
  /** What the vendor holds now, by field. */
  readonly values: Record<WritableField, string | number | null>
  /** Somebody other than imports that were undone has written its history. */
  readonly is_touched: boolean
  readonly is_used: boolean
}

const undoneAtOnce = 500

/** The next vendors to take back, locked, with what has happened to them since. Vendors that are gone are skipped for good. */
export async function nextVendors(tx: Tx, { portalId, importId }: Key, outcome: 'created' | 'updated'): Promise<MetVendorRow[]> {
  const uses = await findVendorUses(tx)
  const isUsed = uses.length === 0 ? sql`false` : sql.join(uses.map(({ table, portal, vendor }) =>
    sql`exists (select from ${sql.table(table)} u where ${sql.ref(`u.${portal}`)} = v.portal_id and ${sql.ref(`u.${vendor}`)} = v.vendor_id)`), sql` or `)
  const values = sql.join(writableFields.map(field => sql`${sql.lit(field)}, ${keptText(field, sql.ref(`v.${vendorColumns[field]}`))}`))
  const { rows } = await sql<MetVendorRow>`
    select i.vendor_id, i.outcome, i.version_after, i.old_values, i.new_values, v.version, jsonb_build_object(${values}) as values,
      exists (select from vendor_changes c where c.portal_id = v.portal_id and c.vendor_id = v.vendor_id
        and c.field <> 'purchases' and not (c.origin = 'import' and (c.origin_id = ${importId} or c.origin_id in (
          select o.import_id::text from imports o where o.portal_id = ${portalId} and o.state = 'undone')))) as is_touched,
      (${isUsed}) as is_used
    from import_vendors i join vendors v on v.portal_id = i.portal_id and v.vendor_id = i.vendor_id
    where i.portal_id = ${portalId} and i.import_id = ${importId} and i.outcome = ${outcome} and i.conflict is null
    order by i.vendor_id limit ${undoneAtOnce} for update of v`.execute(tx)
  // The database spells the same attributes in an order of its own.
  return rows.map(row => ({ ...row, values: { ...row.values, attributes: attributesText(attributesOf(row.values.attributes as string | null)) } }))
}

export async function removeVendors(tx: Tx, { portalId, importId }: Key, vendorIds: readonly string[]): Promise<void> {
  if (vendorIds.length === 0)
    return
  await sql`delete from vendors where portal_id = ${portalId} and vendor_id = any(${[...vendorIds]}::uuid[])`.execute(tx)
  await forgetMet(tx, { portalId, importId }, vendorIds)
}

export async function forgetMet(tx: Tx, { portalId, importId }: Key, vendorIds: readonly string[]): Promise<void> {
  if (vendorIds.length > 0)
    await sql`delete from import_vendors where portal_id = ${portalId} and import_id = ${importId} and vendor_id = any(${[...vendorIds]}::uuid[])`.execute(tx)
}

export async function recordConflicts(tx: Tx, { portalId, importId }: Key, conflicts: readonly { vendorId: string, reason: string }[]): Promise<void> {
  for (const { vendorId, reason } of conflicts) {
    await tx.updateTable('import_vendors').set({ conflict: reason })
      .where('portal_id', '=', portalId).where('import_id', '=', importId).where('vendor_id', '=', vendorId).execute()
  }
}

export interface Restoring {
  readonly vendorId: string
  readonly values: Readonly<Partial<Record<WritableField, string | number | null>>>
  readonly from: Readonly<Partial<Record<WritableField, string | number | null>>>
}

/** Writes old values back, with a line of history for each. */
export async function restoreVendor(tx: Tx, { portalId, importId, attributes }: Key & { readonly attributes: readonly ImportAttribute[] }, { vendorId, values, from }: Restoring, userId: number | null): Promise<void> {
  const fields = Object.keys(values) as WritableField[]
  const assignments = fields.map(field => sql`${sql.ref(vendorColumns[field])} = ${storedValue(field, sql`${values[field] ?? null}::${sql.raw(field === 'paymentTermDays' ? 'integer' : 'text')}`)}`)
  const key = typeof values.name === 'string' ? sql`, name_key = ${nameKey(values.name)}` : sql``
  await sql`
    update vendors set ${sql.join(assignments)}${key}, version = version + 1, updated_at = now(), updated_by = ${userId}
    where portal_id = ${portalId} and vendor_id = ${vendorId}`.execute(tx)
  const json = (value: unknown): string | null => value === null || value === undefined ? null : JSON.stringify(value)
  const lines = fields.flatMap(field => inWords({ field, old: from[field] ?? null, new: values[field] ?? null }, attributes))
  if (lines.length === 0)
    return
  await tx.insertInto('vendor_changes').values(lines.map(line => ({
    portal_id: portalId, vendor_id: vendorId, field: line.field, old_value: json(line.old), new_value: json(line.new),
    origin: 'import' as const, origin_id: importId, by_user_id: userId,
  }))).execute()
}

export async function readConflicts(db: Tx, { portalId, importId }: Key): Promise<{ vendorId: string, name: string, reason: string }[]> {
  const rows = await db.selectFrom('import_vendors as i')
    .leftJoin('vendors as v', join => join.onRef('v.portal_id', '=', 'i.portal_id').onRef('v.vendor_id', '=', 'i.vendor_id'))
    .select(['i.vendor_id', 'v.name', 'i.conflict'])
    .where('i.portal_id', '=', portalId).where('i.import_id', '=', importId).where('i.conflict', 'is not', null).orderBy('v.name').limit(1000).execute()
  return rows.map(row => ({ vendorId: row.vendor_id, name: row.name ?? '', reason: row.conflict! }))
}
