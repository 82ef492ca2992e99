import type { Oauth } from './oauth.ts'
import { restBase, sameOrigin, type AddressRules } from './portal-address.ts'
import type { PortalDirectory } from './portal-directory.postgres.ts'
import type { TokenStore } from './token-store.postgres.ts'

export interface RelocationDeps {
  readonly oauth: Pick<Oauth, 'ownerOf'>
  readonly tokens: Pick<TokenStore, 'endpointSeen'>
  readonly directory: PortalDirectory
  readonly rules: AddressRules
}

export interface Relocation {
  readonly portalId: number
  readonly location: string
  readonly accessToken: string
  /** Rotates the app's own tokens: a viewer's can't be, and the new pair names the address. */
  readonly renew: () => Promise<boolean>
}

/**
 * A renamed portal answers 302. Whoever owns the old name now could answer the same, so the token goes to the new
 * address only when the configured authorization server names it too: in app.info, or with a rotated pair.
 * Null when it does not.
 */
export async function followRelocation(deps: RelocationDeps, { portalId, location, accessToken, renew }: Relocation): Promise<string | null> {
  const target = URL.canParse(location) ? new URL(location) : null
  if (!target)
    return null
  const named = await namedAddress()
  if (named === null || !sameOrigin(named, target.origin))
    return null
  // The server's word, not the redirect's: portals in a folder keep their path.
  const address = restBase(named, deps.rules)
  await deps.directory.move(portalId, address)
  return address

  async function namedAddress(): Promise<string | null> {
    const owner = await deps.oauth.ownerOf(accessToken).catch(() => null)
    if (owner?.clientEndpoint)
      return owner.clientEndpoint
    return await renew() ? deps.tokens.endpointSeen(portalId) : null
  }
}
