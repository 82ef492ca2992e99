import { checkBic, checkIban, checkSiren, checkSiret, checkVatNumber, type IdentifierCheck } from '../vendors/identifiers.ts'
import type { VendorField } from './fields.ts'
import { cellOf, report, type IncomingVendor, type RowContext, type RowIssueCode } from './row-context.ts'
import { emailShape } from './sniff.ts'

const maxNameLength = 255

function readName(context: RowContext): string | null {
  const name = cellOf(context, 'vendorName')
  if (name.length > maxNameLength)
    report(context, 'vendor.name_too_long', 'error', 'vendorName', { expected: maxNameLength, found: name.length })
  return name || null
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

function readShaped(context: RowContext, field: VendorField, code: RowIssueCode, shape: RegExp): string | null {
  const text = cellOf(context, field)
  if (text === '' || shape.test(text))
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
  const optional = (field: VendorField): string | null => cellOf(context, field).slice(0, 1000) || null
  const vendor: IncomingVendor = {
    name: readName(context),
    code: cellOf(context, 'vendorCode').slice(0, 100) || null,
    siren: readChecked(context, 'siren', 'siren.invalid', checkSiren),
    siret: readChecked(context, 'siret', 'siret.invalid', checkSiret),
    vatNumber: readChecked(context, 'vatNumber', 'vat.invalid', checkVatNumber),
    iban: readChecked(context, 'iban', 'iban.invalid', checkIban),
    bic: readChecked(context, 'bic', 'bic.invalid', checkBic),
    email: readShaped(context, 'email', 'email.invalid', emailShape),
    phone: optional('phone'),
    website: readShaped(context, 'website', 'website.invalid', /^\S+\.\S{2,}$/),
    address: optional('address'),
    postalCode: optional('postalCode'),
    city: optional('city'),
    country: optional('country'),
    // In a list of vendors, a plain "category" is the vendor's; beside an amount it is the purchase's.
    category: optional('vendorCategory') ?? (context.plan.kind === 'vendors' ? cellOf(context, 'category').slice(0, 1000) || null : null),
    paymentTermDays: readPaymentTerm(context),
    notes: optional('notes'),
  }
  if (vendor.name ?? vendor.code ?? vendor.siren ?? vendor.siret ?? vendor.vatNumber)
    return vendor
  report(context, 'vendor.missing', 'error', 'vendorName')
  return null
}
