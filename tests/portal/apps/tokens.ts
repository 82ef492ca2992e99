import type { AccessToken, App, Portal } from '../state.ts'
import { randomBytes } from 'node:crypto'

const refreshLifetimeMs = 180 * 24 * 3_600_000
const codeLifetimeMs = 30_000

/** Tokens of a portal look long and hexadecimal; the length is arbitrary. */
export function randomToken(bytes = 35): string {
  return randomBytes(bytes).toString('hex')
}

export function issueToken(portal: Portal, app: App, userId: number): AccessToken {
  const token: AccessToken = {
    accessToken: randomToken(),
    refreshToken: randomToken(),
    clientId: app.clientId,
    userId,
    scopes: [...app.scopes],
    expiresAt: portal.clock.now() + portal.settings.tokenLifetimeSeconds * 1000,
    isRevoked: false,
  }
  portal.tokens.set(token.accessToken, token)
  refreshable.of(portal).set(token.refreshToken, token)
  forgetOld(portal)
  return token
}

/** Exchanges a refresh token once; a second use finds nothing. */
export function rotateToken(portal: Portal, app: App, refreshToken: string): AccessToken | null {
  const known = refreshable.of(portal)
  const old = known.get(refreshToken)
  if (!old || old.isRevoked || old.clientId !== app.clientId)
    return null
  known.delete(refreshToken)
  if (old.expiresAt + refreshLifetimeMs < portal.clock.now())
    return null
  return issueToken(portal, app, old.userId)
}

export function issueCode(portal: Portal, app: App, userId: number): string {
  const code = randomToken()
  portal.codes.set(code, { code, clientId: app.clientId, userId, expiresAt: portal.clock.now() + codeLifetimeMs })
  return code
}

export function redeemCode(portal: Portal, app: App, code: string): AccessToken | null {
  const known = portal.codes.get(code)
  portal.codes.delete(code)
  if (!known || known.clientId !== app.clientId || known.expiresAt < portal.clock.now())
    return null
  return issueToken(portal, app, known.userId)
}

export function revokeTokens(portal: Portal, clientId: string): void {
  for (const token of refreshable.of(portal).values()) {
    if (token.clientId === clientId)
      token.isRevoked = true
  }
  for (const token of portal.tokens.values()) {
    if (token.clientId === clientId)
      token.isRevoked = true
  }
}

/** Makes every access token of the portal expired, refresh tokens stay good. */
export function expireTokens(portal: Portal): void {
  for (const token of portal.tokens.values())
    token.expiresAt = Math.min(token.expiresAt, portal.clock.now() - 1)
}

const refreshable = {
  byPortal: new WeakMap<Portal, Map<string, AccessToken>>(),
  of(portal: Portal): Map<string, AccessToken> {
    let tokens = this.byPortal.get(portal)
    if (!tokens) {
      tokens = new Map()
      this.byPortal.set(portal, tokens)
    }
    return tokens
  },
}

const keptTokens = 20_000

function forgetOld(portal: Portal): void {
  const known = refreshable.of(portal)
  if (known.size <= keptTokens)
    return
  const [oldest] = known.values()
  if (oldest)
    known.delete(oldest.refreshToken)
  const [first] = portal.tokens.keys()
  if (first)
    portal.tokens.delete(first)
}
