import type { FastifyInstance } from 'fastify'
import { settingsPorts } from './app-settings-ports.ts'
import { keptDays as importFiles } from './features/imports/import-file.postgres.ts'
import { logDays as requestLog } from './features/mirror/compose.ts'
import { personalDataRoutes } from './features/personal-data/personal-data.routes.ts'
import { personalDataJobs } from './features/personal-data/retention.job.ts'
import { keptDays as reportFiles } from './features/reports/due-runs.postgres.ts'
import { settingsJobs } from './features/settings-file/notice-changes.job.ts'
import { settingsFileRoutes } from './features/settings-file/settings-file.routes.ts'
import { clearDrafts, draftDays as drafts } from './features/vendors/vendor-drafts.postgres.ts'
import type { Jobs } from './platform/jobs/jobs.ts'
import type { Database } from './platform/storage/database.ts'

interface Parts { readonly db: Database, readonly now: () => Date }

/** What reaches across all features: the configuration as a file, and the data about persons. */
export function administrationRoutes(scope: FastifyInstance, parts: Parts): void {
  settingsFileRoutes(scope, { ...parts, ...settingsPorts })
  personalDataRoutes(scope, { ...parts, keptDays: { importFiles, drafts, requestLog, reportFiles } })
}

export function administrationJobs(parts: Parts & { readonly jobs: Pick<Jobs, 'work'> }): void {
  settingsJobs({ ...parts, sections: settingsPorts.sections })
  personalDataJobs({ ...parts, clearDrafts })
}
