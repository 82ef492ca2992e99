import type { PortalModule } from '../module.ts'
import type { App, Portal } from '../state.ts'
import { randomBytes } from 'node:crypto'
import { anonymousAuth, userAuth } from '../apps/auth-payload.ts'
import { emitEvent } from '../events/emit.ts'
import { needApp } from './error.ts'

interface EmitBody {
  event: string
  data?: Record<string, unknown>
  userId?: number
  byAutomation?: boolean
  /** The same event this many times at once. */
  count?: number
}

interface ForgeBody {
  clientId: string
  url: string
  event: string
  data?: Record<string, unknown>
  variant?: 'wrongToken' | 'unknownMember' | 'missingAuth' | 'genuine'
}

function forgedAuth(portal: Portal, app: App, variant: ForgeBody['variant']): Record<string, string> | undefined {
  const auth = variant === 'genuine' ? userAuth(portal, app, app.installedBy, { withRefreshToken: false, withUser: true }) : anonymousAuth(portal, app)
  switch (variant) {
    case 'missingAuth': return undefined
    case 'unknownMember': return { ...auth, member_id: randomBytes(16).toString('hex') }
    case 'genuine': return auth
    default: return { ...auth, application_token: randomBytes(16).toString('hex') }
  }
}

export function eventRoutes({ app: server, portal }: PortalModule): void {
  server.post<{ Body: EmitBody }>('/control/events', ({ body: { event, data = {}, userId = 1, byAutomation, count = 1 } }) => {
    for (let sent = 0; sent < count; sent++)
      emitEvent(portal, event.toUpperCase(), data, { userId, byAutomation })
    return { event, count }
  })

  // A request that only looks as if the portal had sent it.
  server.post<{ Body: ForgeBody }>('/control/forge', async ({ body: { clientId, url, event, data = {}, variant = 'wrongToken' } }) => {
    const auth = forgedAuth(portal, needApp(portal, clientId), variant)
    const ts = String(Math.floor(portal.clock.now() / 1000))
    const status = await new Promise<number | null>((resolve) => {
      portal.queue.post({ kind: 'event', name: `forged ${event}`, clientId, url, body: { event, data, ts, ...(auth ? { auth } : {}) }, onAnswered: resolve })
    })
    return { status }
  })
}
