import { AppError } from '@comptoir/shared/errors'
import { changedFields, faultsOf, tidyPatch } from '@comptoir/shared/vendors/vendor-edit'
import type { NewVendor, Vendor, VendorFields, VendorPatch } from '@comptoir/shared/vendors/vendor-fields'
import { canMove, needsReason, type VendorStatus } from '@comptoir/shared/vendors/vendor-status'

/** What a decision about a vendor changes; each entry becomes one line of its history. */
export interface VendorChanges {
  readonly fields?: VendorPatch
  readonly status?: VendorStatus
  readonly companyId?: number | null
  readonly reason?: string | null
}

/** Only what really differs, tidied and with valid identifiers. */
export function editVendor(vendor: Vendor, patch: VendorPatch): VendorChanges {
  const tidy = validFields(patch, vendor)
  const changed = changedFields(vendor, tidy)
  return { fields: Object.fromEntries(changed.map(field => [field, tidy[field]])) }
}

export function moveVendor(vendor: Vendor, to: VendorStatus, reason: string | null): VendorChanges {
  const given = reason?.trim() || null
  if (!canMove(vendor.status, to))
    throw new AppError('vendor.illegal_move', { details: { from: vendor.status, to } })
  if (needsReason(vendor.status, to) && !given)
    throw new AppError('vendor.reason_required', { details: { from: vendor.status, to } })
  return { status: to, reason: given }
}

export const undoWithinMs = 10 * 60_000

/** A change of status as the history keeps it. */
export interface StatusChange {
  readonly from: VendorStatus | null
  readonly to: VendorStatus
  readonly byUserId: number | null
  readonly at: Date
}

/** One may take back one's own last change for a few minutes, also where no ordinary move leads back. */
export function undoMove(vendor: Vendor, last: StatusChange | null, viewer: { readonly userId: number }, now: Date): VendorChanges {
  const isOwn = last !== null && last.byUserId === viewer.userId && last.to === vendor.status
  if (!isOwn || last.from === null || now.getTime() - last.at.getTime() > undoWithinMs)
    throw new AppError('vendor.undo_expired')
  return { status: last.from, reason: 'undo' }
}

/** All fields of a vendor that is typed in, the unsaid ones null. */
export function newVendorFields(input: NewVendor): VendorFields {
  const { companyId: _companyId, status: _status, ...typed } = input
  return { ...emptyFields, ...validFields(typed, {}), name: input.name.trim() }
}

const emptyFields = {
  code: null, siren: null, siret: null, vatNumber: null, iban: null, bic: null, email: null, phone: null, website: null,
  address: null, postalCode: null, city: null, country: null, category: null, paymentTermDays: null, notes: null,
}

function validFields(patch: VendorPatch, known: Partial<VendorFields>): VendorPatch {
  const tidy = tidyPatch(patch)
  const changed = changedFields(known, tidy)
  // An identifier that came in wrong by an import may stay until somebody touches it.
  const [first, ...more] = faultsOf(Object.fromEntries(changed.map(field => [field, tidy[field]])), known)
  if (first)
    throw new AppError('vendor.identifier_invalid', { details: { field: first.field, reason: first.reason, ...first.details, faults: [first, ...more] } })
  return tidy
}
