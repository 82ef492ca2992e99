import { Type, type Static } from 'typebox'
import { CompanyDays } from '../calendar/company-days.ts'
import { endpoint } from '../http/endpoint.ts'
import { NullableInteger, NullableText } from '../http/nullable.ts'
import { Day, MaybeMoney, MaybePerson, VendorId, VendorStatusSchema } from '../vendors/vendor-fields.ts'
import { amountPeriods } from './contract-changes.ts'
import { contractPhases, contractStatuses, noticeUnits } from './contract-terms.ts'

export const NullableDay = () => NullableText({ pattern: '^\\d{4}-\\d{2}-\\d{2}$' })

export const DocumentLink = Type.Object({
  name: Type.String({ minLength: 1, maxLength: 200, pattern: '\\S' }),
  url: Type.String({ maxLength: 1000, pattern: '^https?://\\S+$' }),
})
export type DocumentLink = Static<typeof DocumentLink>

const fields = {
  title: Type.String({ minLength: 1, maxLength: 200, pattern: '\\S' }),
  number: NullableText({ maxLength: 100 }),
  startsOn: Day,
  endsOn: NullableDay(),
  noticeDays: NullableInteger({ minimum: 0, maximum: 3650 }),
  noticeUnit: Type.Enum([...noticeUnits]),
  isTacitlyRenewed: Type.Boolean(),
  renewalMonths: NullableInteger({ minimum: 1, maximum: 600 }),
  amountMinor: NullableInteger({ minimum: 0, maximum: 1_000_000_000_000 }),
  currency: NullableText({ pattern: '^[A-Z]{3}$' }),
  amountPeriod: Type.Enum([...amountPeriods]),
  ownerUserId: NullableInteger({ minimum: 1 }),
  documents: Type.Array(DocumentLink, { maxItems: 20 }),
  note: NullableText({ maxLength: 5000 }),
}

/** What people enter about a contract. */
export const ContractFields = Type.Object(fields)
export type ContractFields = Static<typeof ContractFields>

export const NewContract = Type.Object({ ...fields, signedOn: NullableDay() })
export type NewContract = Static<typeof NewContract>

export const Contract = Type.Object({
  contractId: Type.String({ format: 'uuid' }),
  vendorId: VendorId,
  ...fields,
  status: Type.Enum([...contractStatuses]),
  phase: Type.Enum([...contractPhases]),
  signedOn: NullableText(),
  /** Last day of the running term; null = without end. */
  currentEndsOn: NullableText(),
  /** The business day on which notice must have been given; null = none to give. */
  noticeOn: NullableText(),
  strictNoticeOn: NullableText(),
  noticeEndsOn: NullableText(),
  isRenewalCertain: Type.Boolean(),
  noticeGivenOn: NullableText(),
  terminatedOn: NullableText(),
  terminationReason: NullableText(),
  /** Null when the viewer may not see amounts, and where none was agreed. */
  amount: MaybeMoney,
  isAmountHidden: Type.Boolean(),
  owner: MaybePerson,
  version: Type.Integer(),
  updatedAt: Type.String(),
  updatedBy: MaybePerson,
})
export type Contract = Static<typeof Contract>

export const ContractVersion = Type.Object({
  changeId: Type.Integer(),
  version: Type.Integer(),
  changes: Type.Array(Type.Object({ field: Type.String(), from: Type.Unknown(), to: Type.Unknown() })),
  reason: NullableText(),
  origin: Type.String(),
  at: Type.String(),
  by: MaybePerson,
})
export type ContractVersion = Static<typeof ContractVersion>

const MaybeMove = Type.Union([Type.Null(), Type.Object({ from: VendorStatusSchema, to: VendorStatusSchema })])

/** What the portal's rules would do to the vendor today: with a contract that is signed, with the last one that is over. */
const ForeseenMoves = Type.Object({ onSignature: MaybeMove, onLastEnd: MaybeMove })
export type ForeseenMoves = Static<typeof ForeseenMoves>

export const VendorContracts = Type.Object({
  asOf: Day,
  /** So that a page works out the same last day of notice. */
  companyDays: CompanyDays,
  contracts: Type.Array(Contract),
  mayEdit: Type.Boolean(),
  mayTerminate: Type.Boolean(),
  maySeeAmounts: Type.Boolean(),
  moves: ForeseenMoves,
  /** Who may be chosen as a contract's owner. */
  people: Type.Array(Type.Object({ userId: Type.Integer(), name: Type.String() })),
})
export type VendorContracts = Static<typeof VendorContracts>

const ofVendor = Type.Object({ vendorId: VendorId })
const params = Type.Object({ contractId: Type.String({ format: 'uuid' }) })
const version = Type.Integer({ minimum: 1 })
const Reason = NullableText({ maxLength: 1000 })
const refused = ['vendor.not_found', 'vendor.forbidden'] as const
const changing = [...refused, 'contract.not_found', 'contract.changed_meanwhile'] as const

export const contractApi = {
  list: endpoint({
    method: 'GET', path: '/api/vendors/:vendorId/contracts', summary: 'A vendor\'s contracts with their computed dates',
    params: ofVendor, reply: VendorContracts, errors: [...refused],
  }),
  create: endpoint({
    method: 'POST', path: '/api/vendors/:vendorId/contracts', isOnceAClick: true, summary: 'Enter a contract, as a draft or signed',
    params: ofVendor, reply: Contract,
    /** A contract that was over before it was entered stops nobody, unless this is asked for. */
    body: Type.Object({ ...NewContract.properties, stopsVendor: Type.Optional(Type.Boolean()) }),
    errors: [...refused, 'contract.terms_invalid'],
  }),
  update: endpoint({
    method: 'PATCH', path: '/api/contracts/:contractId', summary: 'Change a contract; every version is kept as a difference',
    params, body: Type.Object({ version, fields: Type.Partial(ContractFields), reason: Reason }), reply: Contract,
    errors: [...changing, 'contract.terms_invalid'],
  }),
  sign: endpoint({
    method: 'POST', path: '/api/contracts/:contractId/signature', summary: 'Note the day of signature; null makes it a draft again',
    params, body: Type.Object({ version, signedOn: NullableDay() }), reply: Contract, errors: [...changing, 'contract.illegal_step'],
  }),
  giveNotice: endpoint({
    method: 'POST', path: '/api/contracts/:contractId/notice', summary: 'Note that notice was given; null takes the note back',
    params, body: Type.Object({ version, givenOn: NullableDay() }), reply: Contract, errors: [...changing, 'contract.illegal_step'],
  }),
  terminate: endpoint({
    method: 'POST', path: '/api/contracts/:contractId/termination', summary: 'End a contract before its term; null takes it back',
    params, body: Type.Object({ version, on: NullableDay(), reason: Reason }), reply: Contract,
    errors: [...changing, 'contract.illegal_step', 'contract.reason_required'],
  }),
  remove: endpoint({
    method: 'DELETE', path: '/api/contracts/:contractId', summary: 'Throw a draft away',
    params, reply: Type.Object({}), errors: [...refused, 'contract.not_found', 'contract.illegal_step'],
  }),
  history: endpoint({
    method: 'GET', path: '/api/contracts/:contractId/changes', summary: 'The versions of a contract, newest first',
    params, reply: Type.Object({ versions: Type.Array(ContractVersion) }), errors: [...refused, 'contract.not_found'],
  }),
}
