import { AppError } from '@comptoir/shared/errors'
import type { InstallStep } from '@comptoir/shared/installation/installation.contract'
import type { Session, Viewer } from '@comptoir/shared/portal/portal.contract'
import type { Host } from '../../platform/bitrix24/host.ts'
import type { Params } from '../../platform/bitrix24/php-query.ts'
import { restBase } from '../../platform/bitrix24/portal-address.ts'
import { profileAt, scopeAt } from '../../platform/bitrix24/profile-at.ts'
import { appUser } from '../../platform/bitrix24/token-store.postgres.ts'
import type { PortalRecord } from '../../platform/http/caller.ts'
import { field } from '../../platform/http/host-form.ts'
import { queue, type Jobs } from '../../platform/jobs/jobs.ts'
import type { Portals } from '../../platform/portals/portals.postgres.ts'
import type { Database } from '../../platform/storage/database.ts'
import { fingerprintOf, registeringSteps } from './fingerprint.ts'
import { runInstallStep, type StepOutcome } from './install.ts'
import type { CallPortal, StepContext } from './install-steps.ts'
import { forgetSteps, markStepDone, readDoneSteps, readOutcomes, readVendorChoices } from './installation.postgres.ts'
import { openInstallerForm, type InstallationDeps } from './installation.routes.ts'
import { keepUp, type AdminOpening } from './keep-up.ts'
import type { EventDeps } from './events.routes.ts'
import { readPortalWords } from './portal-words.ts'
import { refreshOnce } from './refresh-once.ts'
import { registerAgain } from './register-again.job.ts'
import type { ActionRegistration, TriggerRegistration } from './registrations.ts'

export interface InstallationParts {
  readonly clientId: string
  readonly oauthServer: string
  readonly publicUrl: string
  readonly allowInsecurePortals: boolean
  readonly host: Host
  readonly db: Database
  readonly jobs: Jobs
  readonly portals: Portals
  readonly now: () => Date
  readonly actions: (publicUrl: string, installerUserId: number) => readonly ActionRegistration[]
  readonly triggers: readonly TriggerRegistration[]
  /** The portal now has the actions as they are today. */
  readonly onActionsRegistered: (portalId: number) => Promise<void>
  readonly readDirectories: (portalId: number) => Promise<void>
  readonly startSynchronization: (portalId: number) => Promise<void>
  readonly onVendorRule: (portal: PortalRecord) => Promise<void>
  readonly noteChange: (portalId: number, event: string, entityId: number, entityTypeId: number) => Promise<void>
  readonly onPurge: (portalId: number) => Promise<void>
  readonly openSession: (portal: PortalRecord, viewer: Viewer) => Promise<Session>
}

const purge = queue<{ portalId: number }>({ name: 'installation.purge', policy: 'exclusive', retries: 20 })

