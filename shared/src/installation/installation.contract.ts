import { Type, type Static } from 'typebox'
import { endpoint } from '../http/endpoint.ts'
import { Session } from '../portal/portal.contract.ts'

/** In the order in which they run; each can be repeated on its own without harm. */
export const installSteps = ['placements', 'actions', 'events', 'directories', 'vendors', 'synchronization'] as const
export type InstallStep = (typeof installSteps)[number]
export const InstallStepSchema = Type.Enum([...installSteps])

/** Which companies of the CRM are vendors. */
export const VendorRule = Type.Union([
  Type.Object({ kind: Type.Literal('type'), typeId: Type.String({ minLength: 1, maxLength: 50 }) }),
  Type.Object({ kind: Type.Literal('category'), categoryId: Type.Integer({ minimum: 0 }) }),
])
export type VendorRule = Static<typeof VendorRule>

export const VendorChoice = Type.Object({
  rule: VendorRule,
  name: Type.String(),
  /** The one we would take: the portal's own vendor category, or the type that is named like a supplier. */
  isSuggested: Type.Boolean(),
})
export type VendorChoice = Static<typeof VendorChoice>

export const InstallState = Type.Object({
  isAdmin: Type.Boolean(),
  isInstalled: Type.Boolean(),
  /** Steps that have succeeded for this version of the app. */
  done: Type.Array(InstallStepSchema),
  scope: Type.Array(Type.String()),
  missingScope: Type.Array(Type.String()),
  vendorChoices: Type.Array(VendorChoice),
  vendorRule: Type.Union([VendorRule, Type.Null()]),
})
export type InstallState = Static<typeof InstallState>

export const installationApi = {
  state: endpoint({
    method: 'GET',
    path: '/api/install',
    summary: 'How far the installation has come and what is left to choose',
    reply: InstallState,
    errors: [],
  }),
  run: endpoint({
    method: 'POST',
    path: '/api/install/steps/:step',
    summary: 'Run one step of the installation; repeating it does no harm',
    access: 'admin',
    params: Type.Object({ step: InstallStepSchema }),
    /** Count the step as done although the portal refused a part of it: some plans and versions lack one. */
    query: Type.Object({ acceptsGaps: Type.Optional(Type.Boolean()) }),
    reply: InstallState,
    errors: ['installation.choose_vendors', 'installation.refused', 'installation.incomplete'],
  }),
  chooseVendors: endpoint({
    method: 'PUT',
    path: '/api/install/vendor-rule',
    summary: 'Say which companies of the CRM are vendors',
    access: 'admin',
    body: VendorRule,
    reply: InstallState,
    errors: [],
  }),
  /** After a failed first post: the installer page hands over its token again. */
  openSession: endpoint({
    method: 'POST',
    path: '/api/install/session',
    summary: 'Verify the installer\'s token at the authorization server and open a session',
    access: 'open',
    body: Type.Object({
      accessToken: Type.String({ minLength: 1, maxLength: 4096 }),
      refreshToken: Type.String({ maxLength: 4096 }),
      memberId: Type.String({ minLength: 1, maxLength: 64 }),
    }),
    reply: Session,
    errors: ['auth.forged', 'portal.insecure', 'crm.unavailable'],
  }),
}
