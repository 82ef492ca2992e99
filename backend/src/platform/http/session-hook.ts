import type { FastifyInstance } from 'fastify'
import { AppError } from '@comptoir/shared/errors'
import type { Endpoint } from '@comptoir/shared/http/endpoint'
import type { Caller, PortalRecord } from './caller.ts'
import { createClicks, type Clicks } from './clicks.ts'
import { openSession } from './session-token.ts'

declare module 'fastify' {
  interface FastifyRequest {
    caller: Caller | null
  }
  interface FastifyInstance {
    clicks: Clicks
  }
}

export interface SessionHookDeps {
  readonly sessionKey: Buffer
  /** @throws AppError auth.required for a person who has left the portal since the session was opened */
  readonly findPortal: (portalId: number, userId: number) => Promise<PortalRecord | null>
  readonly now: () => Date
}

/** One hook for all of /api: no route can forget it. Portal and viewer come from the signed session alone. */
export function requireSession(app: FastifyInstance, { sessionKey, findPortal, now }: SessionHookDeps): void {
  app.decorateRequest('caller', null)
  app.decorate('clicks', createClicks())
  app.addHook('onRequest', async (request) => {
    const contract = (request.routeOptions.config as { contract?: Endpoint }).contract
    if (!contract || contract.access === 'open')
      return
    const [scheme, token] = (request.headers.authorization ?? '').split(' ')
    if (scheme !== 'Bearer' || !token)
      throw new AppError('auth.required')
    const claims = openSession(token, sessionKey, now().getTime())
    const portal = await findPortal(claims.portalId, claims.viewer.userId)
    if (!portal || portal.status === 'gone')
      throw new AppError('portal.not_installed')
    if (claims.viewingBy && contract.method !== 'GET')
      throw new AppError('auth.viewing_as')
    if (contract.access === 'admin' && !claims.viewer.isAdmin)
      throw new AppError('auth.admin_only')
    request.caller = { portal, viewer: claims.viewer, log: request.log.child({ portalId: portal.id }), traceId: request.id }
  })
}
