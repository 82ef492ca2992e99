import type { ProposalKind } from '@comptoir/shared/access/protected-fields'
import type { Need } from '@comptoir/shared/access/rights'
import { AppError } from '@comptoir/shared/errors'
import type { ProposalStatus } from '@comptoir/shared/access/approval.contract'

/** What one must be allowed to decide on a proposal of a kind. */
export const neededFor: Readonly<Record<ProposalKind, Need>> = {
  bank: { group: 'bank', role: 'approver' },
  legal: { group: 'identity', role: 'approver' },
  status: { group: 'identity', role: 'approver' },
}

/** Approving is a second person's word. @throws AppError proposal.decided, proposal.own */
export function assertDecidable({ status, authorId }: { readonly status: ProposalStatus, readonly authorId: number | null }, { userId }: { readonly userId: number }): void {
  if (status !== 'waiting')
    throw new AppError('proposal.decided', { details: { status } })
  if (authorId === userId)
    throw new AppError('proposal.own')
}

export type ProposedChanges = Readonly<Record<string, { readonly from: unknown, readonly to: unknown }>>

/** Only what was looked at is approved: what is on file must still be what the proposal started from. @throws AppError proposal.outdated */
export function assertCurrent(changes: ProposedChanges, current: Readonly<Record<string, unknown>>): void {
  const outdated = Object.entries(changes).filter(([field, { from }]) => (from ?? null) !== (current[field] ?? null)).map(([field]) => field)
  if (outdated.length > 0)
    throw new AppError('proposal.outdated', { details: { fields: outdated } })
}
