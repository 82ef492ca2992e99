import { sql, type Selectable } from 'kysely'
import type { IncomingVendor } from '@comptoir/shared/imports/row-context'
import { sirenOf } from '@comptoir/shared/imports/vendor-identity'
import { attributesText, joinWords } from '@comptoir/shared/imports/vendor-extras'
import { frenchVatKey } from '@comptoir/shared/vendors/identifiers'
import { nameKey } from '@comptoir/shared/vendors/name-key'
import type { Database, Tx } from '../../platform/storage/database.ts'
import type { VendorTables } from '../../platform/storage/tables/vendors.ts'
import { identityOfValues, writableFields, type KnownVendor, type VendorValues, type WritableField } from './known-vendor.ts'
import { vendorColumns } from './vendor-columns.ts'

type VendorRow = Selectable<VendorTables['vendors']>

function valueOf(row: VendorRow, field: WritableField): string | number | null {
  if (field === 'attributes')
    return attributesText(row.attributes as Parameters<typeof attributesText>[0])
  return field === 'tags' || field === 'supplies' ? joinWords(row[field]) : row[vendorColumns[field]] as string | number | null
}

export const toKnownVendor = (row: VendorRow, options: { readonly mergeSameKey?: boolean }): KnownVendor => {
  const values = Object.fromEntries(writableFields.map(field => [field, valueOf(row, field)])) as VendorValues
  return { vendorId: row.vendor_id, version: row.version, identity: identityOfValues(values, options), values }
}

interface Wanted {
  readonly nameKeys: readonly string[]
  readonly sirens: readonly string[]
  readonly vatNumbers: readonly string[]
  readonly codes: readonly string[]
  readonly ibans: readonly string[]
  readonly vendorIds: readonly string[]
}

function wantedBy(vendors: readonly IncomingVendor[], vendorIds: readonly string[], extraNames: readonly string[]): Wanted {
  const distinct = (values: readonly (string | null)[]): string[] => [...new Set(values.filter(value => value !== null))]
  const sirens = distinct(vendors.map(sirenOf))
  return {
    nameKeys: distinct([...vendors.map(({ name }) => name), ...extraNames]).map(nameKey),
    sirens,
    vatNumbers: distinct([...vendors.map(({ vatNumber }) => vatNumber), ...sirens.map(siren => `FR${frenchVatKey(siren)}${siren}`)]),
    codes: distinct(vendors.map(({ code }) => code)),
    ibans: distinct(vendors.map(({ iban }) => iban)),
    vendorIds: [...new Set(vendorIds)],
  }
}

/** Every vendor of the portal that shares a key with one of these, oldest first. One index look-up per key. */
export async function findKnownVendors(
  db: Database | Tx, portalId: number, vendors: readonly IncomingVendor[],
  { options, vendorIds = [], names = [] }: { options: { readonly mergeSameKey?: boolean }, vendorIds?: readonly string[], names?: readonly string[] },
): Promise<KnownVendor[]> {
  const wanted = wantedBy(vendors, vendorIds, names)
  const among = (column: 'name_key' | 'siren' | 'vat_number' | 'code' | 'iban', values: readonly string[]) => values.length === 0
    ? sql`select null::uuid where false`
    : sql`select vendor_id from vendors where portal_id = ${portalId} and ${sql.ref(column)} = any(${values}::text[])`
  const { rows } = await sql<VendorRow>`
    select v.* from vendors v where v.portal_id = ${portalId} and v.vendor_id in (
      ${among('name_key', wanted.nameKeys)} union ${among('siren', wanted.sirens)} union ${among('vat_number', wanted.vatNumbers)}
      union ${among('code', wanted.codes)} union ${among('iban', wanted.ibans)}
      union select unnest(${wanted.vendorIds}::uuid[])
      union select vendor_id from vendors where portal_id = ${portalId} and siret is not null and left(siret, 9) = any(${wanted.sirens}::text[])
    ) order by v.created_at, v.vendor_id`.execute(db)
  return rows.map(row => toKnownVendor(row, options))
}
