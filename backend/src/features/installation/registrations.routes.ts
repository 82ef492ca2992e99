import type { FastifyInstance } from 'fastify'
import { AppError } from '@comptoir/shared/errors'
import { registrationApi, type Registrations } from '@comptoir/shared/installation/registration.contract'
import type { PortalRecord } from '../../platform/http/caller.ts'
import { serve } from '../../platform/http/serve.ts'
import type { Portals } from '../../platform/portals/portals.postgres.ts'
import { registeringSteps } from './fingerprint.ts'
import { runInstallStep, type InstallStore } from './install.ts'
import type { StepContext } from './install-steps.ts'
import { readRegistrations } from './read-registrations.ts'
import { placementRegistrations } from './registrations.ts'

export interface RegistrationDeps {
  readonly portals: Pick<Portals, 'find' | 'saveSettings'>
  readonly store: InstallStore
  readonly stepContext: (portal: PortalRecord, options: { acceptsGaps: boolean }) => StepContext
}

export function registrationRoutes(app: FastifyInstance, { portals, store, stepContext }: RegistrationDeps): void {
  const contextOf = (portal: PortalRecord) => stepContext(portal, { acceptsGaps: true })

  async function register(portal: PortalRecord, steps: readonly (typeof registeringSteps)[number][]): Promise<Registrations> {
    const refused: string[] = []
    for (const step of steps)
      refused.push(...await runInstallStep(store, portal, step, contextOf(portal)))
    return { registrations: await readRegistrations(contextOf(portal)), refused }
  }

  serve(app, registrationApi.get, (_, { portal }) => register(portal, []))

  serve(app, registrationApi.repair, (_, { portal }) => register(portal, registeringSteps))

  serve(app, registrationApi.choosePlacements, async ({ body }, { portal }) => {
    const known = placementRegistrations.map(({ code }) => code)
    await portals.saveSettings(portal.id, { placementsOff: known.filter(code => body.off.includes(code)) })
    const changed = await portals.find(portal.id)
    if (!changed)
      throw new AppError('portal.not_installed')
    // Before that, the installer's own step does it.
    return register(changed, changed.status === 'installed' ? ['placements'] : [])
  })
}
