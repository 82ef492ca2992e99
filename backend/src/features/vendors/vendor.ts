import { satisfies } from '@comptoir/shared/access/rights'
import { AppError } from '@comptoir/shared/errors'
import { isReasonRequired, missingFor, needsApprover, needsTwo, type LifeFacts, type LifeRules } from '@comptoir/shared/vendors/life-cycle'
import { changedFields, faultsOf, tidyPatch } from '@comptoir/shared/vendors/vendor-edit'
import type { NewVendor, Vendor, VendorFields, VendorPatch } from '@comptoir/shared/vendors/vendor-fields'
import { canMove, type VendorStatus } from '@comptoir/shared/vendors/vendor-status'

/** What a decision about a vendor changes; each entry becomes one line of its history. */
export interface VendorChanges {
  readonly fields?: VendorPatch
  readonly status?: VendorStatus
  /** The change of status waits for a second person. */
  readonly isStatusProposed?: boolean
  readonly companyId?: number | null
  readonly reason?: string | null
}

/** Only what really differs, tidied and with valid identifiers. */
export function editVendor(vendor: Vendor, patch: VendorPatch): VendorChanges {
  const tidy = validFields(patch, vendor)
  const changed = changedFields(vendor, tidy)
  // The paper of the old account proves nothing about the new one.
  const outdated = changed.includes('iban') && !changed.includes('bankProof') && vendor.bankProof !== null ? { bankProof: null } : {}
  return { fields: { ...Object.fromEntries(changed.map(field => [field, tidy[field]])), ...outdated } }
}

/** What is known of a vendor's relationship when it is to be moved, and what the portal asks for. */
export interface LifeStanding { readonly facts: LifeFacts, readonly rules: LifeRules }

export function moveVendor(vendor: Vendor, to: VendorStatus, reason: string | null, standing: LifeStanding | null): VendorChanges {
  const given = reason?.trim() || null
  if (!canMove(vendor.status, to))
    throw new AppError('vendor.illegal_move', { details: { from: vendor.status, to } })
  const isStatusProposed = standing !== null && needsTwo(to, standing.rules)
  if (needsApprover(to) && !isStatusProposed && !satisfies(vendor.rights, { role: 'approver' }))
    throw new AppError('vendor.forbidden', { details: { vendorId: vendor.vendorId, role: 'approver' } })
  const missing = standing ? missingFor(vendor.status, to, standing.facts, standing.rules) : []
  if (isReasonRequired(vendor.status, to, missing) && !given)
    throw new AppError('vendor.reason_required', { details: { from: vendor.status, to, missing } })
  return { status: to, reason: given, ...isStatusProposed && { isStatusProposed } }
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
  code: null, siren: null, siret: null, vatNumber: null, iban: null, bic: null, accountHolder: null, bankProof: null, email: null, phone: null, website: null,
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
