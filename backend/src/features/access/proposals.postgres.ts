import { sql } from 'kysely'
import type { Approvals, ProofFiles, Proposal, UnapprovedIban } from '@comptoir/shared/access/approval.contract'
import { maskIban, maskText, seenValue } from '@comptoir/shared/access/masks'
import { AppError } from '@comptoir/shared/errors'
import { mayDo, visibleVendors, type Onlooker } from '../../platform/access/vendor-gate.postgres.ts'
import type { Database } from '../../platform/storage/database.ts'
import { findPeople, personOf } from './people.postgres.ts'
import { neededFor, type ProposedChanges } from './proposal.ts'

interface Which {
  readonly vendorId?: string
  readonly proposalId?: string
  readonly status?: 'waiting' | 'decided'
}

const shownAtMost = 200

const proposalRows = (db: Database, onlooker: Onlooker, { vendorId, proposalId, status }: Which) => visibleVendors(db, onlooker)
  .innerJoin('vendor_change_proposals as p', join => join.onRef('p.portal_id', '=', 'vendors.portal_id').onRef('p.vendor_id', '=', 'vendors.vendor_id'))
  .$if(vendorId !== undefined, query => query.where('p.vendor_id', '=', vendorId!))
  .$if(proposalId !== undefined, query => query.where('p.proposal_id', '=', proposalId!))
  .$if(status === 'waiting', query => query.where('p.status', '=', 'waiting'))
  .$if(status === 'decided', query => query.where('p.status', 'in', ['approved', 'rejected', 'withdrawn', 'superseded']))

const mayDecide = (onlooker: Onlooker) =>
  sql<boolean>`case p.kind when 'bank' then ${mayDo(onlooker, neededFor.bank)} else ${mayDo(onlooker, neededFor.legal)} end`

export async function listProposals(db: Database, onlooker: Onlooker, which: Which): Promise<Proposal[]> {
  const { portal, viewer } = onlooker
  const rows = await proposalRows(db, onlooker, which)
    .selectAll('p').select(['vendors.name as vendor_name', 'vendors.account_holder', 'vendors.bank_proof', mayDo(onlooker, { group: 'bank' }).as('has_bank'), mayDecide(onlooker).as('may_decide')])
    .select([sameIban(onlooker).as('same_iban'), proofFiles.as('proof_files')])
    .orderBy('p.created_at', 'desc').orderBy('p.proposal_id').limit(shownAtMost).execute()
  const people = await findPeople(db, portal.id, rows.flatMap(row => [row.author_id, row.decided_by]))
  return rows.map(row => ({
    proposalId: row.proposal_id,
    vendorId: row.vendor_id,
    vendorName: row.vendor_name,
    kind: row.kind,
    fields: Object.entries(row.changes as unknown as ProposedChanges).map(([field, { from, to }]) => {
      const open = { bank: row.has_bank as boolean, prices: true }
      return { field, from: seenValue(field, from, open), to: seenValue(field, to, open) }
    }),
    reason: row.reason,
    origin: row.origin,
    status: row.status,
    author: personOf(people, row.author_id),
    createdAt: row.created_at.toISOString(),
    decidedBy: personOf(people, row.decided_by),
    decidedAt: row.decided_at?.toISOString() ?? null,
    comment: row.comment,
    ...accountOf(row.changes as unknown as ProposedChanges, row, Boolean(row.has_bank)),
    proofFiles: row.has_bank ? row.proof_files : [],
    sameIban: row.has_bank ? row.same_iban : [],
    canDecide: row.status === 'waiting' && row.may_decide && row.author_id !== viewer.userId,
    isOwn: row.author_id === viewer.userId,
  }))
}

/** Holder and paper of the account that a proposal leads to: what it changes, else what is on file. */
function accountOf(changes: ProposedChanges, { account_holder, bank_proof }: { account_holder: string | null, bank_proof: string | null }, hasBank: boolean): Pick<Proposal, 'accountHolder' | 'bankProof'> {
  const accountHolder = changes.accountHolder ? changes.accountHolder.to as string | null : account_holder
  // The paper of the old account goes with it.
  const bankProof = changes.bankProof ? changes.bankProof.to as string | null : changes.iban ? null : bank_proof
  return hasBank ? { accountHolder, bankProof } : { accountHolder: maskText(accountHolder), bankProof: maskText(bankProof) }
}

