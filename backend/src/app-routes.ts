import type { FastifyInstance } from 'fastify'
import { join } from 'node:path'
import { administrationRoutes } from './app-administration.ts'
import { analysisChoices, decisionPorts } from './app-decision-ports.ts'
import { homePorts } from './app-home.ts'
import { boardPorts, comparePorts, forecastPorts, insertDelivered, metricUses, reportPorts, watchPorts } from './app-ports.ts'
import { triggers, type AppParts, type Services } from './app-services.ts'
import { accessRoutes } from './features/access/access.routes.ts'
import { accountingRoutes } from './features/accounting/accounting.routes.ts'
import { actionRoutes } from './features/actions/actions.routes.ts'
import { actionHandlerRoutes } from './features/actions/handler.routes.ts'
import { alertRoutes } from './features/alerts/alerts.routes.ts'
import { analysisRoutes } from './features/analysis/analysis.routes.ts'
import { attributesRoutes } from './features/attributes/attributes.routes.ts'
import { biBuilderRoutes } from './features/bi-builder/bi-builder.routes.ts'
import { boardRoutes } from './features/dashboards/boards.routes.ts'
import { dataQualityRoutes } from './features/data-quality/data-quality.routes.ts'
import { decisionRoutes } from './features/decisions/decisions.routes.ts'
import { entryRoutes } from './features/entry/entry.routes.ts'
import { wakeFiles } from './features/files/clear-files.job.ts'
import { fileRoutes } from './features/files/files.routes.ts'
import { forecastRoutes } from './features/forecasts/forecasts.routes.ts'
import { healthRoutes } from './features/health/health.routes.ts'
import { homeRoutes } from './features/home/home.routes.ts'
import { importRoutes } from './features/imports/import.routes.ts'
import { insightsRoutes } from './features/insights/insights.routes.ts'
import { isApplicationToken } from './features/installation/compose.ts'
import { eventRoutes } from './features/installation/events.routes.ts'
import { installationRoutes, openInstallerForm } from './features/installation/installation.routes.ts'
import { missingScope } from './features/installation/registrations.ts'
import { mirrorRoutes } from './features/mirror/mirror.routes.ts'
import { noticeRoutes } from './features/notices/notices.routes.ts'
import { paymentRoutes } from './features/payments/payments.routes.ts'
import { processRoutes } from './features/processes/processes.routes.ts'
import { portalReceiptRoutes } from './features/purchasing/portal-receipts.routes.ts'
import { purchasingRoutes } from './features/purchasing/purchasing.routes.ts'
import { readLifeFacts } from './features/relationship/lifecycle.postgres.ts'
import { relationshipRoutes } from './features/relationship/relationship.routes.ts'
import { reportRoutes } from './features/reports/reports.routes.ts'
import { wakeScorecards } from './features/scorecards/scorecards.job.ts'
import { scorecardRoutes } from './features/scorecards/scorecards.routes.ts'
import { segmentRoutes } from './features/segments/segments.routes.ts'
import { exchangeRateRoutes } from './features/sources/exchange-rates.routes.ts'
import { financeRoutes } from './features/sources/finance.routes.ts'
import { marketingRoutes } from './features/sources/marketing.routes.ts'
import { sourceRoutes } from './features/sources/sources.routes.ts'
import { spendReportRoutes } from './features/spend-reports/spend-reports.routes.ts'
import { newCompanyOf } from './features/vendors/company-of-vendor.ts'
import { dealVendorRoutes } from './features/vendors/deal-vendor.routes.ts'
import { vendorRoutes } from './features/vendors/vendor.routes.ts'
import { firstReads } from './first-reads.ts'
import { findOrAddCompany } from './platform/bitrix24/new-company.ts'
import { verifyViewer } from './platform/bitrix24/verify-viewer.ts'
import { companiesShownTo, vouchForCard } from './platform/bitrix24/vouch-for-card.ts'
import { requireSession } from './platform/http/session-hook.ts'
import { loadShell } from './platform/http/shell.ts'
import { readPortalFile } from './platform/outbound/read-portal-file.ts'
import { readViewer, saveViewerSettings } from './platform/portals/viewer.postgres.ts'

/** Where the build of the pages puts them. */
export const builtPages = join(import.meta.dirname, '../../frontend/dist')

/** Every route that asks who is calling before anything else. */
export function addRoutes(app: FastifyInstance, parts: AppParts, services: Services): void {
  const { config, db, now } = parts
  requireSession(app, { sessionKey: config.encryptionKey, findPortal: services.portals.findFor, now })
  hostRoutes(app, parts, services)
  vendorSideRoutes(app, parts, services)
  analyticsRoutes(app, parts, services)
  homeRoutes(app, { db, now, portsFor: reader => homePorts({ db, now }, reader) })
  administrationRoutes(app, { db, now })
}

