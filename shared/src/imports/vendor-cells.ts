import { checkBic, checkIban, checkSiren, checkSiret, checkVatNumber, type IdentifierCheck } from '../vendors/identifiers.ts'
import type { VendorField } from './fields.ts'
import { cellOf, report, type IncomingVendor, type RowContext, type RowIssueCode } from './row-context.ts'
import { emailShape } from './sniff.ts'
import { readAttributes, readWords } from './vendor-extras.ts'

/** What a vendor's fields can hold. */
const limits = {
  vendorName: 200, vendorCode: 60, phone: 60, website: 300, address: 500, postalCode: 20, city: 120, country: 60, vendorCategory: 120, category: 120, notes: 5000, email: 254,
} as const
type LimitedField = keyof typeof limits

function readName(context: RowContext): string | null {
  const name = cellOf(context, 'vendorName')
  if (name.length > limits.vendorName)
    report(context, 'vendor.name_too_long', 'error', 'vendorName', { expected: limits.vendorName, found: name.length })
  return name || null
}

function readText(context: RowContext, field: LimitedField): string | null {
  const text = cellOf(context, field)
  if (text.length <= limits[field])
    return text || null
  report(context, 'text.cut', 'warning', field, { expected: limits[field], found: text.length })
  return text.slice(0, limits[field]).toWellFormed()
}

/** A wrong identifier is left out and reported; it does not cost the row. */
function readChecked(context: RowContext, field: VendorField, code: RowIssueCode, check: (text: string) => IdentifierCheck): string | null {
  const text = cellOf(context, field)
  if (text === '')
    return null
  const result = check(text)
  if (result.ok)
    return result.value
  report(context, code, 'warning', field, { reason: result.reason, ...result.details })
  return null
}

function readShaped(context: RowContext, field: 'email' | 'website', code: RowIssueCode, shape: RegExp): string | null {
  const text = cellOf(context, field)
  if (text === '' || (text.length <= limits[field] && shape.test(text)))
    return text || null
  report(context, code, 'warning', field)
  return null
}

const immediate = /^(?:comptant|imm[ée]diat|[àa] r[ée]ception|cash|due on receipt|immediate|sofort)/i

function readPaymentTerm(context: RowContext): number | null {
  const text = cellOf(context, 'paymentTerm')
  if (text === '')
    return null
  const days = immediate.test(text) ? 0 : Number(/\d{1,3}/.exec(text)?.[0] ?? Number.NaN)
  if (Number.isInteger(days) && days <= 365)
    return days
  report(context, 'payment_term.unreadable', 'warning', 'paymentTerm')
  return null
}

export function readVendor(context: RowContext): IncomingVendor | null {
  const attributes = readAttributes(context)
  const vendor: IncomingVendor = {
    name: readName(context),
    code: readText(context, 'vendorCode'),
    siren: readChecked(context, 'siren', 'siren.invalid', checkSiren),
    siret: readChecked(context, 'siret', 'siret.invalid', checkSiret),
    vatNumber: readChecked(context, 'vatNumber', 'vat.invalid', checkVatNumber),
    iban: readChecked(context, 'iban', 'iban.invalid', checkIban),
    bic: readChecked(context, 'bic', 'bic.invalid', checkBic),
    email: readShaped(context, 'email', 'email.invalid', emailShape),
    phone: readText(context, 'phone'),
    website: readShaped(context, 'website', 'website.invalid', /^\S+\.\S{2,}$/),
    address: readText(context, 'address'),
    postalCode: readText(context, 'postalCode'),
    city: readText(context, 'city'),
    country: readText(context, 'country'),
    // In a list of vendors, a plain "category" is the vendor's; beside an amount it is the purchase's.
    category: readText(context, 'vendorCategory') ?? (context.plan.kind === 'vendors' ? readText(context, 'category') : null),
    paymentTermDays: readPaymentTerm(context),
    notes: readText(context, 'notes'),
    tags: readWords(context, 'tags'),
    supplies: readWords(context, 'supplies'),
    attributes: attributes && JSON.stringify(attributes),
  }
  if (vendor.name ?? vendor.code ?? vendor.siren ?? vendor.siret ?? vendor.vatNumber)
    return vendor
  report(context, 'vendor.missing', 'error', 'vendorName')
  return null
}
