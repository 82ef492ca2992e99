/** What a column can mean. Vendor fields describe the supplier, the others the line that names it. */
export const vendorFields = [
  'vendorName', 'vendorCode', 'siren', 'siret', 'vatNumber', 'iban', 'bic', 'email', 'phone', 'website',
  'address', 'postalCode', 'city', 'country', 'vendorCategory', 'paymentTerm', 'tags', 'supplies', 'notes',
] as const
export const purchaseFields = [
  'date', 'amount', 'debit', 'credit', 'side', 'currency', 'reference', 'label', 'category', 'department', 'account', 'journal',
] as const
export const importFields = [...vendorFields, ...purchaseFields] as const

export type VendorField = (typeof vendorFields)[number]
export type PurchaseField = (typeof purchaseFields)[number]
export type StandardField = (typeof importFields)[number]
/** One of the portal's own attributes, by its id. */
export type AttributeField = `attribute:${string}`
export type ImportField = StandardField | AttributeField

export const attributeField = (attributeId: string): AttributeField => `attribute:${attributeId}`
export const isAttributeField = (field: string): field is AttributeField => field.startsWith('attribute:')

/** Column of each field, counted from 0; a field that no column feeds is absent. */
export type ColumnMapping = Readonly<Partial<Record<ImportField, number>>>

export type ImportKind = 'vendors' | 'purchases'

/** Lines with money are purchases that name their vendor; without money the file is a list of vendors. */
export const kindOf = (mapping: ColumnMapping): ImportKind =>
  mapping.amount !== undefined || mapping.debit !== undefined || mapping.credit !== undefined ? 'purchases' : 'vendors'

/** What can tell two vendors apart, strongest first in a plan's key order. */
export const vendorKeys = ['siren', 'vatNumber', 'iban', 'code', 'name'] as const
export type VendorKey = (typeof vendorKeys)[number]
