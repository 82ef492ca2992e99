import type { App, Portal } from '../state.ts'
import { issueToken } from './tokens.ts'

export function clientEndpoint(portal: Portal): string {
  return `${portal.origin}/rest/`
}

/** The stand-in is its own authorization server. */
export function serverEndpoint(portal: Portal): string {
  return `${portal.origin}/rest/`
}

export function portalHost(portal: Portal): string {
  return new URL(portal.origin).host
}

/** `auth[…]` without tokens: what an uninstall carries, and an event that a robot caused. */
export function anonymousAuth(portal: Portal, app: App): Record<string, string> {
  return {
    domain: portalHost(portal),
    server_endpoint: serverEndpoint(portal),
    client_endpoint: clientEndpoint(portal),
    member_id: portal.memberId,
    application_token: app.applicationToken,
  }
}

interface AuthOptions {
  withRefreshToken: boolean
  withUser: boolean
}

/** `auth[…]` with a fresh token of the user. */
export function userAuth(portal: Portal, app: App, userId: number, { withRefreshToken, withUser }: AuthOptions): Record<string, string> {
  const token = issueToken(portal, app, userId)
  return {
    access_token: token.accessToken,
    ...(withRefreshToken ? { refresh_token: token.refreshToken } : {}),
    expires: String(Math.floor(token.expiresAt / 1000)),
    expires_in: String(portal.settings.tokenLifetimeSeconds),
    scope: token.scopes.join(','),
    status: app.status,
    ...(withUser ? { user_id: String(userId) } : {}),
    ...anonymousAuth(portal, app),
  }
}
