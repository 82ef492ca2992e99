import type { IncomingVendor } from '@comptoir/shared/imports/row-context'
import { attributesOf, attributesText } from '@comptoir/shared/imports/vendor-extras'
import { identityOf, sirenOf, type VendorIdentity } from '@comptoir/shared/imports/vendor-identity'

/** Fields of a vendor that an import may write, as they are called everywhere outside the database. */
export const writableFields = [
  'name', 'code', 'siren', 'siret', 'vatNumber', 'iban', 'bic', 'email', 'phone', 'website',
  'address', 'postalCode', 'city', 'country', 'category', 'paymentTermDays', 'notes', 'tags', 'supplies', 'attributes',
] as const satisfies readonly (keyof IncomingVendor)[]
export type WritableField = (typeof writableFields)[number]
export type VendorValues = Readonly<Record<WritableField, string | number | null>>

/** A vendor as it stands, or as the batch at hand is about to create it. */
export interface KnownVendor {
  readonly vendorId: string
  /** Null while it is not written yet. */
  readonly version: number | null
  readonly identity: VendorIdentity
  values: VendorValues
}

/** The SIREN inside a SIRET or a French VAT number is worth keeping by itself. */
export const valuesOf = (vendor: IncomingVendor): VendorValues => ({ ...vendor, siren: sirenOf(vendor), attributes: attributesText(attributesOf(vendor.attributes)) })

export const identityOfValues = (values: VendorValues, options: { readonly mergeSameKey?: boolean }): VendorIdentity =>
  identityOf(values as unknown as IncomingVendor, options)
