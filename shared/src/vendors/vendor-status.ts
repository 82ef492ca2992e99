export const vendorStatuses = ['prospect', 'onboarding', 'active', 'suspended', 'terminated'] as const
export type VendorStatus = (typeof vendorStatuses)[number]

const allowedMoves: Record<VendorStatus, readonly VendorStatus[]> = {
  prospect: ['onboarding', 'active', 'terminated'],
  onboarding: ['active', 'prospect', 'terminated'],
  active: ['suspended', 'terminated'],
  suspended: ['active', 'terminated'],
  terminated: ['onboarding'],
}

/** Where a vendor may go from here; the page offers exactly these. */
export const movesFrom = (status: VendorStatus): readonly VendorStatus[] => allowedMoves[status]

export const canMove = (from: VendorStatus, to: VendorStatus): boolean => allowedMoves[from].includes(to)

/** Stopping a vendor and taking one back are decisions that somebody will ask about later. */
export const needsReason = (from: VendorStatus, to: VendorStatus): boolean =>
  to === 'suspended' || to === 'terminated' || from === 'suspended' || from === 'terminated'

/** Statuses a new vendor may start in. */
export const startStatuses = ['prospect', 'onboarding', 'active'] as const
