import { administrationJobs } from './app-administration.ts'
import { forecastPorts, reportPorts } from './app-ports.ts'
import type { AppParts, Services } from './app-services.ts'
import { firstAnalyses } from './features/analysis/first-questions.job.ts'
import { fileJobs } from './features/files/clear-files.job.ts'
import { firstForecasts } from './features/forecasts/first-questions.job.ts'
import { monthlyForecastJobs } from './features/forecasts/monthly-forecasts.job.ts'
import { importJobs } from './features/imports/import-steps.job.ts'
import { relationshipJobs } from './features/relationship/new-day.job.ts'
import { reportJobs } from './features/reports/run-report.job.ts'
import { scorecardJobs } from './features/scorecards/scorecards.job.ts'
import { sourceJobs } from './features/sources/read-source.job.ts'
import { revaluationJobs } from './features/sources/revaluation.job.ts'
import { answersAheadJobs } from './platform/results/answers-ahead.job.ts'

/** Who does the work that is put down in the queue. */
export function workOnJobs({ db, jobs, host, now, log }: AppParts, { portals, sources }: Services): void {
  importJobs(jobs, { db, now })
  scorecardJobs({ db, jobs, now })
  relationshipJobs(jobs, { db, now })
  administrationJobs({ db, jobs, now })
  fileJobs(jobs, { db, crm: host.crm, log, now })
  reportJobs({ db, jobs, now, host, ports: reportPorts({ db }), findPortal: portals.find })
  sourceJobs(sources)
  revaluationJobs({ db, jobs })
  answersAheadJobs({ db, jobs, now, questions: [...firstAnalyses(db), ...firstForecasts(db)], findPortal: portals.find })
  monthlyForecastJobs({ db, jobs, now, findPortal: portals.find, ...forecastPorts({ db, now }) })
}
