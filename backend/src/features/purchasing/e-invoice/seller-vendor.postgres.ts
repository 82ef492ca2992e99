import { sql } from 'kysely'
import type { EInvoice } from '@comptoir/shared/purchasing/e-invoice'
import type { FoundVendor } from '@comptoir/shared/purchasing/e-invoice.contract'
import { visibleVendors } from '../../../platform/access/vendor-gate.postgres.ts'
import type { Database } from '../../../platform/storage/database.ts'
import type { Asker } from '../document-access.postgres.ts'

/** The vendor by the seller's own numbers, the strongest first. Two vendors with one number name nobody. */
export async function findSeller(db: Database, asker: Asker, { seller, payment }: Pick<EInvoice, 'seller' | 'payment'>): Promise<FoundVendor | null> {
  const plain = (column: string) => sql<string>`upper(regexp_replace(${sql.ref(column)}, '\\s', '', 'g'))`
  const clues = [
    // Establishments of one company share its SIREN.
    { by: 'siren', value: seller.siret, fits: sql<boolean>`${plain('vendors.siret')} = ${seller.siret}` },
    { by: 'siren', value: seller.siren, fits: sql<boolean>`(vendors.siren = ${seller.siren} or left(vendors.siret, 9) = ${seller.siren} or ${plain('vendors.vat_number')} like 'FR__' || ${seller.siren}::text)` },
    { by: 'vat', value: seller.vatNumber, fits: sql<boolean>`${plain('vendors.vat_number')} = ${seller.vatNumber}` },
    { by: 'iban', value: payment.iban, fits: sql<boolean>`${plain('vendors.iban')} = ${payment.iban}` },
  ] as const
  for (const { by, value, fits } of clues) {
    if (value === null)
      continue
    const found = await visibleVendors(db, asker).select(['vendors.vendor_id', 'vendors.name']).where(fits).limit(2).execute()
    if (found.length === 1)
      return { vendorId: found[0]!.vendor_id, name: found[0]!.name, by }
  }
  return null
}
