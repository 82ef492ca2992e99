import type { FastifyReply, FastifyRequest } from 'fastify'
import type { PortalModule } from '../module.ts'
import type { AccessToken, App, Portal } from '../state.ts'
import { setTimeout as wait } from 'node:timers/promises'
import { clientEndpoint, portalHost, serverEndpoint } from '../apps/auth-payload.ts'
import { issueCode, redeemCode, rotateToken } from '../apps/tokens.ts'
import { spoiled } from '../rest/faults.ts'
import { parseBody, parseQuery } from '../rest/form.ts'

export function registerOAuth({ app, portal }: PortalModule): void {
  for (const url of ['/oauth/token', '/oauth/token/']) {
    app.route({ method: ['GET', 'POST'], url, handler: (request, reply) => answerToken(portal, request, reply) })
  }
  for (const url of ['/oauth/authorize', '/oauth/authorize/'])
    app.get(url, (request, reply) => authorize(portal, request, reply))
}

interface Answer {
  status: number
  body: Record<string, unknown>
}

const refused = (error: string, description: string, status = 400): Answer => ({ status, body: { error, error_description: description } })

async function answerToken(portal: Portal, request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
  const body = typeof request.body === 'string' ? parseBody(request.headers['content-type'], request.body) : {}
  const params = { ...parseQuery(request.url.split('?')[1] ?? ''), ...body }
  const faults = portal.faults.take('oauth.token')
  const slow = faults.find(({ kind }) => kind === 'slow')
  if (slow)
    await wait(slow.delayMs, undefined, { ref: false })
  const answer = await spoiled(faults, async () => exchange(portal, params))
  if (answer === 'drop') {
    request.raw.socket.destroy()
    return reply.hijack()
  }
  portal.journal.write('rest', {
    method: 'oauth.token',
    params: { grant_type: params.grant_type, client_id: params.client_id },
    status: answer.status,
    error: typeof answer.body === 'object' ? answer.body.error ?? null : null,
    userId: null,
    clientId: params.client_id ?? null,
    ms: 0,
  })
  return reply.code(answer.status).type(typeof answer.body === 'string' ? 'text/html' : 'application/json; charset=utf-8')
    .send(typeof answer.body === 'string' ? answer.body : JSON.stringify(answer.body))
}

function exchange(portal: Portal, params: Record<string, unknown>): Answer {
  const { grant_type: grantType, client_id: clientId, client_secret: clientSecret } = params
  if (grantType !== 'refresh_token' && grantType !== 'authorization_code')
    return refused('invalid_request', 'Invalid grant_type parameter or parameter missing')
  const app = portal.apps.get(String(clientId))
  if (!app || app.clientSecret !== clientSecret)
    return refused('invalid_client', 'The client credentials are invalid', 401)
  const token = grantType === 'refresh_token'
    ? rotateToken(portal, app, String(params.refresh_token))
    : redeemCode(portal, app, String(params.code))
  if (!token)
    return refused('invalid_grant', grantType === 'refresh_token' ? 'Refresh token doesn\'t exist' : 'The authorization code has expired')
  return { status: 200, body: tokenBody(portal, app, token) }
}

function tokenBody(portal: Portal, app: App, token: AccessToken): Record<string, unknown> {
  return {
    access_token: token.accessToken,
    refresh_token: token.refreshToken,
    expires: Math.floor(token.expiresAt / 1000),
    expires_in: portal.settings.tokenLifetimeSeconds,
    client_endpoint: clientEndpoint(portal),
    server_endpoint: serverEndpoint(portal),
    // The authorization server's host, which is not the portal's in production.
    domain: 'oauth.portal.test',
    member_id: portal.memberId,
    scope: token.scopes.join(','),
    status: app.status,
    user_id: token.userId,
  }
}

/** Who "signs in" is the administrator, or the user named by `user_id`. */
function authorize(portal: Portal, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  const { client_id: clientId, state, redirect_uri: redirectUri, user_id: userId = '1' } = request.query as Record<string, string | undefined>
  const app = portal.apps.get(clientId ?? '')
  if (!app)
    return reply.code(400).send({ error: 'invalid_client', error_description: 'Unknown application' })
  const target = new URL(app.handlerUrl)
  if (redirectUri && new URL(redirectUri).host !== target.host)
    return reply.code(400).send({ error: 'invalid_request', error_description: 'redirect_uri does not belong to the application' })
  const address = new URL(redirectUri ?? app.handlerUrl)
  address.searchParams.set('code', issueCode(portal, app, Number(userId)))
  if (state)
    address.searchParams.set('state', state)
  address.searchParams.set('domain', portalHost(portal))
  address.searchParams.set('member_id', portal.memberId)
  address.searchParams.set('scope', app.scopes.join(','))
  address.searchParams.set('server_domain', 'oauth.portal.test')
  return reply.redirect(address.href, 302)
}
