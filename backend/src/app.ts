import { join } from 'node:path'
import fastifyStatic from '@fastify/static'
import type { FastifyBaseLogger, FastifyInstance } from 'fastify'
import type { ErrorCode } from '@comptoir/shared/errors'
import { administrationJobs, administrationRoutes } from './app-administration.ts'
import { actionChoices, analyticsPort } from './app-analytics-ports.ts'
import { analysisChoices, decisionPorts } from './app-decision-ports.ts'
import { homePorts } from './app-home.ts'
import { actionOperationsPorts, boardPorts, comparePorts, forecastPorts, insertDelivered, metricUses, reportPorts, watchPorts } from './app-ports.ts'
import type { Config } from './config.ts'
import { accessRoutes } from './features/access/access.routes.ts'
import { accountingRoutes } from './features/accounting/accounting.routes.ts'
import { actionRoutes } from './features/actions/actions.routes.ts'
import { composeActions } from './features/actions/compose.ts'
import { actionHandlerRoutes } from './features/actions/handler.routes.ts'
import { allRegistrations } from './features/actions/registration.ts'
import { rememberAll } from './features/actions/registrations.postgres.ts'
import { analysisRoutes } from './features/analysis/analysis.routes.ts'
import { firstAnalyses } from './features/analysis/first-questions.job.ts'
import { attributesRoutes } from './features/attributes/attributes.routes.ts'
import { biBuilderRoutes } from './features/bi-builder/bi-builder.routes.ts'
import { boardRoutes } from './features/dashboards/boards.routes.ts'
import { dataQualityRoutes } from './features/data-quality/data-quality.routes.ts'
import { composeDecisions } from './features/decisions/compose.ts'
import { decisionRoutes } from './features/decisions/decisions.routes.ts'
import { alertRoutes } from './features/alerts/alerts.routes.ts'
import { composeWatches } from './features/alerts/compose.ts'
import { entryRoutes } from './features/entry/entry.routes.ts'
import { createSessions } from './features/entry/sessions.ts'
import { fileJobs, wakeFiles } from './features/files/clear-files.job.ts'
import { fileRoutes } from './features/files/files.routes.ts'
import { firstForecasts } from './features/forecasts/first-questions.job.ts'
import { forecastRoutes } from './features/forecasts/forecasts.routes.ts'
import { healthRoutes } from './features/health/health.routes.ts'
import { homeRoutes } from './features/home/home.routes.ts'
import { importRoutes } from './features/imports/import.routes.ts'
import { importJobs } from './features/imports/import-steps.job.ts'
import { insightsRoutes } from './features/insights/insights.routes.ts'
import { composeInstallation, isApplicationToken } from './features/installation/compose.ts'
import { eventRoutes } from './features/installation/events.routes.ts'
import { installationRoutes, openInstallerForm } from './features/installation/installation.routes.ts'
import { missingScope } from './features/installation/registrations.ts'
import type { Mirror } from './features/mirror/mirror.ts'
import { mirrorRoutes } from './features/mirror/mirror.routes.ts'
import { composePurchasing } from './features/purchasing/compose.ts'
import { portalReceiptRoutes } from './features/purchasing/portal-receipts.routes.ts'
import { processRoutes } from './features/processes/processes.routes.ts'
import { purchasingRoutes } from './features/purchasing/purchasing.routes.ts'
import { scorecardJobs, wakeScorecards } from './features/scorecards/scorecards.job.ts'
import { scorecardRoutes } from './features/scorecards/scorecards.routes.ts'
import { reportRoutes } from './features/reports/reports.routes.ts'
import { reportJobs } from './features/reports/run-report.job.ts'
import { financeRoutes } from './features/sources/finance.routes.ts'
import { marketingRoutes } from './features/sources/marketing.routes.ts'
import { sourceJobs } from './features/sources/read-source.job.ts'
import { sourceRoutes } from './features/sources/sources.routes.ts'
import { segmentRoutes } from './features/segments/segments.routes.ts'
import { spendReportRoutes } from './features/spend-reports/spend-reports.routes.ts'
import { composeNotices } from './features/notices/compose.ts'
import { noticeRoutes } from './features/notices/notices.routes.ts'
import { triggerRegistrations } from './features/notices/triggers.ts'
import { paymentRoutes } from './features/payments/payments.routes.ts'
import { readLifeFacts } from './features/relationship/lifecycle.postgres.ts'
import { relationshipJobs } from './features/relationship/new-day.job.ts'
import { relationshipRoutes } from './features/relationship/relationship.routes.ts'
import { adoptCompanies } from './features/vendors/adopt-companies.postgres.ts'
import { newCompanyOf } from './features/vendors/company-of-vendor.ts'
import { dealVendorRoutes } from './features/vendors/deal-vendor.routes.ts'
import { vendorRoutes } from './features/vendors/vendor.routes.ts'
import { firstReads } from './first-reads.ts'
import { decisionTrigger } from './platform/bitrix24/decision-calls.ts'
import type { Host } from './platform/bitrix24/host.ts'
import { findOrAddCompany } from './platform/bitrix24/new-company.ts'
import { createTokenCipher } from './platform/bitrix24/token-cipher.ts'
import { verifyViewer } from './platform/bitrix24/verify-viewer.ts'
import { companiesShownTo, vouchForCard } from './platform/bitrix24/vouch-for-card.ts'
import { describeApi } from './platform/http/api-docs.ts'
import { createHttp } from './platform/http/fastify.ts'
import { requireSession } from './platform/http/session-hook.ts'
import { sessionLifetimeMs, signSession } from './platform/http/session-token.ts'
import { loadShell } from './platform/http/shell.ts'
import type { Jobs } from './platform/jobs/jobs.ts'
import { readAddress } from './platform/outbound/read-address.ts'
import { readPortalFile } from './platform/outbound/read-portal-file.ts'
import { createPortalCache } from './platform/portals/portal-cache.ts'
import { createPortals } from './platform/portals/portals.postgres.ts'
import { readViewer, readViewerSettings, saveViewerSettings } from './platform/portals/viewer.postgres.ts'
import { answersAheadJobs, wakeAnswersAhead } from './platform/results/answers-ahead.job.ts'
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

