import { sql } from 'kysely'
import type { ProposalKind } from '@comptoir/shared/access/protected-fields'
import { tellApprovers } from './proposal-notices.postgres.ts'
import type { Database, Tx } from '../storage/database.ts'

export interface NewProposal {
  readonly portalId: number
  readonly vendorId: string
  readonly kind: ProposalKind
  readonly changes: Readonly<Record<string, { readonly from: unknown, readonly to: unknown }>>
  readonly reason?: string | null
  readonly origin?: 'person' | 'import' | 'action' | 'crm'
  readonly originId?: string | null
  /** Null when no person is behind it: then anybody who may approve is a second one. */
  readonly authorId: number | null
  readonly now: Date
}

/** In the transaction of whoever would have made the change. An older proposal of the kind gives way; the same once more is one. */
export async function proposeChange(tx: Tx, { portalId, vendorId, kind, changes, reason = null, origin = 'person', originId = null, authorId, now }: NewProposal): Promise<string> {
  const same = await tx.selectFrom('vendor_change_proposals').select('proposal_id')
    .where('portal_id', '=', portalId).where('vendor_id', '=', vendorId).where('kind', '=', kind).where('status', '=', 'waiting')
    .where('author_id', 'is not distinct from', authorId).where(sql<boolean>`changes = ${JSON.stringify(changes)}::jsonb`).executeTakeFirst()
  if (same)
    return same.proposal_id
  await tx.updateTable('vendor_change_proposals').set({ status: 'superseded', decided_at: now })
    .where('portal_id', '=', portalId).where('vendor_id', '=', vendorId).where('kind', '=', kind).where('status', '=', 'waiting').execute()
  const { proposal_id: proposalId } = await tx.insertInto('vendor_change_proposals').values({
    portal_id: portalId, vendor_id: vendorId, kind, changes: JSON.stringify(changes), reason, origin, origin_id: originId, author_id: authorId, created_at: now,
  }).returning('proposal_id').executeTakeFirstOrThrow()
  await noteProposal(tx, { portalId, vendorId, proposalId, kind, fields: Object.keys(changes), status: 'waiting', origin, originId, reason, userId: authorId, now })
  // A file may bring thousands: whoever imports tells once, and the page of approvals counts.
  if (origin !== 'import')
    await tellApprovers(tx, portalId, proposalId)
  return proposalId
}

/** An import that is taken back takes back what it proposed. */
export async function withdrawImportProposals(db: Database, { portalId, importId }: { readonly portalId: number, readonly importId: string }, now: Date): Promise<void> {
  await db.updateTable('vendor_change_proposals').set({ status: 'withdrawn', decided_at: now })
    .where('portal_id', '=', portalId).where('origin', '=', 'import').where('origin_id', '=', importId).where('status', '=', 'waiting').execute()
}

interface ProposalNote {
  readonly portalId: number
  readonly vendorId: string
  readonly proposalId: string
  readonly kind: ProposalKind
  readonly fields: readonly string[]
  readonly status: 'waiting' | 'approved' | 'rejected' | 'withdrawn'
  readonly origin?: 'person' | 'import' | 'action' | 'crm'
  readonly originId?: string | null
  readonly reason: string | null
  readonly userId: number | null
  readonly now: Date
}

/** The vendor's history says which fields and who, never the values: those are read under the rights of their group. */
export async function noteProposal(tx: Tx, { portalId, vendorId, proposalId, kind, fields, status, origin = 'person', originId = null, reason, userId, now }: ProposalNote): Promise<void> {
  await tx.insertInto('vendor_changes').values({
    portal_id: portalId, vendor_id: vendorId, field: 'proposal', new_value: JSON.stringify({ proposalId, kind, fields, status }),
    reason, origin, origin_id: originId, at: now, by_user_id: userId,
  }).execute()
}

/** Fields of a vendor that wait for a second person. */
export async function pendingFields(db: Database, portalId: number, vendorId: string): Promise<string[]> {
  const { rows } = await sql<{ field: string }>`
    select distinct jsonb_object_keys(changes) as field from vendor_change_proposals
    where portal_id = ${portalId} and vendor_id = ${vendorId} and status = 'waiting' order by 1`.execute(db)
  return rows.map(({ field }) => field)
}
