import { AppError } from '@comptoir/shared/errors'
import type { InstallState } from '@comptoir/shared/installation/installation.contract'
import type { Viewer } from '@comptoir/shared/portal/portal.contract'
import type { PortalRecord } from '../../platform/http/caller.ts'
import type { Portals } from '../../platform/portals/portals.postgres.ts'
import { installState, type InstallStore } from './install.ts'
import { missingScope } from './registrations.ts'
import { provePortal, type AuthorizationServer, type Claim } from './verify-portal.ts'

export interface InstallerDeps {
  readonly clientId: string
  readonly oauthServer: string
  readonly authorizationServer: AuthorizationServer
  readonly portals: Portals
  readonly store: InstallStore & { forget(portalId: number): Promise<void> }
  /** @throws AppError portal.insecure */
  readonly checkEndpoint: (endpoint: string) => string
  readonly profileAt: (endpoint: string, accessToken: string) => Promise<Viewer>
  readonly scopeAt: (endpoint: string, accessToken: string) => Promise<readonly string[]>
  readonly hashApplicationToken: (token: string) => Buffer
  readonly saveTokens: (portalId: number, pair: Claim) => Promise<void>
}

export interface InstallerOpening {
  readonly portal: PortalRecord | null
  readonly viewer: Viewer
  readonly first: InstallState
}

/**
 * The host opened the installer. Only an administrator's token, vouched for by the authorization server, writes:
 * any employee holds a valid token of the portal and could otherwise plant an application token of his own.
 */
export async function openInstaller(deps: InstallerDeps, claim: Claim, applicationToken: string | null, { keepsSteps = false }: { keepsSteps?: boolean } = {}): Promise<InstallerOpening> {
  const proof = await provePortal(deps.authorizationServer, deps.clientId, claim).catch(refusal)
  const clientEndpoint = deps.checkEndpoint(proof.clientEndpoint)
  const viewer = await deps.profileAt(clientEndpoint, proof.tokens.accessToken).catch(refusal)
  // Authorization servers differ in what they call a scope; the portal has the list.
  const scope = proof.scope.includes('crm') ? proof.scope : await deps.scopeAt(clientEndpoint, proof.tokens.accessToken).catch(() => proof.scope)
  if (!viewer.isAdmin)
    return { portal: null, viewer, first: forNonAdmin(scope) }
  const portal = await deps.portals.save({
    memberId: proof.memberId,
    domain: new URL(clientEndpoint).host,
    clientEndpoint,
    serverEndpoint: `${deps.oauthServer}/rest/`,
    scope,
    appVersion: proof.version,
    installerUserId: viewer.userId,
    applicationTokenHash: applicationToken ? deps.hashApplicationToken(applicationToken) : null,
  })
  await deps.saveTokens(portal.id, { ...proof.tokens, memberId: proof.memberId })
  // The host opens the installer for a new app or a new version: whatever was registered before is gone.
  if (!keepsSteps)
    await deps.store.forget(portal.id)
  return { portal, viewer, first: await installState(deps.store, portal, viewer) }
}

/** A token that its own server does not know is a forgery, not a lost login of ours. */
function refusal(error: unknown): never {
  if (error instanceof AppError && error.code === 'crm.login_lost')
    throw new AppError('auth.forged', { details: { reason: 'token' }, cause: error })
  throw error
}

const forNonAdmin = (scope: readonly string[]): InstallState => ({
  isAdmin: false, isInstalled: false, done: [], scope: [...scope], missingScope: missingScope(scope), vendorChoices: [], vendorRule: null,
})

/** The token an administrator's event carries, proven the same way; used when no stored application token can be compared. */
export async function proveAdminEvent(deps: InstallerDeps, claim: Claim, applicationToken: string, options: { keepsSteps?: boolean } = {}): Promise<PortalRecord> {
  const { portal } = await openInstaller(deps, claim, applicationToken, options)
  if (!portal)
    throw new AppError('auth.forged', { details: { reason: 'not_admin' } })
  return portal
}
