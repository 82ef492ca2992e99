import type { PortalModule } from '../../module.ts'
import type { RestCall } from '../registry.ts'
import type { OfflineEvent } from '../../state.ts'
import { randomBytes } from 'node:crypto'
import { toPortalTime } from '../../core/zoned-time.ts'
import { listParam, mapParam, numberParam, param, textParam, upperKeys } from '../params.ts'
import { RestError } from '../registry.ts'

function shown({ id, event, data, at }: OfflineEvent): Record<string, unknown> {
  return { ID: String(id), TIMESTAMP_X: toPortalTime(at), EVENT_NAME: event, EVENT_DATA: data, EVENT_ADDITIONAL: false, MESSAGE_ID: String(id) }
}

function take(call: RestCall): unknown {
  const { portal, caller, params } = call
  const clears = !['0', 0, false, 'false'].includes((param(params, 'clear') ?? 1) as string)
  if (!clears && !portal.settings.features.rest_offline_extended)
    throw new RestError(403, 'ACCESS_DENIED', 'Access denied! Offline extended mode is not available')
  const wanted = upperKeys(mapParam(params, 'filter'))
  const limit = numberParam(params, 'limit') || 50
  const processId = textParam(params, 'process_id') || randomBytes(16).toString('hex')
  const isFree = (event: OfflineEvent) => event.processId === null || event.processId === textParam(params, 'process_id')
  const batch = portal.offlineEvents
    .filter(event => event.clientId === caller.app!.clientId && isFree(event) && event.isFailed === (textParam(params, 'error') === '1'))
    .filter(event => wanted.EVENT_NAME === undefined || event.event === String(wanted.EVENT_NAME).toUpperCase())
    .slice(0, limit)
  if (clears)
    forget(call, batch)
  else
    batch.forEach((event) => { event.processId = processId })
  return { process_id: clears ? null : processId, events: batch.map(shown) }
}

function forget({ portal }: RestCall, gone: OfflineEvent[]): void {
  const rest = portal.offlineEvents.filter(event => !gone.includes(event))
  portal.offlineEvents.splice(0, portal.offlineEvents.length, ...rest)
}

function ofProcess({ portal, caller, params }: RestCall): OfflineEvent[] {
  const ids = [...listParam(params, 'id'), ...listParam(params, 'message_id')].map(String)
  return portal.offlineEvents.filter(event => event.clientId === caller.app!.clientId && event.processId === textParam(params, 'process_id')
    && (ids.length === 0 || ids.includes(String(event.id))))
}

export function offlineEventMethods({ rest }: PortalModule): void {
  const options = { scope: null, appContext: true, admin: true }
  rest.method('event.offline.get', options, take)
  rest.method('event.offline.list', options, ({ portal, caller }) => portal.offlineEvents.filter(({ clientId }) => clientId === caller.app!.clientId).slice(0, 50).map(shown))
  rest.method('event.offline.clear', options, (call) => {
    forget(call, ofProcess(call))
    return true
  })
  rest.method('event.offline.error', options, (call) => {
    ofProcess(call).forEach((event) => { event.isFailed = true })
    return true
  })
}
