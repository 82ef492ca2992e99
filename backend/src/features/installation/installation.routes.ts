import type { FastifyInstance } from 'fastify'
import { AppError } from '@comptoir/shared/errors'
import { installationApi, type InstallStep } from '@comptoir/shared/installation/installation.contract'
import type { Session, Viewer } from '@comptoir/shared/portal/portal.contract'
import type { PortalRecord } from '../../platform/http/caller.ts'
import { field } from '../../platform/http/host-form.ts'
import { serve } from '../../platform/http/serve.ts'
import { installState, runInstallStep } from './install.ts'
import { registrationRoutes } from './registrations.routes.ts'
import type { StepContext } from './install-steps.ts'
import { openInstaller, type InstallerDeps } from './open-installer.ts'
import type { Claim } from './verify-portal.ts'

export interface InstallationDeps extends InstallerDeps {
  readonly stepContext: (portal: PortalRecord, options: { acceptsGaps: boolean, accessToken?: string }) => StepContext
  readonly openSession: (portal: PortalRecord, viewer: Viewer) => Promise<Session>
  readonly onVendorRule: (portal: PortalRecord) => Promise<void>
  readonly now: () => Date
}

export function installationRoutes(app: FastifyInstance, deps: InstallationDeps): void {
  const stateOf = async (portalId: number, viewer: Viewer) => {
    const portal = await deps.portals.find(portalId)
    if (!portal)
      throw new AppError('portal.not_installed')
    return installState(deps.store, portal, viewer)
  }

  serve(app, installationApi.state, (_, { portal, viewer }) => stateOf(portal.id, viewer))

  serve(app, installationApi.run, async ({ params, query }, { portal, viewer }) => {
    await runInstallStep(deps.store, portal, params.step as InstallStep, deps.stepContext(portal, { acceptsGaps: query.acceptsGaps ?? false }))
    return stateOf(portal.id, viewer)
  })

  serve(app, installationApi.chooseVendors, async ({ body }, { portal, viewer }) => {
    await deps.portals.saveSettings(portal.id, { vendorRule: body })
    const changed = await deps.portals.find(portal.id)
    if (changed)
      await deps.onVendorRule(changed)
    return stateOf(portal.id, viewer)
  })

  registrationRoutes(app, deps)

  serve(app, installationApi.openSession, async ({ body }) => {
    const { portal, viewer } = await openInstaller(deps, {
      accessToken: body.accessToken, refreshToken: body.refreshToken || null, memberId: body.memberId, expiresAt: hourFrom(deps.now()),
    }, null)
    if (!portal)
      throw new AppError('auth.admin_only')
    return deps.openSession(portal, viewer)
  })
}

/** The installer's own post, as the host sends it. */
export async function openInstallerForm(deps: InstallerDeps & { now: () => Date }, form: unknown, options: { keepsSteps?: boolean } = {}): ReturnType<typeof openInstaller> {
  return openInstaller(deps, claimOf(form, deps.now()), field(form, 'APPLICATION_TOKEN'), options)
}

function claimOf(form: unknown, now: Date): Claim {
  const accessToken = field(form, 'AUTH_ID')
  if (!accessToken)
    throw new AppError('auth.required')
  const lifetimeSeconds = Number(field(form, 'AUTH_EXPIRES') ?? 3600)
  return {
    accessToken,
    refreshToken: field(form, 'REFRESH_ID'),
    memberId: field(form, 'member_id'),
    expiresAt: Number.isFinite(lifetimeSeconds) ? new Date(now.getTime() + lifetimeSeconds * 1000) : hourFrom(now),
  }
}

const hourFrom = (now: Date): Date => new Date(now.getTime() + 3_600_000)
