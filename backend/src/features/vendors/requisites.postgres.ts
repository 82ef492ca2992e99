import type { FoundRequisites } from '@comptoir/shared/vendors/requisites.contract'
import type { Database } from '../../platform/storage/database.ts'
import { matches, startsWith } from './vendor-search.postgres.ts'
import { visibleVendors, type Onlooker } from './visible-vendors.postgres.ts'

const shownLimit = 10

/** By name, SIREN, SIRET or VAT number; bank accounts by IBAN and BIC as well, once approved and where the viewer may read them. */
export async function searchRequisites(
  db: Database, onlooker: Onlooker, { search, of }: { readonly search: string, readonly of: 'company' | 'bank' },
): Promise<FoundRequisites[]> {
  const account = startsWith(search.replace(/\s/g, '').toUpperCase())
  const isBank = of === 'bank'
  const rows = await visibleVendors(db, onlooker, isBank ? { group: 'bank' } : {})
    .select(['vendor_id', 'name', 'phone', 'email', 'website', 'siren', 'siret', 'vat_number', 'iban', 'bic', 'account_holder'])
    .where('vendors.status', '!=', 'terminated')
    .where(eb => isBank
      ? eb.and([
          eb('vendors.iban_approved_at', 'is not', null),
          eb('vendors.iban', 'is not', null),
          eb.or([matches(eb, search), eb('vendors.iban', 'like', account), eb('vendors.bic', 'like', account)]),
        ])
      : matches(eb, search))
    .orderBy('vendors.name_key').orderBy('vendors.vendor_id').limit(shownLimit).execute()
  return rows.map(row => ({
    vendorId: row.vendor_id,
    name: row.name,
    phone: row.phone,
    email: row.email,
    website: row.website,
    siren: row.siren,
    siret: row.siret,
    vatNumber: row.vat_number,
    iban: isBank ? row.iban : null,
    bic: isBank ? row.bic : null,
    accountHolder: isBank ? row.account_holder : null,
  }))
}
