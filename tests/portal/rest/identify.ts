import type { App, Portal, User } from '../state.ts'
import type { Caller } from './registry.ts'
import { mayOpenApp } from '../apps/lifecycle.ts'
import { RestError } from './registry.ts'

const wrongAuth = () => new RestError(401, 'NO_AUTH_FOUND', 'Wrong authorization data')

export function callerByToken(portal: Portal, accessToken: unknown): Caller {
  const token = typeof accessToken === 'string' ? portal.tokens.get(accessToken) : undefined
  if (!token)
    throw typeof accessToken === 'string' && accessToken !== '' ? new RestError(401, 'invalid_token', 'Unable to get application by token') : wrongAuth()
  if (token.isRevoked)
    throw new RestError(401, 'invalid_token', 'Unable to get application by token')
  if (token.expiresAt <= portal.clock.now())
    throw new RestError(401, 'expired_token', 'The access token provided has expired.')
  const app = portal.apps.get(token.clientId)
  const user = portal.users.get(token.userId)
  if (!app || !user?.isActive)
    throw wrongAuth()
  return allowed(app, { user, app, webhook: null, token, scopes: new Set(token.scopes) })
}

function allowed(app: App, caller: Caller & { user: User }): Caller {
  if (!mayOpenApp(app, caller.user.id))
    throw new RestError(403, 'user_access_error', 'The user does not have access to the application')
  return caller
}

export function callerByWebhook(portal: Portal, userId: string, code: string): Caller {
  const webhook = portal.webhooks.get(`${userId}/${code}`)
  const user = webhook && portal.users.get(webhook.userId)
  if (!webhook || !user?.isActive)
    throw new RestError(401, 'INVALID_CREDENTIALS', 'Invalid request credentials')
  return { user, app: null, webhook, token: null, scopes: new Set(webhook.scopes) }
}
