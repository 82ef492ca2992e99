import type { PortalModule } from '../../module.ts'
import type { RestCall } from '../registry.ts'
import type { EventBinding } from '../../state.ts'
import { checkHandlerUrl } from '../../apps/handler-url.ts'
import { emitEvent } from '../../events/emit.ts'
import { eventNames } from '../../events/names.ts'
import { mapParam, numberParam, textParam } from '../params.ts'
import { RestError } from '../registry.ts'

const denied = (what: string) => new RestError(403, 'ACCESS_DENIED', `Access denied! ${what} requires administrator access rights`)

function known({ portal, caller }: RestCall): string[] {
  return eventNames(caller.scopes, portal.crm.types.map(({ entityTypeId }) => entityTypeId))
}

function checkRights({ caller, params }: RestCall, isOffline: boolean, verb: string): number {
  const authType = numberParam(params, 'auth_type')
  if (!caller.user.isAdmin && isOffline)
    throw denied(`Offline events ${verb}ing`)
  if (!caller.user.isAdmin && authType > 0 && authType !== caller.user.id)
    throw denied(`Event ${verb}ing with AUTH_TYPE`)
  return caller.user.isAdmin ? authType : caller.user.id
}

function bind(call: RestCall): boolean {
  const { portal, caller, params } = call
  const event = textParam(params, 'event').toUpperCase()
  const handler = textParam(params, 'handler')
  const isOffline = textParam(params, 'event_type') === 'offline'
  if (event === '')
    throw new RestError(400, 'ERROR_ARGUMENT', 'Argument \'EVENT\' is null or empty', { argument: 'EVENT' })
  if (!known(call).includes(event))
    throw new RestError(400, 'ERROR_EVENT_NOT_FOUND', 'Event not found')
  const authType = checkRights(call, isOffline, 'bind')
  if (!isOffline) {
    if (handler === '')
      throw new RestError(400, 'ERROR_ARGUMENT', 'Argument \'HANDLER\' is null or empty', { argument: 'HANDLER' })
    checkHandlerUrl(portal, handler)
  }
  if (portal.eventBindings.some(binding => isSame(binding, { clientId: caller.app!.clientId, event, handler, isOffline })))
    throw new RestError(400, 'ERROR_EVENT_BINDING_EXISTS', 'Unable to set event handler: Handler already binded')
  portal.eventBindings.push({
    id: portal.nextId('eventBinding'),
    clientId: caller.app!.clientId,
    event,
    handler: isOffline ? '' : handler,
    authType,
    isOffline,
    connector: textParam(params, 'auth_connector'),
    options: mapParam(params, 'options'),
  })
  return true
}

function isSame(binding: EventBinding, wanted: Pick<EventBinding, 'clientId' | 'event' | 'handler' | 'isOffline'>): boolean {
  return binding.clientId === wanted.clientId && binding.event === wanted.event && binding.isOffline === wanted.isOffline
    && (wanted.isOffline || binding.handler === wanted.handler)
}

function unbind(call: RestCall): { count: number } {
  const { portal, caller, params } = call
  const event = textParam(params, 'event').toUpperCase()
  const isOffline = textParam(params, 'event_type') === 'offline'
  if (event === '')
    throw new RestError(400, 'ERROR_ARGUMENT', 'Argument \'EVENT\' is null or empty', { argument: 'EVENT' })
  checkRights(call, isOffline, 'unbind')
  const wanted = { clientId: caller.app!.clientId, event, handler: textParam(params, 'handler'), isOffline }
  const before = portal.eventBindings.length
  portal.eventBindings = portal.eventBindings.filter(binding => !isSame(binding, wanted))
  return { count: before - portal.eventBindings.length }
}

export function eventMethods({ rest }: PortalModule): void {
  const options = { scope: null, appContext: true }
  rest.method('event.bind', options, bind)
  rest.method('event.unbind', options, unbind)
  rest.method('event.get', options, ({ portal, caller }) => portal.eventBindings
    .filter(({ clientId }) => clientId === caller.app!.clientId)
    .map(({ event, handler, authType, isOffline, connector }) => isOffline
      ? { event, connector_id: connector, offline: 1 }
      : { event, handler, auth_type: String(authType), offline: 0 }))
  rest.method('events', { scope: null }, known)
  rest.method('event.test', options, ({ portal, caller, params }) => {
    emitEvent(portal, 'ONAPPTEST', { QUERY: params }, { userId: caller.user.id })
    return true
  })
}
