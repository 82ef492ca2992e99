import { AppError } from '@comptoir/shared/errors'
import { errorOfFault, faultOfSilence } from './rest-fault.ts'
import type { Exchange, Post } from './transport.ts'

export interface TokenPair {
  readonly accessToken: string
  readonly refreshToken: string | null
  readonly expiresAt: Date
  /** The portal's REST address as the authorization server knows it now. */
  readonly clientEndpoint: string | null
  readonly memberId: string | null
  readonly userId: number | null
  readonly scope: readonly string[]
}

/** What the authorization server says of a token; fields it leaves out are null. */
export interface TokenOwner {
  readonly memberId: string | null
  readonly clientEndpoint: string | null
  readonly domain: string | null
  readonly clientId: string | null
  readonly userId: number | null
  readonly scope: readonly string[]
  readonly version: string | null
}

export interface Oauth {
  refresh(refreshToken: string): Promise<TokenPair>
  /** Asks the configured server whose token this is: no address from a request is ever involved. */
  ownerOf(accessToken: string): Promise<TokenOwner>
}

export interface OauthOptions {
  /** `https://oauth.bitrix.info`, or the stand-in. From configuration only: it receives the client's secret. */
  readonly server: string
  readonly clientId: string
  readonly clientSecret: string
  readonly post: Post
  readonly now: () => Date
  readonly timeoutMs?: number
}

export function createOauth({ server, clientId, clientSecret, post, now, timeoutMs = 30_000 }: OauthOptions): Oauth {
  const base = server.replace(/\/+$/, '').replace(/\/rest$/, '')

  return {
    async refresh(refreshToken) {
      const form = new URLSearchParams({
        grant_type: 'refresh_token', client_id: clientId, client_secret: clientSecret, refresh_token: refreshToken,
      })
      return tokenPair(bodyOf(await post(`${base}/oauth/token/`, form, { timeoutMs })), now())
    },
    async ownerOf(accessToken) {
      const exchange = await post(`${base}/rest/app.info`, new URLSearchParams({ auth: accessToken }), { timeoutMs })
      return tokenOwner(bodyOf(exchange).result)
    },
  }
}

function bodyOf({ body, fault, location, status }: Exchange): Record<string, unknown> {
  if (fault)
    throw errorOfFault(fault)
  if (!body || location)
    throw errorOfFault(faultOfSilence('unreadable', status))
  return body
}

export function tokenPair(body: Record<string, unknown>, now: Date): TokenPair {
  const accessToken = text(body.access_token)
  if (!accessToken)
    throw new AppError('crm.unavailable', { details: { hostCode: 'no_token' } })
  return {
    accessToken,
    refreshToken: text(body.refresh_token),
    expiresAt: expiryOf(body, now),
    clientEndpoint: text(body.client_endpoint),
    memberId: text(body.member_id),
    userId: integer(body.user_id),
    scope: scopeList(body.scope),
  }
}

/** `expires_in` first: it does not depend on two clocks agreeing. */
function expiryOf(body: Record<string, unknown>, now: Date): Date {
  const inSeconds = integer(body.expires_in)
  if (inSeconds !== null)
    return new Date(now.getTime() + inSeconds * 1000)
  const at = integer(body.expires)
  return at !== null ? new Date(at * 1000) : new Date(now.getTime() + 3_600_000)
}

/** The server's body is not documented: known names are looked for at the top and one level below. */
function tokenOwner(result: unknown): TokenOwner {
  if (typeof result !== 'object' || result === null)
    throw new AppError('crm.unavailable', { details: { hostCode: 'no_owner' } })
  const fields = new Map<string, unknown>()
  for (const value of Object.values(result)) {
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) {
      for (const [inner, innerValue] of Object.entries(value))
        fields.set(inner.toLowerCase(), fields.get(inner.toLowerCase()) ?? innerValue)
    }
  }
  for (const [name, value] of Object.entries(result)) {
    if (typeof value !== 'object' || Array.isArray(value))
      fields.set(name.toLowerCase(), value)
  }
  return {
    memberId: text(fields.get('member_id')),
    clientEndpoint: text(fields.get('client_endpoint')),
    domain: text(fields.get('domain')),
    clientId: text(fields.get('client_id')),
    userId: integer(fields.get('user_id')),
    scope: scopeList(fields.get('scope')),
    version: text(fields.get('version')),
  }
}

/** Commas in one place of the host, spaces in another, a list in a third. */
export function scopeList(value: unknown): string[] {
  const parts: unknown[] = Array.isArray(value) ? value : String(value ?? '').split(/[\s,]+/)
  return parts.map(String).filter(Boolean)
}

const text = (value: unknown): string | null =>
  typeof value === 'string' && value !== '' ? value : typeof value === 'number' ? String(value) : null

function integer(value: unknown): number | null {
  const number = typeof value === 'string' && value.trim() !== '' ? Number(value) : value
  return typeof number === 'number' && Number.isInteger(number) ? number : null
}
