import { sql } from 'kysely'
import { keyHash, type KeyTable } from '@comptoir/shared/imports/key-table'
import type { ImportAttribute } from '@comptoir/shared/imports/vendor-extras'
import { nameKey } from '@comptoir/shared/vendors/name-key'
import { proposeChange } from '../../platform/access/proposals.postgres.ts'
import type { Tx } from '../../platform/storage/database.ts'
import type { CompanyLinks } from './company-links.ts'
import type { BankOffer, SettledBatch, SettledRow } from './import-batch.ts'
import { inWords } from './change-words.ts'
import { writableFields, type KnownVendor, type WritableField } from './known-vendor.ts'
import { proposeLegalChanges, type Update } from './legal-offers.postgres.ts'
import { storedValue } from './stored-values.postgres.ts'
import { vendorColumns } from './vendor-columns.ts'

export interface WriteContext {
  readonly portalId: number
  readonly importId: string
  readonly userId: number | null
  /** Vendors that we are seen to pay are active; a plain list brings prospects. */
  readonly newStatus: 'active' | 'prospect'
  readonly companies: CompanyLinks
  readonly attributes: readonly ImportAttribute[]
  /** Vendors whose line this run has written already, by hash: meeting them again unchanged adds nothing. */
  readonly met: KeyTable
}

const columnList = sql.join(writableFields.map(field => sql.ref(vendorColumns[field])))
const storedList = sql.join(writableFields.map(field => storedValue(field, sql.ref(`r.${vendorColumns[field]}`))))
const recordShape = sql.raw(`vendor_id uuid, company_id integer, name_key text, ${writableFields
  .map(field => `${vendorColumns[field]} ${field === 'paymentTermDays' ? 'integer' : 'text'}`).join(', ')}`)

const storedVendor = ({ vendorId, values }: KnownVendor, companyId: number | null): Record<string, unknown> => ({
  vendor_id: vendorId,
  company_id: companyId,
  name_key: nameKey(String(values.name)),
  ...Object.fromEntries(writableFields.map(field => [vendorColumns[field], values[field]])),
})

async function insertVendors(tx: Tx, created: readonly KnownVendor[], context: WriteContext): Promise<ReadonlyMap<string, number>> {
  if (created.length === 0)
    return new Map()
  const links = await context.companies(tx, created)
  const records = created.map(vendor => storedVendor(vendor, links.get(vendor.vendorId) ?? null))
  await sql`
    insert into vendors (portal_id, vendor_id, company_id, name_key, ${columnList}, status, import_id, created_by, updated_by, iban_set_by)
    select ${context.portalId}, vendor_id, company_id, name_key, ${storedList}, ${context.newStatus}, ${context.importId}, ${context.userId}, ${context.userId}, ${context.userId}
    from jsonb_to_recordset(${JSON.stringify(records)}::jsonb) as r(${recordShape})`.execute(tx)
  return links
}

/** The last word of the batch on each vendor, and what it was before. */
function collectUpdates(rows: readonly SettledRow[]): Map<string, Update> {
  const updates = new Map<string, Update>()
  for (const { vendor, changes } of rows) {
    if (vendor.version === null || changes.length === 0)
      continue
    const update = updates.get(vendor.vendorId) ?? { vendor, old: new Map() }
    for (const { field, old } of changes) {
      if (!update.old.has(field))
        update.old.set(field, old)
    }
    updates.set(vendor.vendorId, update)
  }
  return updates
}

async function updateVendors(tx: Tx, vendors: readonly KnownVendor[], context: WriteContext): Promise<Map<string, number>> {
  if (vendors.length === 0)
    return new Map()
  const assignments = sql.join(writableFields.map(field => sql`${sql.ref(vendorColumns[field])} = ${storedValue(field, sql.ref(`r.${vendorColumns[field]}`))}`))
  const { rows } = await sql<{ vendor_id: string, version: number }>`
    update vendors v set ${assignments}, iban_set_by = case when v.iban is distinct from r.iban then ${context.userId} else v.iban_set_by end, name_key = r.name_key, version = v.version + 1, updated_at = now(), updated_by = ${context.userId}
    from jsonb_to_recordset(${JSON.stringify(vendors.map(vendor => storedVendor(vendor, null)))}::jsonb) as r(${recordShape})
    where v.portal_id = ${context.portalId} and v.vendor_id = r.vendor_id
    returning v.vendor_id, v.version`.execute(tx)
  return new Map(rows.map(row => [row.vendor_id, row.version]))
}