/** Long enough for a batch of an import or an answer of the portal; what still runs then is handed back. */
export const graceMs = 10_000

export const builtPages = join(import.meta.dirname, '../../frontend/dist')

/** The whole application, listening to nobody yet. Production and tests build the same. */
export async function buildApp(parts: AppParts): Promise<FastifyInstance> {
  const { config, db, jobs, host, mirror, now, pages = builtPages } = parts
  const app = await createHttp({ log: parts.log, onUndeclaredError: parts.onUndeclaredError })
  await describeApi(app, { version: config.version, publicUrl: config.publicUrl })
  const portals = createPortals(db)
  const cache = createPortalCache(portals, host.applicationTokens, now)
  const sessions = createSessions({
    sign: claims => signSession(claims, config.encryptionKey),
    readSettings: (portalId, userId) => readViewerSettings(db, portalId, userId),
    lifetimeMs: sessionLifetimeMs,
    now,
  })

  // Whatever of ours may stand in the automation of a deal's stages.
  const triggers = [...triggerRegistrations, decisionTrigger]
  const installation = composeInstallation({
    clientId: config.clientId, oauthServer: config.oauthServer, publicUrl: config.publicUrl, allowInsecurePortals: config.allowInsecurePortals,
    host, db, jobs, portals, now,
    actions: (publicUrl, authUserId) => allRegistrations({ publicUrl, authUserId }),
    triggers,
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
    db, host, portals, now,
    log: parts.log,
    cipher: createTokenCipher(config.encryptionKey),
    publicUrl: config.publicUrl,
    ...actionOperationsPorts({ db, host }),
    analytics: analyticsPort({ db, host, jobs }),
    choices: caller => actionChoices(db, caller),
    portalOfToken: cache.portalOfToken,
  })

  importJobs(jobs, { db, now })
  scorecardJobs({ db, jobs, now })
  relationshipJobs(jobs, { db, now })
  administrationJobs({ db, jobs, now })
  fileJobs(jobs, { db, crm: host.crm, log: parts.log, now: parts.now })
  reportJobs({ db, jobs, now, host, ports: reportPorts({ db }), findPortal: portals.find })
  const sources = { db, jobs, now, cipher: createTokenCipher(config.encryptionKey), fetchAddress: fetchSource, publicUrl: config.publicUrl }
  sourceJobs(sources)
  answersAheadJobs({ db, jobs, now, questions: [...firstAnalyses(db), ...firstForecasts(db)], findPortal: portals.find })
  const purchasing = composePurchasing({ db, host, portals, now, log: parts.log })
  const decisions = composeDecisions({ db, host, portals, now, log: parts.log, ...decisionPorts(actions) })
  const notices = composeNotices({ db, host, portals, now, log: parts.log })
  const watches = composeWatches({ db, portals, now, log: parts.log, ...watchPorts({ db, now }) })

  await app.register(fastifyStatic, {
    root: join(pages, 'assets'), prefix: '/assets/', preCompressed: true, immutable: true, maxAge: '365d', index: false,
  })
  await app.register(async (scope) => {
    requireSession(scope, { sessionKey: config.encryptionKey, findPortal: portals.find, now })
    entryRoutes(scope, {
      shell: loadShell(pages),
      sessions,
      isInsecureAllowed: config.allowInsecurePortals,
      findPortalByMember: portals.findByMember,
      isApplicationToken: (portalId, token) => isApplicationToken({ host, portals }, portalId, token),
      verifyViewer: async (portal, accessToken) =>
        readViewer(db, portal.id, await verifyViewer({ crm: host.crm, appCode: host.appCode, viewers: host.viewers, now }, { portalId: portal.id, accessToken })),
      vouchForCard: (opened, card) => vouchForCard({ db, crm: host.crm, now }, opened, card),
      saveSettings: (portalId, userId, settings) => saveViewerSettings(db, portalId, userId, settings),
      onAdministrator: (portal, opening) =>
        void installation.onAdministrator(portal, opening).catch((error: unknown) => parts.log.warn({ err: error, portalId: portal.id }, 'not brought up to date')),
      openInstaller: form => openInstallerForm(installation, form),
      first: firstReads({ db, now, crm: mirror }),
    })
    installationRoutes(scope, installation)
    eventRoutes(scope, installation)
    actionHandlerRoutes(scope, actions)
    actionRoutes(scope, actions)
    decisionRoutes(scope, { db, host, now, ...decisionPorts(actions), named: caller => analysisChoices(db, caller) })
    noticeRoutes(scope, { db, now })
    alertRoutes(scope, { db, now, ...watchPorts({ db, now }) })
    vendorRoutes(scope, {
      db, now, crm: mirror,
      readStanding: (portalId, vendorId) => readLifeFacts(db, portalId, vendorId),
      companiesShownTo: (viewer, companyIds) => companiesShownTo({ db, crm: host.crm, now }, viewer, companyIds),
      addCompany: (portal, accessToken, vendor) =>
        findOrAddCompany(host.crm.for(portal.id, { as: { accessToken }, lane: 'viewer' }), newCompanyOf(vendor, portal.settings.vendorRule)),
    })
    dealVendorRoutes(scope, { db, now, crm: mirror })
    accessRoutes(scope, {
      db, now,
      saveSettings: portals.saveSettings,
      openViewing: (portal, viewer, viewingBy) => sessions.open(portal, viewer, null, { viewingBy }),
    })
    homeRoutes(scope, { db, now, portsFor: reader => homePorts({ db, now }, reader) })
    insightsRoutes(scope, { db, now, readUses: metricUses({ db }) })
    forecastRoutes(scope, { db, now, ...forecastPorts({ db, now }) })
    mirrorRoutes(scope, mirror)
    spendReportRoutes(scope, { db, now })
    analysisRoutes(scope, { db, now })
    segmentRoutes(scope, { db, now, ...comparePorts({ db, now }) })
    dataQualityRoutes(scope, { db, now })
    boardRoutes(scope, { db, now, ...boardPorts({ db, now }) })
    sourceRoutes(scope, sources)
    marketingRoutes(scope, { db, now })
    financeRoutes(scope, { db, now })
    reportRoutes(scope, { db, jobs, now, ports: reportPorts({ db }) })
    purchasingRoutes(scope, { db, now })
    portalReceiptRoutes(scope, purchasing.receipts)
    scorecardRoutes(scope, { db, now, wake: portalId => wakeScorecards(jobs, portalId) })
    paymentRoutes(scope, { db, now })
    accountingRoutes(scope, { db, now, cipher: createTokenCipher(config.encryptionKey), findPortal: portals.find, insertInvoice: insertDelivered(now) })
    processRoutes(scope, { db, crm: host.crm, clientId: config.clientId, triggers })
    biBuilderRoutes(scope, { db, now, cipher: createTokenCipher(config.encryptionKey), crm: host.crm, publicUrl: config.publicUrl, findPortal: portals.find })
    attributesRoutes(scope, { db, now })
    administrationRoutes(scope, { db, now })
    fileRoutes(scope, { db, now, crm: host.crm, fetchFile: address => readPortalFile(address, fileLimits, { allowInsecure: config.allowInsecurePortals }), wake: () => wakeFiles(jobs) })
    relationshipRoutes(scope, { db, now, publicUrl: config.publicUrl, findPortal: portals.find })
    importRoutes(scope, { db, jobs, now })
    healthRoutes(scope, {
      db, jobs, now, missingScope,
      version: config.version,
      isEmbedded: config.databaseUrl === null,
      syncState: portal => mirror.state(portal),
    })
  })
  await actions.start({ isSoleOwner: config.databaseUrl === null })
  if (parts.hasRounds !== false) {
    purchasing.start()
    await notices.start({ isSoleOwner: config.databaseUrl === null })
    watches.start()
    await decisions.start({ isSoleOwner: config.databaseUrl === null })
  }
  app.addHook('onClose', () => Promise.all([actions.stop(graceMs), notices.stop(graceMs), purchasing.stop(graceMs), watches.stop(graceMs), decisions.stop(graceMs)]))
  return app
}

/** What was put into the Drive had ten megabytes at most; somebody may have put a new version there since. */
const fileLimits = { maxBytes: 32 * 1024 * 1024, timeoutMs: 60_000 }

/** What a source on the Internet may cost us. */
const fetchSource = (address: string, headers: Readonly<Record<string, string>>): Promise<Buffer> =>
  readAddress(address, headers, { maxBytes: 16 * 1024 * 1024, timeoutMs: 30_000 })

/** What is built on the mirrored records brings itself up to date. */
export async function afterReading({ db, jobs }: Pick<AppParts, 'db' | 'jobs'>, portalId: number): Promise<void> {
  await adoptVendors(db, portalId)
  await wakeAnswersAhead({ db, jobs }, portalId)
}

/** Companies that the administrator's rule calls vendors become vendors: after each reading, and when the rule changes. */
async function adoptVendors(db: Database, portalId: number): Promise<void> {
  const portal = await createPortals(db).find(portalId)
  await adoptCompanies(db, portalId, portal?.settings.vendorRule)
}
