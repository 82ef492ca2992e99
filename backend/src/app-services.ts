import type { ErrorCode } from '@comptoir/shared/errors'
import type { FastifyBaseLogger } from 'fastify'
import { actionChoices, analyticsPort } from './app-analytics-ports.ts'
import { decisionPorts } from './app-decision-ports.ts'
import { actionOperationsPorts, watchPorts } from './app-ports.ts'
import type { Config } from './config.ts'
import { composeActions } from './features/actions/compose.ts'
import { allRegistrations } from './features/actions/registration.ts'
import { rememberAll } from './features/actions/registrations.postgres.ts'
import { composeWatches } from './features/alerts/compose.ts'
import { composeDecisions } from './features/decisions/compose.ts'
import { createSessions } from './features/entry/sessions.ts'
import { wakeMonthlyForecasts } from './features/forecasts/monthly-forecasts.job.ts'
import { composeInstallation } from './features/installation/compose.ts'
import type { Mirror } from './features/mirror/mirror.ts'
import { composeNotices } from './features/notices/compose.ts'
import { triggerRegistrations } from './features/notices/triggers.ts'
import { composePurchasing } from './features/purchasing/compose.ts'
import { adoptCompanies } from './features/vendors/adopt-companies.postgres.ts'
import { decisionTrigger } from './platform/bitrix24/decision-calls.ts'
import type { Host } from './platform/bitrix24/host.ts'
import { createTokenCipher } from './platform/bitrix24/token-cipher.ts'
import { sessionLifetimeMs, signSession } from './platform/http/session-token.ts'
import type { Jobs } from './platform/jobs/jobs.ts'
import { readAddress } from './platform/outbound/read-address.ts'
import { createPortalCache } from './platform/portals/portal-cache.ts'
import { createPortals } from './platform/portals/portals.postgres.ts'
import { readViewerSettings } from './platform/portals/viewer.postgres.ts'
import { wakeAnswersAhead } from './platform/results/answers-ahead.job.ts'
import type { Database } from './platform/storage/database.ts'

export interface AppParts {
  readonly config: Config
  readonly db: Database
  readonly jobs: Jobs
  readonly host: Host
  readonly mirror: Mirror
  readonly now: () => Date
  readonly log: FastifyBaseLogger
  /** Where the built pages are; tests may bring their own. */
  readonly pages?: string
  /** False: nothing looks at dates, notices and watches by itself; whoever moves the clock calls for it. */
  readonly hasRounds?: boolean
  readonly onUndeclaredError?: (code: ErrorCode, path: string) => void
}

/** What works behind the routes and the jobs: made once, shared by both. */
export function composeServices(parts: AppParts) {
  const { config, db, jobs, host, mirror, now, log } = parts
  const portals = createPortals(db)
  const cache = createPortalCache(portals, host.applicationTokens, now)
  const cipher = createTokenCipher(config.encryptionKey)
  const sessions = createSessions({
    sign: claims => signSession(claims, config.encryptionKey),
    readSettings: (portalId, userId) => readViewerSettings(db, portalId, userId),
    lifetimeMs: sessionLifetimeMs,
    now,
  })
  const installation = composeInstallation({
    clientId: config.clientId, oauthServer: config.oauthServer, publicUrl: config.publicUrl, allowInsecurePortals: config.allowInsecurePortals,
    host, db, jobs, portals, now, triggers,
    actions: (publicUrl, authUserId) => allRegistrations({ publicUrl, authUserId }),
    onActionsRegistered: portalId => rememberAll(db, portalId),
    readDirectories: portalId => mirror.readDirectories(portalId),
    startSynchronization: portalId => mirror.start(portalId),
    onVendorRule: portal => adoptVendors(db, portal.id),
    noteChange: mirror.noteChange,
    onPurge: async (portalId) => {
      cache.forget(portalId)
      await mirror.stop(portalId)
    },
    openSession: (portal, viewer) => sessions.open(portal, viewer, null),
  })
  const actions = composeActions({
    db, host, portals, now, log, cipher,
    publicUrl: config.publicUrl,
    ...actionOperationsPorts({ db, host }),
    analytics: analyticsPort({ db, host, jobs }),
    choices: caller => actionChoices(db, caller),
    portalOfToken: cache.portalOfToken,
  })
  return {
    portals, cipher, sessions, installation, actions,
    purchasing: composePurchasing({ db, host, portals, now, log }),
    decisions: composeDecisions({ db, host, portals, now, log, ...decisionPorts(actions) }),
    notices: composeNotices({ db, host, portals, now, log }),
    watches: composeWatches({ db, portals, now, log, ...watchPorts({ db, now }) }),
    sources: { db, jobs, now, cipher, fetchAddress: fetchSource, publicUrl: config.publicUrl },
  }
}
export type Services = ReturnType<typeof composeServices>

/** Whatever of ours may stand in the automation of a deal's stages. */
export const triggers = [...triggerRegistrations, decisionTrigger]

/** What a source on the Internet may cost us. */
const fetchSource = (address: string, headers: Readonly<Record<string, string>>): Promise<Buffer> =>
  readAddress(address, headers, { maxBytes: 16 * 1024 * 1024, timeoutMs: 30_000 })

/** What is built on the mirrored records brings itself up to date. */
export async function afterReading({ db, jobs }: Pick<AppParts, 'db' | 'jobs'>, portalId: number): Promise<void> {
  await adoptVendors(db, portalId)
  await wakeAnswersAhead({ db, jobs }, portalId)
  await wakeMonthlyForecasts({ jobs }, portalId)
}

/** Companies that the administrator's rule calls vendors become vendors: after each reading, and when the rule changes. */
async function adoptVendors(db: Database, portalId: number): Promise<void> {
  const portal = await createPortals(db).find(portalId)
  await adoptCompanies(db, portalId, portal?.settings.vendorRule)
}
