import { Type, type Static } from 'typebox'
import { endpoint } from '../http/endpoint.ts'
import { NullableInteger, NullableText } from '../http/nullable.ts'
import { Day, MaybeMoney, MaybePerson, VendorId } from '../vendors/vendor-fields.ts'
import { complianceVerdicts, documentStates, requirementGrounds } from './compliance.ts'
import { NullableDay } from './contract.contract.ts'

const Kind = Type.String({ pattern: '^[a-z0-9]+(-[a-z0-9]+)*$', maxLength: 60 })
const Id = Type.String({ format: 'uuid' })
const version = Type.Integer({ minimum: 1 })

const requirementFields = {
  title: NullableText({ maxLength: 120 }),
  country: NullableText({ pattern: '^[A-Z]{2}$' }),
  isOn: Type.Boolean(),
  isMandatory: Type.Boolean(),
  weight: Type.Number({ exclusiveMinimum: 0, maximum: 100 }),
  thresholdMinor: NullableInteger({ minimum: 1, maximum: 1_000_000_000_000 }),
  thresholdCurrency: Type.String({ pattern: '^[A-Z]{3}$' }),
  validityMonths: NullableInteger({ minimum: 1, maximum: 240 }),
  maxAgeMonths: NullableInteger({ minimum: 1, maximum: 240 }),
  needsCode: Type.Boolean(),
}

/** What an administrator says about one kind of document. */
export const RequirementFields = Type.Object(requirementFields)
export type RequirementFields = Static<typeof RequirementFields>

export const ComplianceRequirement = Type.Object({ requirementId: Id, kind: Kind, ...requirementFields, version: Type.Integer() })
export type ComplianceRequirement = Static<typeof ComplianceRequirement>

/** A kind of document as it concerns one vendor: asked for or not, why, and how it stands. */
export const VendorRequirement = Type.Object({
  kind: Kind,
  title: NullableText(),
  country: NullableText(),
  isMandatory: Type.Boolean(),
  applies: Type.Boolean(),
  ground: Type.Enum([...requirementGrounds]),
  threshold: MaybeMoney,
  /** What was compared with the threshold; null without amounts, and for viewers who may not see them. */
  compared: MaybeMoney,
  validityMonths: NullableInteger(),
  maxAgeMonths: NullableInteger(),
  needsCode: Type.Boolean(),
  /** Null where the document is not asked for. */
  state: Type.Union([Type.Null(), Type.Enum([...documentStates])]),
  documentId: NullableText(),
  validTo: NullableText(),
})
export type VendorRequirement = Static<typeof VendorRequirement>

const documentFields = {
  kind: Kind,
  name: NullableText({ maxLength: 200 }),
  link: NullableText({ maxLength: 1000, pattern: '^https?://\\S+$' }),
  issuedOn: NullableDay(),
  validFrom: NullableDay(),
  validTo: NullableDay(),
  verificationCode: NullableText({ maxLength: 60 }),
  note: NullableText({ maxLength: 2000 }),
}
export const DocumentFields = Type.Object(documentFields)
export type DocumentFields = Static<typeof DocumentFields>

export const ComplianceDocument = Type.Object({
  documentId: Id,
  vendorId: VendorId,
  ...documentFields,
  receivedOn: Day,
  /** It was older than the kind allows when it came. */
  isTooOld: Type.Boolean(),
  isExpired: Type.Boolean(),
  verifiedAt: NullableText(),
  verifiedBy: MaybePerson,
  verificationNote: NullableText(),
  version: Type.Integer(),
})
export type ComplianceDocument = Static<typeof ComplianceDocument>

export const VendorHold = Type.Object({
  holdId: Id,
  documentKind: NullableText(),
  since: Type.String(),
})
export type VendorHold = Static<typeof VendorHold>

