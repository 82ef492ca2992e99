import type { WritableField } from './known-vendor.ts'

/** Where the fields of a vendor are stored. */
export const vendorColumns = {
  name: 'name', code: 'code', siren: 'siren', siret: 'siret', vatNumber: 'vat_number', iban: 'iban', bic: 'bic',
  email: 'email', phone: 'phone', website: 'website', address: 'address', postalCode: 'postal_code', city: 'city',
  country: 'country', category: 'category', paymentTermDays: 'payment_term_days', notes: 'notes', tags: 'tags', supplies: 'supplies', attributes: 'attributes',
} as const satisfies Record<WritableField, string>
