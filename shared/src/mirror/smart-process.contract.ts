import { Type, type Static } from 'typebox'
import { endpoint } from '../http/endpoint.ts'

/** A kind of record that the portal's administrators made up themselves. */
const SmartProcess = Type.Object({
  entityTypeId: Type.Integer({ minimum: 1 }),
  title: Type.String(),
  /** Its items are copied. */
  isChosen: Type.Boolean(),
})
export type SmartProcess = Static<typeof SmartProcess>

const SmartProcesses = Type.Object({ processes: Type.Array(SmartProcess) })
export type SmartProcesses = Static<typeof SmartProcesses>

/** Each is a list of its own to keep up to date. */
export const mostSmartProcesses = 20

const hostTrouble = ['crm.forbidden', 'crm.limit', 'crm.login_lost', 'crm.refused', 'crm.unavailable', 'portal.not_installed'] as const

export const smartProcessApi = {
  list: endpoint({
    method: 'GET', path: '/api/sync/smart-processes', access: 'admin', summary: 'The portal\'s smart processes, and which of them are copied',
    reply: SmartProcesses, errors: [...hostTrouble],
  }),
  choose: endpoint({
    method: 'PUT', path: '/api/sync/smart-processes', access: 'admin', summary: 'Say which smart processes are copied; what is left out is forgotten',
    body: Type.Object({ entityTypeIds: Type.Array(Type.Integer({ minimum: 1 }), { maxItems: mostSmartProcesses, uniqueItems: true }) }),
    reply: SmartProcesses, errors: [...hostTrouble],
  }),
}
