import { sql, type Selectable } from 'kysely'
import type { ProposalKind } from '@comptoir/shared/access/protected-fields'
import { AppError } from '@comptoir/shared/errors'
import { nameKey } from '@comptoir/shared/vendors/name-key'
import { tellAuthor } from '../../platform/access/proposal-notices.postgres.ts'
import { noteProposal } from '../../platform/access/proposals.postgres.ts'
import { requireVendor, type Onlooker } from '../../platform/access/vendor-gate.postgres.ts'
import { tellStatus } from '../../platform/notices/status-notice.postgres.ts'
import type { Database, Tx } from '../../platform/storage/database.ts'
import type { AccessTables } from '../../platform/storage/tables/access.ts'
import { assertCurrent, assertDecidable, neededFor, type ProposedChanges } from './proposal.ts'

export type ProposalRecord = Selectable<AccessTables['vendor_change_proposals']>

const columnOf = {
  iban: 'iban', bic: 'bic', accountHolder: 'account_holder', bankProof: 'bank_proof', name: 'name', siren: 'siren', siret: 'siret', vatNumber: 'vat_number',
  address: 'address', postalCode: 'postal_code', city: 'city', country: 'country', status: 'status',
} as const

interface Decision { readonly comment: string | null, readonly now: Date }

/**
 * Puts a change into use. The row is locked, so of two who decide at once the second finds it decided.
 * @throws AppError proposal.not_found, vendor.not_found, vendor.forbidden, proposal.decided, proposal.own, proposal.outdated
 */
export const approve = (db: Database, onlooker: Onlooker, proposalId: string, { comment, now }: Decision): Promise<void> =>
  db.transaction().execute(async (tx) => {
    const proposal = await lockDecidable(tx, onlooker, proposalId)
    const changes = proposal.changes as unknown as ProposedChanges
    await applyChanges(tx, proposal, changes, { approverId: onlooker.viewer.userId, comment, now })
    await settle(tx, onlooker, proposal, { status: 'approved', comment, now })
  })

/** @throws AppError proposal.not_found, vendor.not_found, vendor.forbidden, proposal.decided, proposal.own */
export const reject = (db: Database, onlooker: Onlooker, proposalId: string, { comment, now }: Decision): Promise<void> =>
  db.transaction().execute(async (tx) => {
    const proposal = await lockDecidable(tx, onlooker, proposalId)
    await settle(tx, onlooker, proposal, { status: 'rejected', comment, now })
  })

/** Only by its author. @throws AppError proposal.not_found, proposal.decided */
export const withdraw = (db: Database, onlooker: Onlooker, proposalId: string, now: Date): Promise<void> =>
  db.transaction().execute(async (tx) => {
    const proposal = await lock(tx, onlooker, proposalId)
    if (proposal.author_id !== onlooker.viewer.userId)
      throw new AppError('proposal.not_found')
    if (proposal.status !== 'waiting')
      throw new AppError('proposal.decided', { details: { status: proposal.status } })
    await settle(tx, onlooker, proposal, { status: 'withdrawn', comment: null, now })
  })

async function lockDecidable(tx: Tx, onlooker: Onlooker, proposalId: string): Promise<ProposalRecord> {
  const proposal = await lock(tx, onlooker, proposalId)
  await requireVendor(tx, onlooker, proposal.vendor_id, neededFor[proposal.kind])
  assertDecidable({ status: proposal.status, authorId: proposal.author_id }, onlooker.viewer)
  return proposal
}

async function lock(tx: Tx, { portal }: Onlooker, proposalId: string): Promise<ProposalRecord> {
  const row = await tx.selectFrom('vendor_change_proposals').selectAll()
    .where('portal_id', '=', portal.id).where('proposal_id', '=', proposalId).forUpdate().executeTakeFirst()
  if (!row)
    throw new AppError('proposal.not_found')
  return row
}

async function applyChanges(
  tx: Tx, { portal_id: portalId, vendor_id: vendorId, proposal_id: proposalId, author_id: authorId, origin, reason }: ProposalRecord, changes: ProposedChanges,
  { approverId, comment, now }: { approverId: number, comment: string | null, now: Date },
): Promise<void> {
  const fields = Object.keys(changes) as (keyof typeof columnOf)[]
  const stored = await tx.selectFrom('vendors').selectAll().where('portal_id', '=', portalId).where('vendor_id', '=', vendorId).forUpdate().executeTakeFirstOrThrow()
  assertCurrent(changes, Object.fromEntries(fields.map(field => [field, stored[columnOf[field]]])))
  const iban = changes.iban?.to
  const name = changes.name?.to
  const changed = await tx.updateTable('vendors').set({
    ...Object.fromEntries(fields.map(field => [columnOf[field], changes[field]?.to ?? null])),
    ...typeof name === 'string' && { name_key: nameKey(name) },
    ...iban !== undefined && { iban_set_by: authorId, iban_approved_at: iban === null ? null : now, iban_approved_by: iban === null ? null : approverId },
    version: sql<number>`version + 1`,
    updated_at: now,
    updated_by: authorId,
  }).where('portal_id', '=', portalId).where('vendor_id', '=', vendorId).returning(['portal_id', 'vendor_id', 'status', 'version']).executeTakeFirstOrThrow()
  const json = (value: unknown): string | null => value === null || value === undefined ? null : JSON.stringify(value)
  await tx.insertInto('vendor_changes').values(fields.map(field => ({
    portal_id: portalId, vendor_id: vendorId, field, old_value: json(changes[field]?.from), new_value: json(changes[field]?.to),
    reason: comment ?? reason, origin, origin_id: proposalId, at: now, by_user_id: authorId,
  }))).execute()
  if (changes.status)
    await tellStatus(tx, changed)
}

async function settle(
  tx: Tx, { viewer }: Onlooker, { portal_id: portalId, vendor_id: vendorId, proposal_id: proposalId, kind, changes, author_id: authorId }: ProposalRecord,
  { status, comment, now }: { status: 'approved' | 'rejected' | 'withdrawn', comment: string | null, now: Date },
): Promise<void> {
  const fields = Object.keys(changes as object)
  await tx.updateTable('vendor_change_proposals')
    .set({ status, decided_by: viewer.userId, decided_at: now, comment })
    .where('portal_id', '=', portalId).where('proposal_id', '=', proposalId).execute()
  await noteProposal(tx, { portalId, vendorId, proposalId, kind: kind as ProposalKind, fields, status, reason: comment, userId: viewer.userId, now })
  if (status !== 'withdrawn' && authorId !== null)
    await tellAuthor(tx, { portalId, vendorId, proposalId, fields, status, authorId })
}
