import type { RestCall, RestRegistry } from '../rest/registry.ts'
import type { App, AppRegistration } from '../state.ts'
import type { RegistrationKind } from './registration-rules.ts'
import { upperKeys } from '../rest/params.ts'
import { RestError } from '../rest/registry.ts'
import { checkCode, checkPlacement, invalid, isMap, readFields, registrationId } from './registration-rules.ts'

/** bizproc.* answers its own code where other families say WRONG_AUTH_TYPE. */
export const ownersOnly = {
  scope: 'bizproc',
  admin: true,
  appContext: true,
  adminError: { status: 403, code: 'ACCESS_DENIED', description: 'Access denied!' },
  contextError: { status: 403, code: 'ACCESS_DENIED', description: 'Application context required' },
}

/** The registry lets nobody without an app context through. */
export function callingApp({ caller }: RestCall): App {
  if (!caller.app)
    throw new RestError(403, 'ACCESS_DENIED', 'Application context required')
  return caller.app
}

const emptyRegistration = {
  authUserId: 0,
  useSubscription: '',
  description: '',
  properties: {},
  returnProperties: {},
  documentType: null,
  filter: null,
  usePlacement: false,
  placementHandler: null,
} as const

const mandatory = ['HANDLER', 'NAME'] as const

function add(kind: RegistrationKind, call: RestCall): true {
  const { portal, params } = call
  const app = callingApp(call)
  if (Object.keys(params).length === 0)
    throw invalid('Empty data!')
  const code = checkCode(params.CODE)
  const named = { ...Object.fromEntries(mandatory.map(key => [key, ''])), ...params }
  const registration = {
    ...emptyRegistration,
    ...readFields(named, { portal, app, kind }),
    kind,
    clientId: app.clientId,
    code,
    internalId: registrationId(app.clientId, code),
  } as AppRegistration
  checkPlacement(registration)
  if (portal.bizproc.registrations.has(registration.internalId))
    throw new RestError(400, 'ERROR_ACTIVITY_ALREADY_INSTALLED', 'Activity or Automation rule already installed!')
  portal.bizproc.registrations.set(registration.internalId, registration)
  return true
}

function find(kind: RegistrationKind, call: RestCall): AppRegistration {
  const code = checkCode(call.params.CODE)
  const registration = call.portal.bizproc.registrations.get(registrationId(callingApp(call).clientId, code))
  if (registration?.kind !== kind)
    throw new RestError(400, 'ERROR_ACTIVITY_NOT_FOUND', 'Activity or Automation rule not found!')
  return registration
}

function update(kind: RegistrationKind, call: RestCall): true {
  const { portal, params } = call
  const registration = find(kind, call)
  const changes = readFields(isMap(params.FIELDS) ? params.FIELDS : {}, { portal, app: callingApp(call), kind })
  if (Object.keys(changes).length === 0)
    throw invalid('No fields to update')
  const next = { ...registration, ...changes }
  checkPlacement(next)
  portal.bizproc.registrations.set(registration.internalId, next)
  return true
}

function remove(kind: RegistrationKind, call: RestCall): true {
  call.portal.bizproc.registrations.delete(find(kind, call).internalId)
  return true
}

function list(kind: RegistrationKind, call: RestCall): string[] {
  const { clientId } = callingApp(call)
  return [...call.portal.bizproc.registrations.values()]
    .filter(registration => registration.kind === kind && registration.clientId === clientId)
    .map(({ code }) => code)
}

/** Keys come in upper case and, in the documentation's own examples, in lower case. */
const inUpperCase = (call: RestCall): RestCall => ({ ...call, params: upperKeys(call.params) })

export function registerRegistrationMethods(rest: RestRegistry): void {
  for (const kind of ['activity', 'robot'] as const) {
    for (const [verb, handler] of Object.entries({ add, update, delete: remove, list }))
      rest.method(`bizproc.${kind}.${verb}`, ownersOnly, call => handler(kind, inUpperCase(call)))
  }
}
