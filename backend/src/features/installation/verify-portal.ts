import { AppError } from '@comptoir/shared/errors'

/** What the authorization server says of a token. Fields it leaves out are null. */
export interface TokenOwner {
  readonly memberId: string | null
  readonly clientEndpoint: string | null
  readonly clientId: string | null
  readonly userId: number | null
  readonly scope: readonly string[]
  readonly version: string | null
}

export interface FreshPair {
  readonly accessToken: string
  readonly refreshToken: string | null
  readonly expiresAt: Date
  readonly memberId: string | null
  readonly clientEndpoint: string | null
  readonly scope: readonly string[]
}

/** The configured authorization server: never an address that a request names. */
export interface AuthorizationServer {
  ownerOf(accessToken: string): Promise<TokenOwner>
  refresh(refreshToken: string): Promise<FreshPair>
}

export interface Claim {
  readonly accessToken: string
  readonly refreshToken: string | null
  readonly expiresAt: Date
  readonly memberId: string | null
}

export interface PortalProof {
  readonly memberId: string
  readonly clientEndpoint: string
  readonly scope: readonly string[]
  readonly version: string | null
  readonly tokens: { readonly accessToken: string, readonly refreshToken: string | null, readonly expiresAt: Date }
}

/**
 * Whose portal a token belongs to, by the authorization server's own word. Where its `app.info` names no portal or no app,
 * or the token is over, spending the refresh token there does: that answer is bound to our client secret.
 * @throws AppError auth.forged when the server knows another app or another portal behind the token
 */
export async function provePortal(server: AuthorizationServer, clientId: string, claim: Claim): Promise<PortalProof> {
  const owner = await server.ownerOf(claim.accessToken).catch(error => isTokenOver(error) && claim.refreshToken ? nobody : Promise.reject(error))
  if (owner.clientId !== null && owner.clientId !== clientId)
    throw new AppError('auth.forged', { details: { reason: 'other_app' } })
  // An answer that does not name our app says nothing about for whom the token was made.
  const direct = owner.clientId && owner.memberId && owner.clientEndpoint
    ? { memberId: owner.memberId, clientEndpoint: owner.clientEndpoint, scope: owner.scope, version: owner.version, tokens: claim }
    : await proveByRefresh(server, claim, owner)
  if (claim.memberId !== null && claim.memberId !== direct.memberId)
    throw new AppError('auth.forged', { details: { reason: 'other_portal' } })
  return direct
}

const nobody: TokenOwner = { memberId: null, clientEndpoint: null, clientId: null, userId: null, scope: [], version: null }

/** Over, not invented: a token the server never made proves nothing, whatever comes with it. */
const isTokenOver = (error: unknown): boolean => error instanceof AppError && error.details.hostCode === 'expired_token'

async function proveByRefresh(server: AuthorizationServer, claim: Claim, owner: TokenOwner): Promise<PortalProof> {
  if (!claim.refreshToken)
    throw new AppError('auth.forged', { details: { reason: 'no_portal' } })
  const pair = await server.refresh(claim.refreshToken)
  if (!pair.memberId || !pair.clientEndpoint)
    throw new AppError('auth.forged', { details: { reason: 'no_portal' } })
  return {
    memberId: pair.memberId,
    clientEndpoint: pair.clientEndpoint,
    scope: pair.scope.length > 0 ? pair.scope : owner.scope,
    version: owner.version,
    tokens: pair,
  }
}
