import type { Selectable } from 'kysely'
import { maskBic, maskIban, maskText } from '@comptoir/shared/access/masks'
import { satisfies, type VendorRights } from '@comptoir/shared/access/rights'
import type { Money } from '@comptoir/shared/money'
import type { Person, Vendor } from '@comptoir/shared/vendors/vendor-fields'
import type { Database } from '../../platform/storage/database.ts'
import type { VendorTables } from '../../platform/storage/tables/vendors.ts'

export type VendorRecord = Selectable<VendorTables['vendors']>

/** The columns of the fields people type, in the contract's spelling. */
export const columnOf = {
  name: 'name',
  code: 'code',
  siren: 'siren',
  siret: 'siret',
  vatNumber: 'vat_number',
  iban: 'iban',
  bic: 'bic',
  accountHolder: 'account_holder',
  bankProof: 'bank_proof',
  email: 'email',
  phone: 'phone',
  website: 'website',
  address: 'address',
  postalCode: 'postal_code',
  city: 'city',
  country: 'country',
  category: 'category',
  paymentTermDays: 'payment_term_days',
  notes: 'notes',
} as const

export interface Presented {
  readonly updatedBy: Person | null
  readonly rights: VendorRights
  readonly pendingFields: string[]
}

/** As stored, for rules to decide on; `maskVendor` makes it what the viewer may read. */
export const toVendor = (row: VendorRecord, { updatedBy, rights, pendingFields }: Presented): Vendor => ({
  vendorId: row.vendor_id,
  companyId: row.company_id,
  status: row.status,
  name: row.name,
  code: row.code,
  siren: row.siren,
  siret: row.siret,
  vatNumber: row.vat_number,
  iban: row.iban,
  bic: row.bic,
  accountHolder: row.account_holder,
  bankProof: row.bank_proof,
  email: row.email,
  phone: row.phone,
  website: row.website,
  address: row.address,
  postalCode: row.postal_code,
  city: row.city,
  country: row.country,
  category: row.category,
  paymentTermDays: row.payment_term_days,
  notes: row.notes,
  isIbanApproved: row.iban_approved_at !== null,
  pendingFields,
  rights: { role: rights.role, groups: [...rights.groups], roleOf: rights.roleOf },
  version: row.version,
  createdAt: row.created_at.toISOString(),
  updatedAt: row.updated_at.toISOString(),
  updatedBy,
})

export const maskVendor = (vendor: Vendor): Vendor => satisfies(vendor.rights, { group: 'bank' })
  ? vendor
  : { ...vendor, iban: maskIban(vendor.iban), bic: maskBic(vendor.bic), accountHolder: maskText(vendor.accountHolder), bankProof: maskText(vendor.bankProof) }

export const moneyOf = (minor: number | null, currency: string): Money | null =>
  minor === null ? null : { minor, currency }

/** Names of the portal's people by id; somebody the mirror has not read has no entry. */
export async function findPeople(db: Database, portalId: number, userIds: readonly (number | null)[]): Promise<ReadonlyMap<number, Person>> {
  const wanted = [...new Set(userIds.filter(userId => userId !== null))]
  if (wanted.length === 0)
    return new Map()
  const rows = await db.selectFrom('crm_users').select(['user_id', 'name', 'last_name'])
    .where('portal_id', '=', portalId).where('user_id', 'in', wanted).execute()
  return new Map(rows.map(row => [row.user_id, { userId: row.user_id, name: `${row.name} ${row.last_name}`.trim() }]))
}

export const personOf = (people: ReadonlyMap<number, Person>, userId: number | null): Person | null =>
  userId === null ? null : people.get(userId) ?? null
