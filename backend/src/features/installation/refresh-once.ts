import type { AuthorizationServer, FreshPair } from './verify-portal.ts'

/** As long as the host's tokens live. */
const memoryMs = 3_600_000

/**
 * A refresh token is spent by its first use. When the portal then fails to answer, the installer comes back with the
 * same one: it gets the pair that was already received.
 */
export function refreshOnce(server: AuthorizationServer, now: () => Date): AuthorizationServer {
  const received = new Map<string, { readonly pair: Promise<FreshPair>, readonly until: number }>()
  return {
    ownerOf: accessToken => server.ownerOf(accessToken),
    refresh(refreshToken) {
      const at = now().getTime()
      for (const [token, { until }] of received) {
        if (until <= at)
          received.delete(token)
      }
      const known = received.get(refreshToken)
      if (known)
        return known.pair
      const pair = server.refresh(refreshToken)
      received.set(refreshToken, { pair, until: at + memoryMs })
      pair.catch(() => received.delete(refreshToken))
      return pair
    },
  }
}