interface MetVendor {
  readonly vendor_id: string
  readonly outcome: 'created' | 'updated' | 'unchanged'
  readonly version_after: number
  readonly old_values: Record<string, unknown>
  readonly new_values: Record<string, unknown>
}

/** One line per vendor of the import. Of several batches, the first old value and the last new one count. */
async function recordMet(tx: Tx, met: readonly MetVendor[], { portalId, importId }: WriteContext): Promise<void> {
  if (met.length === 0)
    return
  await sql`
    insert into import_vendors as i (portal_id, import_id, vendor_id, outcome, version_after, old_values, new_values)
    select ${portalId}, ${importId}, vendor_id, outcome, version_after, old_values, new_values
    from jsonb_to_recordset(${JSON.stringify(met)}::jsonb) as r(vendor_id uuid, outcome text, version_after integer, old_values jsonb, new_values jsonb)
    on conflict (portal_id, import_id, vendor_id) do update set
      outcome = case when i.outcome = 'unchanged' then excluded.outcome else i.outcome end,
      version_after = case when excluded.outcome = 'unchanged' then i.version_after else excluded.version_after end,
      old_values = excluded.old_values || i.old_values,
      new_values = i.new_values || excluded.new_values`.execute(tx)
}

async function recordHistory(tx: Tx, lines: readonly { vendor_id: string, field: string, old_value: unknown, new_value: unknown }[], context: WriteContext): Promise<void> {
  if (lines.length === 0)
    return
  await sql`
    insert into vendor_changes (portal_id, vendor_id, field, old_value, new_value, origin, origin_id, by_user_id)
    select ${context.portalId}, vendor_id, field, nullif(old_value, 'null'::jsonb), nullif(new_value, 'null'::jsonb), 'import', ${context.importId}, ${context.userId}
    from jsonb_to_recordset(${JSON.stringify(lines)}::jsonb) as r(vendor_id uuid, field text, old_value jsonb, new_value jsonb)`.execute(tx)
}

/** Bank details on file are never replaced by a file: what differs waits for a second person. */
async function proposeBankDetails(tx: Tx, offers: readonly BankOffer[], { portalId, importId, userId }: WriteContext): Promise<void> {
  for (const { vendorId, from, to } of offers) {
    const fields = (['iban', 'bic'] as const).filter(field => from[field] !== to[field])
    await proposeChange(tx, {
      portalId, vendorId, kind: 'bank', origin: 'import', originId: importId, authorId: userId, now: new Date(),
      changes: Object.fromEntries(fields.map(field => [field, { from: from[field], to: to[field] }])),
    })
  }
}

/** Creates and changes the vendors of a batch, with their history and what an undo will need. */
export async function writeVendors(tx: Tx, batch: SettledBatch, context: WriteContext): Promise<void> {
  const links = await insertVendors(tx, batch.created, context)
  const updates = collectUpdates(batch.rows)
  await proposeLegalChanges(tx, updates, context)
  const versions = await updateVendors(tx, [...updates.values()].map(({ vendor }) => vendor), context)
  const met = new Map<string, MetVendor>()
  for (const { vendor } of batch.rows) {
    const update = updates.get(vendor.vendorId)
    const old = Object.fromEntries(update?.old ?? [])
    met.set(vendor.vendorId, {
      vendor_id: vendor.vendorId,
      outcome: vendor.version === null ? 'created' : update ? 'updated' : 'unchanged',
      version_after: versions.get(vendor.vendorId) ?? vendor.version ?? 1,
      old_values: old,
      new_values: Object.fromEntries(Object.keys(old).map(field => [field, vendor.values[field as keyof typeof vendor.values]])),
    })
  }
  const news = [...met.values()].filter(({ vendor_id: id, outcome }) => outcome !== 'unchanged' || context.met.get(keyHash(id)) === undefined)
  for (const { vendor_id: id } of news)
    context.met.set(keyHash(id), 1)
  await recordMet(tx, news, context)
  await proposeBankDetails(tx, batch.bankOffers, context)
  await recordHistory(tx, [
    ...batch.created.map(({ vendorId, values }) => ({
      vendor_id: vendorId, field: 'vendor', old_value: null, new_value: { name: values.name, status: context.newStatus, companyId: links.get(vendorId) ?? null },
    })),
    ...[...updates.values()].flatMap(({ vendor, old }) => [...old].flatMap(([field, value]) =>
      inWords({ field: field as WritableField, old: value, new: vendor.values[field as WritableField] }, context.attributes)
        .map(change => ({ vendor_id: vendor.vendorId, field: change.field, old_value: change.old, new_value: change.new })))),
  ], context)
}