/** Wires the installer to the platform; the rules themselves never see a client, a queue or a table. */
export function composeInstallation(parts: InstallationParts): InstallationDeps & EventDeps & { onAdministrator: (portal: PortalRecord, opening: AdminOpening) => Promise<void> } {
  const { db, host, portals, jobs, now } = parts
  const store = {
    doneSteps: async (portalId: number) => readDoneSteps(db, portalId, await versionOf(portals, portalId)),
    vendorChoices: (portalId: number) => readVendorChoices(db, portalId),
    markDone: async (portalId: number, step: InstallStep, outcome: StepOutcome) =>
      markStepDone(db, portalId, { step, appVersion: await versionOf(portals, portalId), ...outcome }),
    async markInstalled(portalId: number) {
      await portals.markInstalled(portalId)
      // The step asked for it too, but portals that are still being installed are not read.
      await parts.startSynchronization(portalId)
    },
    forget: (portalId: number) => forgetSteps(db, portalId),
  }

  const stepContext = (portal: PortalRecord, { acceptsGaps, accessToken }: { acceptsGaps: boolean, accessToken?: string }): StepContext => {
    const client = host.crm.for(portal.id, accessToken === undefined ? {} : { as: { accessToken } })
    const call: CallPortal = async (method, params = {}) =>
      (await client.call(method, params, { isRepeatable: true })).result
    const callMany: StepContext['callMany'] = async (asked) => {
      const commands = asked.map(({ method, params }, index) => ({ key: `c${index}`, method, params: params as Params }))
      if (commands.length === 0)
        return []
      const { results, faults } = await client.batch(commands, { isRepeatable: true })
      return commands.map(({ key }) => faults.has(key) ? undefined : results.get(key))
    }
    return {
      call,
      callMany,
      acceptsGaps,
      publicUrl: parts.publicUrl,
      placementsOff: portal.settings.placementsOff ?? [],
      actions: parts.actions(parts.publicUrl, portal.installerUserId),
      triggers: parts.triggers,
      language: portal.language,
      onActionsRegistered: () => parts.onActionsRegistered(portal.id),
      hasVendorRule: Boolean(portal.settings.vendorRule),
      readDirectories: async () => {
        const { language, timeZone, currency } = await readPortalWords(call)
        await portals.saveWords(portal.id, { language, timeZone, ...(currency && { currency }) })
        await parts.readDirectories(portal.id)
      },
      startSynchronization: () => parts.startSynchronization(portal.id),
    }
  }

  jobs.work(purge, ({ portalId }) => portals.purge(portalId))
  /** Registers what differs from what was registered last; an administrator's token may also do what was refused then. */
  async function catchUp(portalId: number, accessToken?: string): Promise<void> {
    const portal = await portals.find(portalId)
    if (!portal || portal.status === 'gone')
      return
    const context = stepContext(portal, { acceptsGaps: true, accessToken })
    const outcomes = await readOutcomes(db, portalId)
    for (const step of registeringSteps) {
      const last = outcomes.get(step)
      if (last?.fingerprint !== fingerprintOf(step, context) || (accessToken !== undefined && last.refused.length > 0))
        await runInstallStep(store, portal, step, context)
    }
  }
  jobs.work(registerAgain, ({ portalId }) => catchUp(portalId))

  const installation: InstallationDeps & EventDeps = {
    clientId: parts.clientId,
    oauthServer: parts.oauthServer,
    authorizationServer: refreshOnce(host.oauth, now),
    portals,
    store,
    checkEndpoint: endpoint => restBase(endpoint, { allowInsecure: parts.allowInsecurePortals }),
    profileAt: async (endpoint, accessToken) => ({ ...await profileAt(host.post, endpoint, accessToken), departmentIds: [] }),
    scopeAt: (endpoint, accessToken) => scopeAt(host.post, endpoint, accessToken),
    hashApplicationToken: token => host.applicationTokens.hash(token),
    saveTokens: (portalId, pair) => host.tokens.save(portalId, appUser, pair),
    stepContext,
    openSession: parts.openSession,
    onVendorRule: parts.onVendorRule,
    isApplicationToken: (portalId, token) => isApplicationToken({ host, portals }, portalId, token),
    noteChange: parts.noteChange,
    registerAgain: async (portalId) => { await jobs.send(registerAgain, { portalId }, { key: String(portalId) }) },
    async uninstall(portalId) {
      await db.transaction().execute(async (tx) => {
        await portals.markUninstalled(portalId, tx)
        await jobs.send(purge, { portalId }, { tx, key: String(portalId) })
      })
      await parts.onPurge(portalId)
    },
    now,
  }
  const onAdministrator = keepUp({
    hasLogin: async (portalId) => {
      const login = await host.tokens.read(portalId, appUser)
      return login !== null && (login.canRefresh || login.expiresAt > now())
    },
    scopeIn: form => (field(form, 'APPLICATION_SCOPE') ?? '').split(/[\s,]+/),
    adoptLogin: form => openInstallerForm(installation, form, { keepsSteps: true }),
    catchUp, now,
  })
  return { ...installation, onAdministrator }
}

/** Null when the portal never gave a token to compare with. */
export async function isApplicationToken({ host, portals }: { host: Host, portals: Portals }, portalId: number, token: string): Promise<boolean | null> {
  const stored = await portals.applicationTokenHash(portalId)
  return stored ? host.applicationTokens.matches(token, stored) : null
}

async function versionOf(portals: Portals, portalId: number): Promise<string> {
  const portal = await portals.find(portalId)
  if (!portal)
    throw new AppError('portal.not_installed')
  return portal.appVersion ?? '1'
}