export const VendorCompliance = Type.Object({
  asOf: Day,
  verdict: Type.Enum([...complianceVerdicts]),
  nextDeadline: NullableText(),
  country: NullableText(),
  /** The vendor's data does not tell its country: it is taken to be the portal's. */
  isCountryAssumed: Type.Boolean(),
  requirements: Type.Array(VendorRequirement),
  documents: Type.Array(ComplianceDocument),
  /** Payments that wait because a mandatory document ran out. */
  holds: Type.Array(VendorHold),
  mayEdit: Type.Boolean(),
  mayLift: Type.Boolean(),
})
export type VendorCompliance = Static<typeof VendorCompliance>

const refused = ['vendor.not_found', 'vendor.forbidden'] as const
const changing = [...refused, 'document.not_found', 'document.changed_meanwhile'] as const
const ofVendor = Type.Object({ vendorId: VendorId })
const ofDocument = Type.Object({ documentId: Id })
const ofRequirement = Type.Object({ requirementId: Id })

export const complianceApi = {
  ofVendor: endpoint({
    method: 'GET', path: '/api/vendors/:vendorId/compliance', summary: 'Documents of a vendor: asked, handed in, checked, run out',
    params: ofVendor, reply: VendorCompliance, errors: [...refused],
  }),
  receive: endpoint({
    method: 'POST', path: '/api/vendors/:vendorId/documents', isOnceAClick: true, summary: 'Note a document that the vendor handed in',
    params: ofVendor, body: DocumentFields, reply: VendorCompliance, errors: [...refused, 'document.dates_invalid'],
  }),
  update: endpoint({
    method: 'PATCH', path: '/api/documents/:documentId', summary: 'Correct a document; its check is then to be made again',
    params: ofDocument, body: Type.Object({ version, fields: Type.Partial(DocumentFields) }), reply: VendorCompliance,
    errors: [...changing, 'document.dates_invalid'],
  }),
  verify: endpoint({
    method: 'POST', path: '/api/documents/:documentId/verification', summary: 'Say how the document was checked; null takes the check back',
    params: ofDocument, body: Type.Object({ version, proof: NullableText({ maxLength: 1000 }) }), reply: VendorCompliance,
    errors: [...changing, 'document.code_required', 'document.date_required'],
  }),
  remove: endpoint({
    method: 'DELETE', path: '/api/documents/:documentId', summary: 'Take a document away that was entered by mistake',
    params: ofDocument, query: Type.Object({ version }), reply: VendorCompliance, errors: [...changing],
  }),
  lift: endpoint({
    method: 'POST', path: '/api/holds/:holdId/lifting', summary: 'Let payments go on although a document has run out',
    params: Type.Object({ holdId: Id }), body: Type.Object({ reason: Type.String({ minLength: 1, maxLength: 1000, pattern: '\\S' }) }),
    reply: VendorCompliance, errors: [...refused, 'hold.not_found'],
  }),
  requirements: endpoint({
    method: 'GET', path: '/api/compliance-requirements', summary: 'Which documents the portal asks of its vendors',
    access: 'admin', reply: Type.Array(ComplianceRequirement), errors: [],
  }),
  addRequirement: endpoint({
    method: 'POST', path: '/api/compliance-requirements', summary: 'Ask for one more kind of document',
    access: 'admin', body: Type.Object({ ...requirementFields, kind: Type.Optional(Kind) }), reply: ComplianceRequirement,
    errors: ['requirement.taken', 'requirement.title_required'],
  }),
  changeRequirement: endpoint({
    method: 'PATCH', path: '/api/compliance-requirements/:requirementId', summary: 'Change what is asked for',
    access: 'admin', params: ofRequirement, body: Type.Object({ version, fields: Type.Partial(RequirementFields) }), reply: ComplianceRequirement,
    errors: ['requirement.not_found', 'requirement.changed_meanwhile', 'requirement.taken', 'requirement.title_required'],
  }),
  removeRequirement: endpoint({
    method: 'DELETE', path: '/api/compliance-requirements/:requirementId', summary: 'Stop asking for a kind of document of one\'s own',
    access: 'admin', params: ofRequirement, reply: Type.Object({}), errors: ['requirement.not_found', 'requirement.built_in'],
  }),
}
