import { AppError } from '@comptoir/shared/errors'
import { appUser, type Credential, type TokenStore } from './token-store.postgres.ts'

/** In whose name a call is made: the app's own, a user's stored token, or a token just handed over by the frame. */
export type CallerIdentity = 'app' | { readonly userId: number } | { readonly accessToken: string }

export interface Authorization {
  token(): Promise<string>
  /** After the host called the token expired. False when there is nothing to renew it with. */
  renew(): Promise<boolean>
}

/** A token this close to its end would expire on the way. */
const marginMs = 30_000

export function createAuthorization(tokens: TokenStore, portalId: number, as: CallerIdentity, now: () => Date): Authorization {
  if (typeof as === 'object' && 'accessToken' in as)
    return { token: async () => as.accessToken, renew: async () => false }
  const userId = as === 'app' ? appUser : as.userId
  let used: Credential | null = null

  return {
    async token() {
      const stored = await tokens.read(portalId, userId)
      if (!stored)
        throw new AppError('crm.login_lost', { details: { portalId, reason: 'no_token' } })
      const isOver = stored.expiresAt.getTime() - marginMs <= now().getTime()
      used = isOver && stored.canRefresh ? await tokens.refresh(portalId, userId, stored.generation) : stored
      return used.accessToken
    },
    async renew() {
      if (!used?.canRefresh)
        return false
      const before = used.accessToken
      used = await tokens.refresh(portalId, userId, used.generation)
      return used.accessToken !== before
    },
  }
}
