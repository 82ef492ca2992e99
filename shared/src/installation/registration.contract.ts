import { Type, type Static } from 'typebox'
import { endpoint } from '../http/endpoint.ts'

const Words = Type.Object({ fr: Type.String(), en: Type.String() })

/** Something of ours that the portal keeps: where we stand in its pages, what its automation offers, what it tells us. */
export const Registration = Type.Object({
  kind: Type.Enum(['placement', 'activity', 'robot', 'trigger', 'event']),
  code: Type.String(),
  /** As people know it; null where only the portal's own code names it. */
  title: Type.Union([Words, Type.Null()]),
  /** What a placement is for. */
  purpose: Type.Union([Words, Type.Null()]),
  /** `off`: an administrator does not want it; `unknown`: the portal does not tell. */
  state: Type.Enum(['registered', 'missing', 'off', 'unknown']),
})
export type Registration = Static<typeof Registration>

export const Registrations = Type.Object({
  registrations: Type.Array(Registration),
  /** What the portal refused when it was last asked, with its own codes. */
  refused: Type.Array(Type.String()),
})
export type Registrations = Static<typeof Registrations>

export const registrationApi = {
  get: endpoint({
    method: 'GET', path: '/api/registrations', access: 'admin', summary: 'What the portal has of Comptoir, and what of it is missing',
    reply: Registrations, errors: [],
  }),
  repair: endpoint({
    method: 'PUT', path: '/api/registrations', access: 'admin', summary: 'Register whatever is missing or out of date; the rest stays',
    reply: Registrations, errors: [],
  }),
  choosePlacements: endpoint({
    method: 'PUT', path: '/api/registrations/placements', access: 'admin', summary: 'Say in which places of the portal Comptoir does not stand',
    body: Type.Object({ off: Type.Array(Type.String({ maxLength: 100 }), { maxItems: 50 }) }),
    reply: Registrations, errors: [],
  }),
}
