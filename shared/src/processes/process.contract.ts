import { Type, type Static } from 'typebox'
import { endpoint } from '../http/endpoint.ts'

export const processIds = ['renewal', 'onboarding', 'bank-change', 'score-drop', 'late-delivery', 'weekly-review'] as const
export type ProcessId = (typeof processIds)[number]

/** `unknown`: the viewer may not ask the portal, or the portal does not say. */
const Presence = Type.Enum(['installed', 'absent', 'unknown'])

export const CrmTrigger = Type.Object({
  code: Type.String(),
  /** As the portal's automation shows it. */
  title: Type.Object({ fr: Type.String(), en: Type.String() }),
  state: Presence,
})
export type CrmTrigger = Static<typeof CrmTrigger>

export const Processes = Type.Object({
  isAdmin: Type.Boolean(),
  triggers: Type.Array(CrmTrigger),
  templates: Type.Array(Type.Object({ id: Type.Enum([...processIds]), state: Presence })),
})
export type Processes = Static<typeof Processes>

const params = Type.Object({ processId: Type.Enum([...processIds]) })

export const processApi = {
  get: endpoint({
    method: 'GET', path: '/api/processes', summary: 'The app\'s CRM triggers and process templates, and whether the portal has them', reply: Processes, errors: [],
  }),
  installTriggers: endpoint({
    method: 'PUT', path: '/api/processes/triggers', access: 'admin', summary: 'Register every CRM trigger; those that are there get their name again', reply: Processes, errors: [],
  }),
  install: endpoint({
    method: 'PUT', path: '/api/processes/templates/:processId', access: 'admin', summary: 'Add a process template to the portal; one that is there stays as it is',
    params, reply: Processes, errors: ['process.action_missing', 'process.refused'],
  }),
  remove: endpoint({
    method: 'DELETE', path: '/api/processes/templates/:processId', access: 'admin', summary: 'Take a process template that we added out of the portal',
    params, reply: Processes, errors: ['process.refused'],
  }),
}
