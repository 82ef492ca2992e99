import type { RestAnswer, RestEngine } from '../rest/engine.ts'
import type { Caller } from '../rest/registry.ts'
import { clientEndpoint, portalHost, serverEndpoint } from '../apps/auth-payload.ts'
import { execute } from '../rest/engine.ts'
import { callerByToken } from '../rest/identify.ts'

/**
 * The stand-in is portal and authorization server on one address, so `app.info` answers in both roles:
 * what the portal says about the installed app, and what the authorization server says about the token.
 */
export async function answerAsAuthorizationServer(engine: RestEngine, token: unknown): Promise<RestAnswer & { caller: Caller }> {
  const { portal } = engine
  const caller = callerByToken(portal, token)
  const answer = await execute(engine, caller, 'app.info', {})
  const { app, user } = caller
  if (!app || !isMap(answer.body.result))
    return { ...answer, caller }
  const identity = {
    client_id: app.clientId,
    member_id: portal.memberId,
    user_id: user.id,
    domain: portalHost(portal),
    client_endpoint: clientEndpoint(portal),
    server_endpoint: serverEndpoint(portal),
    scope: app.scopes.join(','),
    status: app.status,
    install: {
      version: app.version,
      status: app.status,
      installed: app.isInstalled,
      member_id: portal.memberId,
      domain: portalHost(portal),
      client_endpoint: clientEndpoint(portal),
      scope: app.scopes.join(','),
    },
  }
  return { ...answer, body: { ...answer.body, result: { ...answer.body.result, ...identity } }, caller }
}

function isMap(value: unknown): value is Record<string, unknown> {
  return value !== null && typeof value === 'object' && !Array.isArray(value)
}
