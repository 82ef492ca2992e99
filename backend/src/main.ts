import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { buildApp, graceMs } from './app.ts'
import { builtPages } from './app-routes.ts'
import { afterReading } from './app-services.ts'
import { ConfigError, readConfig, type Config } from './config.ts'
import { resumeFiles } from './features/files/clear-files.job.ts'
import { resumeImports } from './features/imports/import-steps.job.ts'
import { resumeRegistrations } from './features/installation/register-again.job.ts'
import { composeMirror } from './features/mirror/compose.ts'
import { resumeRelationship } from './features/relationship/new-day.job.ts'
import { resumeReports } from './features/reports/run-report.job.ts'
import { resumeScorecards } from './features/scorecards/scorecards.job.ts'
import { resumePersonalData } from './features/personal-data/retention.job.ts'
import { resumeSettings } from './features/settings-file/notice-changes.job.ts'
import { resumeSources } from './features/sources/read-source.job.ts'
import { resumeRevaluations } from './features/sources/revaluation.job.ts'
import { connectHost } from './platform/bitrix24/host.ts'
import { createLog } from './platform/http/fastify.ts'
import { createJobs } from './platform/jobs/jobs.ts'
import { collectWhenQuiet } from './platform/memory/quiet-collection.ts'
import { openDatabase } from './platform/storage/database.ts'
import { startEmbeddedPostgres } from './platform/storage/embedded-postgres.ts'
import { migrate } from './platform/storage/migrate.ts'

async function start(config: Config): Promise<void> {
  if (!existsSync(join(builtPages, 'index.html')))
    throw new ConfigError('The pages are not built. Run npm start from the project\'s folder, or build the frontend first.')
  const embedded = config.databaseUrl ? null : await startEmbeddedPostgres({ dataDir: config.dataDir })
  const connectionString = config.databaseUrl ?? urlOf(embedded?.connection)
  const { db, pool, close } = openDatabase({ connectionString })
  await migrate(pool)

  const log = createLog(config.logLevel)
  const now = () => new Date()
  const jobs = createJobs({ connectionString, log })
  const host = connectHost({ config, db, log, now })
  const mirror = composeMirror({ db, crm: host.crm, jobs, requestLog: host.requestLog, log, now, onRead: portalId => afterReading({ db, jobs }, portalId) })
  const app = await buildApp({ config, db, jobs, host, mirror, now, log })
  await jobs.start({ isSoleOwner: config.databaseUrl === null })
  await mirror.resume()
  await resumeImports({ db, jobs })
  await resumeScorecards({ jobs })
  await resumeReports({ jobs })
  await resumeRelationship({ jobs })
  await resumeSources({ jobs })
  await resumeRevaluations({ db, jobs })
  await resumeFiles({ jobs })
  await resumeSettings({ jobs })
  await resumePersonalData({ jobs })
  await resumeRegistrations({ db, jobs })
  await app.listen({ host: config.host, port: config.port })
  collectWhenQuiet()
  process.stdout.write(`comptoir ${config.version} listens on ${app.server.address() && `port ${(app.server.address() as { port: number }).port}`}\n`)

  let isStopping = false
  const stop = async () => {
    if (isStopping)
      return
    isStopping = true
    // One patience for all of it: whoever sends the signal counts the seconds, too.
    const patienceEnds = Date.now() + graceMs
    await app.close()
    await jobs.stop({ graceMs: Math.max(0, patienceEnds - Date.now()) })
    await host.requestLog.flush()
    // Whoever still holds a connection has had its time: the transaction is rolled back, its work is taken up at the next start.
    await Promise.race([close(), new Promise(resolve => setTimeout(resolve, 1_000))])
    await embedded?.stop()
  }
  for (const signal of ['SIGINT', 'SIGTERM'] as const)
    process.once(signal, () => void stop().then(() => process.exit(0), () => process.exit(1)))
}

function urlOf(connection: { host: string, port: number, user: string, password: string, database: string } | undefined): string {
  if (!connection)
    throw new Error('no database')
  const { host, port, user, password, database } = connection
  return `postgres://${user}:${encodeURIComponent(password)}@${host}:${port}/${database}`
}

try {
  await start(readConfig(process.env))
}
catch (error) {
  // A person reads this: what is wrong and what to do, without a stack for what they can mend.
  process.stderr.write(`${error instanceof ConfigError ? error.message : (error as Error).stack}\n`)
  process.exit(1)
}