const proofFiles = sql<ProofFiles>`coalesce((
  select json_agg(json_build_object('fileId', f.file_id, 'name', f.name, 'addedAt', to_json(f.created_at)) order by f.created_at desc)
  from vendor_files f where f.portal_id = vendors.portal_id and f.vendor_id = vendors.vendor_id
    and f.subject = 'account' and f.removed_at is null and f.drive_file_id is not null), '[]')`

/** Names of other vendors, among those whose bank details the onlooker may read, that are paid on the proposed account. */
const sameIban = (onlooker: Onlooker) => sql<string[]>`array(
  select o.name from (select vendors.* from vendors where vendors.portal_id = ${onlooker.portal.id} and ${mayDo(onlooker, { group: 'bank' })}) o
  where o.iban = p.changes->'iban'->>'to' and o.vendor_id <> p.vendor_id order by o.name limit 5)`

/** @throws AppError proposal.not_found */
export async function getProposal(db: Database, onlooker: Onlooker, proposalId: string): Promise<Proposal> {
  const [proposal] = await listProposals(db, onlooker, { proposalId })
  if (!proposal)
    throw new AppError('proposal.not_found')
  return proposal
}

const unapproved = (db: Database, onlooker: Onlooker, vendorId?: string) => visibleVendors(db, onlooker)
  .where('vendors.iban', 'is not', null).where('vendors.iban_approved_at', 'is', null).where('vendors.status', '!=', 'terminated')
  .$if(vendorId !== undefined, query => query.where('vendors.vendor_id', '=', vendorId!))

export async function listUnapproved(db: Database, onlooker: Onlooker, vendorId?: string): Promise<{ ibans: UnapprovedIban[], ibanTotal: number }> {
  const [rows, { total }] = await Promise.all([
    unapproved(db, onlooker, vendorId)
      .select(['vendors.vendor_id', 'vendors.name', 'vendors.iban', 'vendors.account_holder', 'vendors.bank_proof', sql<number | null>`coalesce(vendors.iban_set_by, vendors.created_by)`.as('set_by'),
        mayDo(onlooker, { group: 'bank' }).as('has_bank'), mayDo(onlooker, neededFor.bank).as('may_confirm'), proofFiles.as('proof_files')])
      .orderBy('vendors.name_key').orderBy('vendors.vendor_id').limit(shownAtMost).execute(),
    unapproved(db, onlooker, vendorId).select(sql<number>`count(*)::int`.as('total')).executeTakeFirstOrThrow(),
  ])
  const people = await findPeople(db, onlooker.portal.id, rows.map(row => row.set_by))
  return {
    ibans: rows.map(row => ({
      vendorId: row.vendor_id,
      vendorName: row.name,
      iban: (row.has_bank ? row.iban : maskIban(row.iban)) ?? '',
      accountHolder: row.has_bank ? row.account_holder : maskText(row.account_holder),
      bankProof: row.has_bank ? row.bank_proof : maskText(row.bank_proof),
      proofFiles: row.has_bank ? row.proof_files : [],
      setBy: personOf(people, row.set_by),
      canConfirm: Boolean(row.may_confirm) && row.set_by !== onlooker.viewer.userId,
      isOwn: row.set_by === onlooker.viewer.userId,
    })),
    ibanTotal: total,
  }
}

export async function listApprovals(db: Database, onlooker: Onlooker, { vendorId, status = 'waiting' }: Which): Promise<Approvals> {
  const [proposals, waiting] = await Promise.all([
    listProposals(db, onlooker, { vendorId, status }),
    status === 'waiting' ? listUnapproved(db, onlooker, vendorId) : { ibans: [], ibanTotal: 0 },
  ])
  return { proposals, ...waiting }
}

/** What waits for this viewer and nobody else's glance. */
export async function countWaiting(db: Database, onlooker: Onlooker): Promise<number> {
  const { userId } = onlooker.viewer
  const [proposals, ibans] = await Promise.all([
    proposalRows(db, onlooker, { status: 'waiting' }).where(mayDecide(onlooker)).where(sql<boolean>`p.author_id is distinct from ${userId}`)
      .select(sql<number>`count(*)::int`.as('count')).executeTakeFirstOrThrow(),
    unapproved(db, onlooker).where(mayDo(onlooker, neededFor.bank)).where(sql<boolean>`coalesce(vendors.iban_set_by, vendors.created_by) is distinct from ${userId}`)
      .select(sql<number>`count(*)::int`.as('count')).executeTakeFirstOrThrow(),
  ])
  return proposals.count + ibans.count
}
