import type { ApplicationTokens } from '../bitrix24/application-token.ts'
import type { Portals } from './portals.postgres.ts'

export interface PortalCache {
  /** The portal's id when the application token is its own; null for an unknown portal or a wrong token. */
  portalOfToken(memberId: string, applicationToken: string): Promise<number | null>
  forget(portalId: number): void
}

/** Workflow steps come by the hundred a second from the same few portals. Seconds old is new enough: a purge takes the rows along. */
const freshMs = 5_000

export function createPortalCache(portals: Portals, tokens: ApplicationTokens, now: () => Date): PortalCache {
  const known = new Map<string, { portalId: number, hash: Buffer | null, until: number }>()

  async function read(memberId: string) {
    const cached = known.get(memberId)
    if (cached && cached.until > now().getTime())
      return cached
    const portal = await portals.findByMember(memberId)
    known.delete(memberId)
    if (!portal || portal.status === 'gone')
      return null
    const entry = { portalId: portal.id, hash: await portals.applicationTokenHash(portal.id), until: now().getTime() + freshMs }
    known.set(memberId, entry)
    return entry
  }

  return {
    async portalOfToken(memberId, applicationToken) {
      const entry = await read(memberId)
      if (entry && tokens.matches(applicationToken, entry.hash))
        return entry.portalId
      // The token may have changed with a new version a moment ago.
      known.delete(memberId)
      const again = entry ? await read(memberId) : null
      return again && tokens.matches(applicationToken, again.hash) ? again.portalId : null
    },
    forget(portalId) {
      for (const [memberId, entry] of known) {
        if (entry.portalId === portalId)
          known.delete(memberId)
      }
    },
  }
}
