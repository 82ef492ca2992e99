import type { VendorField, VendorPatch } from '../vendors/vendor-fields.ts'
import type { VendorStatus } from '../vendors/vendor-status.ts'

export const bankFields = ['iban', 'bic', 'accountHolder', 'bankProof'] as const satisfies readonly VendorField[]
export const legalFields = ['name', 'siren', 'siret', 'vatNumber', 'address', 'postalCode', 'city', 'country'] as const satisfies readonly VendorField[]

export const proposalKinds = ['bank', 'legal', 'status'] as const
export type ProposalKind = (typeof proposalKinds)[number]

/** Which changes wait for a second person. Without one, an approver's own word is enough. */
export const twoPersonRules = ['bank_and_legal', 'bank', 'off'] as const
export type TwoPersonRule = (typeof twoPersonRules)[number]
export const usualTwoPersonRule: TwoPersonRule = 'bank_and_legal'

export interface ProtectedVendor {
  readonly status: VendorStatus
  readonly isIbanApproved: boolean
  readonly values: Readonly<Partial<Record<VendorField, string | number | null>>>
}

export interface SplitChange {
  /** Written at once. */
  readonly direct: VendorPatch
  /** Proposed; what is on file stays in use. */
  readonly proposed: Readonly<Partial<Record<ProposalKind, VendorPatch>>>
  /** The direct change of the IBAN needs nobody else's word. */
  readonly isIbanApproved: boolean
}

/**
 * Bank details of a vendor that is paid, or was approved for it, never change at one person's word; nor do the name and
 * the legal identity it is known by. Completing what was empty is no change of identity.
 */
export function splitChange(vendor: ProtectedVendor, patch: VendorPatch, { rule, mayApproveBank }: { rule: TwoPersonRule, mayApproveBank: boolean }): SplitChange {
  const inUse = vendor.status === 'active' || vendor.status === 'suspended'
  const isOwnWordEnough = rule === 'off' && mayApproveBank
  const kindOf = (field: VendorField): ProposalKind | null => {
    if (isOf(bankFields, field))
      return (inUse || vendor.isIbanApproved) && !isOwnWordEnough ? 'bank' : null
    const isKnown = (vendor.values[field] ?? null) !== null
    return isOf(legalFields, field) && inUse && isKnown && rule === 'bank_and_legal' ? 'legal' : null
  }
  const direct: Record<string, unknown> = {}
  const proposed: Partial<Record<ProposalKind, Record<string, unknown>>> = {}
  for (const [field, value] of Object.entries(patch)) {
    const kind = kindOf(field as VendorField)
    const target = kind ? proposed[kind] ??= {} : direct
    target[field] = value
  }
  return { direct: direct as VendorPatch, proposed: proposed as SplitChange['proposed'], isIbanApproved: isOwnWordEnough }
}

const isOf = (fields: readonly VendorField[], field: VendorField): boolean => fields.includes(field)
