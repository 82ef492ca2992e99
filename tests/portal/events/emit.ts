import type { App, EventBinding, Portal } from '../state.ts'
import { anonymousAuth, userAuth } from '../apps/auth-payload.ts'

interface Cause {
  userId: number
  /** A workflow did it: no tokens travel along. */
  byAutomation?: boolean
}

/** Announces an event to every handler that is bound to it, at most once each. */
export function emitEvent(portal: Portal, event: string, data: Record<string, unknown>, { userId, byAutomation = false }: Cause): void {
  for (const binding of portal.eventBindings) {
    const app = portal.apps.get(binding.clientId)
    if (binding.event !== event || !app?.isInstalled)
      continue
    if (binding.isOffline)
      keepOffline(portal, binding, event, data)
    else
      post(portal, app, binding, event, data, byAutomation ? anonymousAuth(portal, app) : userAuth(portal, app, binding.authType || userId, { withRefreshToken: false, withUser: true }))
  }
}

function post(portal: Portal, { clientId }: App, { id, handler }: EventBinding, event: string, data: Record<string, unknown>, auth: Record<string, string>): void {
  const ts = String(Math.floor(portal.clock.now() / 1000))
  portal.queue.post({ kind: 'event', name: event, clientId, url: handler, body: { event, event_handler_id: String(id), data, ts, auth } })
}

/** Of a thousand edits of one record the queue keeps the latest. */
function keepOffline(portal: Portal, { clientId, connector }: EventBinding, event: string, data: Record<string, unknown>): void {
  const same = JSON.stringify(data)
  const at = portal.offlineEvents.findIndex(known => known.clientId === clientId && known.event === event && known.processId === null && JSON.stringify(known.data) === same)
  if (at !== -1)
    portal.offlineEvents.splice(at, 1)
  portal.offlineEvents.push({ id: portal.nextId('offlineEvent'), clientId, event, data, at: portal.clock.now(), processId: null, isFailed: false, connector })
  const waker = portal.eventBindings.find(binding => binding.clientId === clientId && binding.event === 'ONOFFLINEEVENT' && !binding.isOffline)
  const app = portal.apps.get(clientId)
  if (waker && app)
    post(portal, app, waker, 'ONOFFLINEEVENT', {}, userAuth(portal, app, app.installedBy, { withRefreshToken: true, withUser: true }))
}