/** What the host calls: pages, the installation, events, steps of workflows. */
function hostRoutes(app: FastifyInstance, parts: AppParts, { portals, sessions, installation, actions }: Services): void {
  const { config, db, jobs, host, mirror, now, log, pages = builtPages } = parts
  entryRoutes(app, {
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
      void installation.onAdministrator(portal, opening).catch((error: unknown) => log.warn({ err: error, portalId: portal.id }, 'not brought up to date')),
    openInstaller: form => openInstallerForm(installation, form),
    first: firstReads({ db, now, crm: mirror }),
  })
  installationRoutes(app, installation)
  eventRoutes(app, installation)
  actionHandlerRoutes(app, actions)
  actionRoutes(app, actions)
  processRoutes(app, { db, crm: host.crm, clientId: config.clientId, triggers })
  mirrorRoutes(app, mirror)
  healthRoutes(app, {
    db, jobs, now, missingScope,
    version: config.version,
    isEmbedded: config.databaseUrl === null,
    syncState: portal => mirror.state(portal),
  })
}

function vendorSideRoutes(app: FastifyInstance, parts: AppParts, { portals, cipher, sessions, purchasing }: Services): void {
  const { config, db, jobs, host, mirror, now } = parts
  vendorRoutes(app, {
    db, now, crm: mirror,
    readStanding: (portalId, vendorId) => readLifeFacts(db, portalId, vendorId),
    companiesShownTo: (viewer, companyIds) => companiesShownTo({ db, crm: host.crm, now }, viewer, companyIds),
    addCompany: (portal, accessToken, vendor) =>
      findOrAddCompany(host.crm.for(portal.id, { as: { accessToken }, lane: 'viewer' }), newCompanyOf(vendor, portal.settings.vendorRule)),
  })
  dealVendorRoutes(app, { db, now, crm: mirror })
  accessRoutes(app, {
    db, now,
    saveSettings: portals.saveSettings,
    openViewing: (portal, viewer, viewingBy) => sessions.open(portal, viewer, null, { viewingBy }),
  })
  attributesRoutes(app, { db, now })
  importRoutes(app, { db, jobs, now })
  relationshipRoutes(app, { db, now, publicUrl: config.publicUrl, findPortal: portals.find })
  fileRoutes(app, { db, now, crm: host.crm, fetchFile: address => readPortalFile(address, fileLimits, { allowInsecure: config.allowInsecurePortals }), wake: () => wakeFiles(jobs) })
  noticeRoutes(app, { db, now })
  purchasingRoutes(app, { db, now })
  portalReceiptRoutes(app, purchasing.receipts)
  paymentRoutes(app, { db, now })
  accountingRoutes(app, { db, now, cipher, findPortal: portals.find, insertInvoice: insertDelivered(now) })
  scorecardRoutes(app, { db, now, wake: portalId => wakeScorecards(jobs, portalId) })
  spendReportRoutes(app, { db, now })
}

function analyticsRoutes(app: FastifyInstance, parts: AppParts, { portals, cipher, actions, sources }: Services): void {
  const { config, db, jobs, host, now } = parts
  insightsRoutes(app, { db, now, readUses: metricUses({ db }) })
  boardRoutes(app, { db, now, ...boardPorts({ db, now }) })
  segmentRoutes(app, { db, now, ...comparePorts({ db, now }) })
  analysisRoutes(app, { db, now })
  forecastRoutes(app, { db, now, ...forecastPorts({ db, now }) })
  reportRoutes(app, { db, jobs, now, ports: reportPorts({ db }) })
  alertRoutes(app, { db, now, ...watchPorts({ db, now }) })
  decisionRoutes(app, { db, host, now, ...decisionPorts(actions), named: caller => analysisChoices(db, caller) })
  dataQualityRoutes(app, { db, now })
  sourceRoutes(app, sources)
  marketingRoutes(app, { db, now })
  financeRoutes(app, { db, now })
  exchangeRateRoutes(app, { db, jobs, now })
  biBuilderRoutes(app, { db, now, cipher, crm: host.crm, publicUrl: config.publicUrl, findPortal: portals.find })
}

/** What was put into the Drive had ten megabytes at most; somebody may have put a new version there since. */
const fileLimits = { maxBytes: 32 * 1024 * 1024, timeoutMs: 60_000 }
