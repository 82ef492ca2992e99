import { createHmac, timingSafeEqual } from 'node:crypto'
import { AppError } from '@comptoir/shared/errors'
import type { Viewer } from '@comptoir/shared/portal/portal.contract'

/** Long enough for a working pause, short enough that a lost right is lost soon. */
export const sessionLifetimeMs = 30 * 60_000

export interface SessionClaims {
  readonly portalId: number
  readonly viewer: Viewer
  /** The administrator who looks through the viewer's eyes: nothing may be changed with such a session. */
  readonly viewingBy?: { readonly userId: number, readonly name: string }
  /** Milliseconds since 1970. */
  readonly expiresAt: number
}

/** `payload.signature`, both base64url; HMAC-SHA-256 under a key that is derived for this purpose alone. */
export function signSession(claims: SessionClaims, key: Buffer): string {
  const payload = Buffer.from(JSON.stringify(claims)).toString('base64url')
  return `${payload}.${signature(payload, key)}`
}

/** @throws AppError auth.forged, auth.expired */
export function openSession(token: string, key: Buffer, now: number): SessionClaims {
  const [payload = '', given = '', ...rest] = token.split('.')
  const expected = Buffer.from(signature(payload, key))
  const actual = Buffer.from(given)
  if (rest.length > 0 || actual.length !== expected.length || !timingSafeEqual(actual, expected))
    throw new AppError('auth.forged')
  const claims = JSON.parse(Buffer.from(payload, 'base64url').toString()) as SessionClaims
  if (claims.expiresAt <= now)
    throw new AppError('auth.expired')
  return claims
}

const signature = (payload: string, key: Buffer): string =>
  createHmac('sha256', createHmac('sha256', key).update('session').digest()).update(payload).digest('base64url')
