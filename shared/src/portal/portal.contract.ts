import { Type, type Static } from 'typebox'
import { endpoint } from '../http/endpoint.ts'

/** Where the page was opened in the host; each has one lazy entry in the frontend. */
export const placements = [
  'install', 'main', 'deal-tab', 'company-tab', 'analytics', 'directory', 'action-settings', 'company-autofill', 'bank-autofill',
] as const
export type Placement = (typeof placements)[number]
export const PlacementSchema = Type.Enum([...placements])

/** The words of the host that every page needs to show dates, money and names its way. */
export const PortalSettings = Type.Object({
  domain: Type.String(),
  language: Type.String(),
  timeZone: Type.String(),
  currency: Type.String(),
})
export type PortalSettings = Static<typeof PortalSettings>

export const Viewer = Type.Object({
  userId: Type.Integer(),
  name: Type.String(),
  isAdmin: Type.Boolean(),
  departmentIds: Type.Array(Type.Integer()),
})
export type Viewer = Static<typeof Viewer>

/** `auto`: as the host says, else as the system prefers. */
export const themes = ['auto', 'light', 'dark'] as const
export type Theme = (typeof themes)[number]

/** What a person chose for themselves, on every device. */
export const ViewerSettings = Type.Object({
  theme: Type.Enum([...themes]),
})
export type ViewerSettings = Static<typeof ViewerSettings>

export const Session = Type.Object({
  token: Type.String(),
  expiresAt: Type.String(),
  viewer: Viewer,
  portal: PortalSettings,
  settings: ViewerSettings,
  /** The administrator who looks through the viewer's eyes; such a session changes nothing. */
  viewingBy: Type.Optional(Type.String()),
})
export type Session = Static<typeof Session>

/** What the server writes into the page it answers to the host's POST. Tokens of the host never enter it. */
export const Boot = Type.Object({
  placement: PlacementSchema,
  /** The host's own options, values as strings: `{ ID: '7' }`. */
  options: Type.Record(Type.String(), Type.Unknown()),
  language: Type.String(),
  /** Absent when the host's post could not be verified: the page then exchanges its token itself. */
  session: Type.Union([Session, Type.Null()]),
  /** First data of the placement, in the shape of the placement's first read; null when none. */
  first: Type.Unknown(),
})
export type Boot = Static<typeof Boot>

export const sessionApi = {
  open: endpoint({
    method: 'POST',
    path: '/api/session',
    access: 'open',
    summary: 'Exchange the frame\'s access token for a session of Comptoir',
    body: Type.Object({
      accessToken: Type.String({ minLength: 1, maxLength: 4096 }),
      memberId: Type.String({ minLength: 1, maxLength: 64 }),
      /** The deal or company in whose card the page stands: the portal is asked whether the token's owner may see it. */
      dealId: Type.Optional(Type.Integer({ minimum: 1 })),
      companyId: Type.Optional(Type.Integer({ minimum: 1 })),
    }),
    reply: Session,
    errors: ['portal.not_installed', 'portal.unknown', 'auth.forged', 'crm.unavailable'],
  }),
}

export const viewerApi = {
  saveSettings: endpoint({
    method: 'PUT',
    path: '/api/viewer/settings',
    summary: 'Keep what the viewer chose for themselves',
    body: ViewerSettings,
    reply: ViewerSettings,
    errors: [],
  }),
}
