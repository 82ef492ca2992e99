import { Type, type Static } from 'typebox'
import { endpoint } from '../http/endpoint.ts'
import { NullableText } from '../http/nullable.ts'
import { MaybePerson, VendorId } from '../vendors/vendor-fields.ts'
import { proposalKinds } from './protected-fields.ts'

export const proposalStatuses = ['waiting', 'approved', 'rejected', 'withdrawn', 'superseded'] as const
export type ProposalStatus = (typeof proposalStatuses)[number]

export const ProposedField = Type.Object({
  field: Type.String(),
  /** What is on file and in use; bank details are masked for those who may not read them. */
  from: Type.Unknown(),
  to: Type.Unknown(),
})
export type ProposedField = Static<typeof ProposedField>

/** Proofs of the vendor's accounts in the portal's Drive, newest first; none for those who may not read bank details. */
export const ProofFiles = Type.Array(Type.Object({ fileId: Type.String({ format: 'uuid' }), name: Type.String(), addedAt: Type.String() }))
export type ProofFiles = Static<typeof ProofFiles>

export const Proposal = Type.Object({
  proposalId: Type.String({ format: 'uuid' }),
  vendorId: VendorId,
  vendorName: Type.String(),
  kind: Type.Enum([...proposalKinds]),
  fields: Type.Array(ProposedField),
  reason: NullableText(),
  origin: Type.Enum(['person', 'import', 'action', 'crm']),
  status: Type.Enum([...proposalStatuses]),
  author: MaybePerson,
  createdAt: Type.String(),
  decidedBy: MaybePerson,
  decidedAt: NullableText(),
  comment: NullableText(),
  /** Of the account as it will be: its holder and its paper; masked for those who may not read bank details. */
  accountHolder: NullableText(),
  bankProof: NullableText(),
  proofFiles: ProofFiles,
  /** Other vendors whose account this is: two firms with one IBAN are worth a question. */
  sameIban: Type.Array(Type.String()),
  canDecide: Type.Boolean(),
  isOwn: Type.Boolean(),
})
export type Proposal = Static<typeof Proposal>

/** An IBAN on file that only one person stands behind. */
export const UnapprovedIban = Type.Object({
  vendorId: VendorId,
  vendorName: Type.String(),
  iban: Type.String(),
  accountHolder: NullableText(),
  bankProof: NullableText(),
  proofFiles: ProofFiles,
  setBy: MaybePerson,
  canConfirm: Type.Boolean(),
  isOwn: Type.Boolean(),
})
export type UnapprovedIban = Static<typeof UnapprovedIban>

export const Approvals = Type.Object({
  proposals: Type.Array(Proposal),
  ibans: Type.Array(UnapprovedIban),
  ibanTotal: Type.Integer(),
})
export type Approvals = Static<typeof Approvals>

const proposalParams = Type.Object({ proposalId: Type.String({ format: 'uuid' }) })
const vendorParams = Type.Object({ vendorId: VendorId })
const errors = ['proposal.not_found', 'proposal.decided', 'vendor.not_found'] as const

export const approvalApi = {
  list: endpoint({
    method: 'GET', path: '/api/approvals', summary: 'Changes that wait for a second person, and those decided lately',
    query: Type.Object({ status: Type.Optional(Type.Enum(['waiting', 'decided'])) }), reply: Approvals, errors: [],
  }),
  count: endpoint({
    method: 'GET', path: '/api/approvals/count', summary: 'How many wait for the viewer',
    reply: Type.Object({ count: Type.Integer() }), errors: [],
  }),
  ofVendor: endpoint({
    method: 'GET', path: '/api/vendors/:vendorId/proposals', summary: 'What waits for a second person at one vendor',
    params: vendorParams, reply: Approvals, errors: ['vendor.not_found'],
  }),
  approve: endpoint({
    method: 'POST', path: '/api/proposals/:proposalId/approval', summary: 'Put a proposed change into use, as somebody else than its author',
    params: proposalParams, body: Type.Object({ comment: NullableText({ maxLength: 1000 }) }), reply: Proposal,
    errors: [...errors, 'proposal.own', 'proposal.outdated'],
  }),
  reject: endpoint({
    method: 'POST', path: '/api/proposals/:proposalId/rejection', summary: 'Keep what is on file, and say why',
    params: proposalParams, body: Type.Object({ comment: Type.String({ minLength: 1, maxLength: 1000, pattern: '\\S' }) }), reply: Proposal,
    errors: [...errors, 'proposal.own'],
  }),
  withdraw: endpoint({
    method: 'POST', path: '/api/proposals/:proposalId/withdrawal', summary: 'Take back one\'s own proposal',
    params: proposalParams, reply: Proposal, errors: [...errors],
  }),
  confirmIbans: endpoint({
    method: 'POST', path: '/api/approvals/ibans', summary: 'Stand behind IBANs that somebody else entered, so that they may be paid to',
    body: Type.Object({ vendors: Type.Array(Type.Object({ vendorId: VendorId, iban: Type.String({ maxLength: 60 }) }), { minItems: 1, maxItems: 500 }) }),
    reply: Type.Object({ confirmed: Type.Array(VendorId), refused: Type.Array(Type.Object({ vendorId: VendorId, reason: Type.Enum(['own', 'changed', 'forbidden']) })) }),
    errors: [],
  }),
}
