import { Type, type Static } from 'typebox'
import { endpoint } from '../http/endpoint.ts'
import { NullableInteger, NullableText } from '../http/nullable.ts'
import { Session } from '../portal/portal.contract.ts'
import { MaybePerson, Person, VendorId } from '../vendors/vendor-fields.ts'
import { grantScopes, grantSubjects } from './grant.ts'
import { twoPersonRules } from './protected-fields.ts'
import { FieldGroupSchema, RightsSchema, RoleSchema } from './rights.schema.ts'

export const GrantInput = Type.Object({
  subjectKind: Type.Enum([...grantSubjects]),
  subjectId: NullableInteger({ minimum: 1 }),
  scopeKind: Type.Enum([...grantScopes]),
  group: NullableText({ maxLength: 120 }),
  vendorId: Type.Unsafe<string | null>({ type: ['string', 'null'], format: 'uuid' }),
  role: RoleSchema,
  groups: Type.Array(FieldGroupSchema, { minItems: 1, maxItems: 5, uniqueItems: true }),
  /** Last day on which it holds; null without end. */
  validUntil: NullableText({ pattern: '^\\d{4}-\\d{2}-\\d{2}$' }),
  note: NullableText({ maxLength: 500 }),
})
export type GrantInput = Static<typeof GrantInput>

export const GrantEffect = Type.Object({ vendorCount: Type.Integer(), personCount: Type.Integer() })
export type GrantEffect = Static<typeof GrantEffect>

export const Grant = Type.Object({
  grantId: Type.String({ format: 'uuid' }),
  ...GrantInput.properties,
  /** The name of the person, department or vendor; null for everyone, every vendor, or one that is gone. */
  subjectName: NullableText(),
  vendorName: NullableText(),
  ...GrantEffect.properties,
  version: Type.Integer(),
  createdAt: Type.String(),
  createdBy: MaybePerson,
})
export type Grant = Static<typeof Grant>

export const GrantPage = Type.Object({ grants: Type.Array(Grant), twoPersonRule: Type.Enum([...twoPersonRules]) })
export type GrantPage = Static<typeof GrantPage>

export const Subjects = Type.Object({
  users: Type.Array(Type.Object({ userId: Type.Integer(), name: Type.String(), position: Type.String() })),
  departments: Type.Array(Type.Object({ departmentId: Type.Integer(), name: Type.String(), parent: NullableText() })),
})
export type Subjects = Static<typeof Subjects>

/** Why somebody has a right: a grant, or having entered the vendor. */
export const Reason = Type.Object({
  kind: Type.Enum(['grant', 'creator']),
  subjectKind: Type.Union([Type.Null(), Type.Enum([...grantSubjects])]),
  subjectName: NullableText(),
  scopeKind: Type.Union([Type.Null(), Type.Enum([...grantScopes])]),
  group: NullableText(),
  role: RoleSchema,
  groups: Type.Array(FieldGroupSchema),
  validUntil: NullableText(),
})
export type Reason = Static<typeof Reason>

export const SeenBy = Type.Object({ ...Person.properties, position: Type.String(), rights: RightsSchema, because: Type.Array(Reason) })
export type SeenBy = Static<typeof SeenBy>

export const VendorSight = Type.Object({
  people: Type.Array(SeenBy),
  total: Type.Integer(),
  /** Active people of the portal, those who may not see the vendor among them. */
  personCount: Type.Integer(),
})
export type VendorSight = Static<typeof VendorSight>

export const GrantChange = Type.Object({
  changeId: Type.Integer(),
  kind: Type.Enum(['given', 'changed', 'taken', 'viewing_as']),
  oldValue: Type.Unknown(),
  newValue: Type.Unknown(),
  /** The names of today of the person or department, and of the vendor, that it is about. */
  subjectName: NullableText(),
  vendorName: NullableText(),
  at: Type.String(),
  by: MaybePerson,
})
export type GrantChange = Static<typeof GrantChange>

const grantParams = Type.Object({ grantId: Type.String({ format: 'uuid' }) })
const access = 'admin'

export const accessApi = {
  grants: endpoint({
    method: 'GET', path: '/api/access/grants', access, summary: 'Who may do what with which vendors', reply: GrantPage, errors: [],
  }),
  subjects: endpoint({
    method: 'GET', path: '/api/access/subjects', access, summary: 'People and departments that a grant can be given to',
    query: Type.Object({ search: Type.Optional(Type.String({ maxLength: 200 })) }), reply: Subjects, errors: [],
  }),
  preview: endpoint({
    method: 'POST', path: '/api/access/grants/preview', access, summary: 'How many vendors and people a grant would be about',
    body: GrantInput, reply: GrantEffect, errors: ['access.subject_unknown'],
  }),
  give: endpoint({
    method: 'POST', path: '/api/access/grants', isOnceAClick: true, access, summary: 'Give a grant', body: GrantInput, reply: Grant, errors: ['access.subject_unknown'],
  }),
  change: endpoint({
    method: 'PATCH', path: '/api/access/grants/:grantId', access, summary: 'Change the version of a grant that was read',
    params: grantParams, body: Type.Object({ version: Type.Integer({ minimum: 1 }), ...GrantInput.properties }), reply: Grant,
    errors: ['access.grant_not_found', 'access.changed_meanwhile', 'access.subject_unknown'],
  }),
  take: endpoint({
    method: 'DELETE', path: '/api/access/grants/:grantId', access, summary: 'Take a grant away; the reply is what giving it again needs',
    params: grantParams, reply: GrantInput, errors: ['access.grant_not_found'],
  }),
  chooseRule: endpoint({
    method: 'PUT', path: '/api/access/two-person-rule', access, summary: 'Say which changes of a vendor wait for a second person',
    body: Type.Object({ rule: Type.Enum([...twoPersonRules]) }), reply: Type.Object({ rule: Type.Enum([...twoPersonRules]) }), errors: [],
  }),
  changes: endpoint({
    method: 'GET', path: '/api/access/changes', access, summary: 'Every grant given, changed or taken, newest first',
    query: Type.Object({ before: Type.Optional(Type.Integer({ minimum: 1 })) }),
    reply: Type.Object({ changes: Type.Array(GrantChange), nextBefore: NullableInteger() }), errors: [],
  }),
  viewAs: endpoint({
    method: 'POST', path: '/api/access/viewing', access, summary: 'A session that sees what another person sees and changes nothing',
    body: Type.Object({ userId: Type.Integer({ minimum: 1 }) }), reply: Session, errors: ['access.subject_unknown'],
  }),
  sight: endpoint({
    method: 'GET', path: '/api/vendors/:vendorId/access', summary: 'Who may see a vendor, and why',
    params: Type.Object({ vendorId: VendorId }), query: Type.Object({ search: Type.Optional(Type.String({ maxLength: 200 })) }),
    reply: VendorSight, errors: ['vendor.not_found'],
  }),
}
