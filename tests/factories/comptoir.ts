import { randomBytes } from 'node:crypto'
import { mkdtempSync, mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { FastifyInstance } from 'fastify'
import { buildApp } from '@comptoir/backend/app'
import { afterReading } from '@comptoir/backend/app-services'
import type { Config } from '@comptoir/backend/config'
import { composeMirror } from '@comptoir/backend/features/mirror/compose'
import { connectHost } from '@comptoir/backend/platform/bitrix24/host'
import { createLimiter } from '@comptoir/backend/platform/bitrix24/limiter'
import { createLog } from '@comptoir/backend/platform/http/fastify'
import { createJobs, type Jobs } from '@comptoir/backend/platform/jobs/jobs'
import { freshDatabase, type TestDatabase } from '@comptoir/backend/platform/storage/test-database'
import type { ErrorCode } from '@comptoir/shared/errors'
import { installApp } from '../demo/install.ts'
import { registerApp } from '../portal/apps/lifecycle.ts'
import { startPortal, type StartOptions } from '../portal/server.ts'
import type { App, AppForm } from '../portal/state.ts'
import { freePort } from '../tools/free-port.ts'
import { startAuthority, type Authority } from './authority.ts'
import { stagePortal, type PortalStage } from './portal-stage.ts'

export interface ComptoirOptions extends StartOptions {
  /** True: an administrator has gone through the installer, and the first reading of the CRM is done. */
  readonly isInstalled?: boolean
  readonly app?: Partial<AppForm>
  /** True: dates and notices are looked at by themselves, as in production; else the test says when. */
  readonly hasRounds?: boolean
}

export interface Comptoir extends PortalStage {
  readonly url: string
  readonly database: TestDatabase
  readonly config: Config
  readonly authority: Authority
  readonly jobs: Jobs
  /** Everything that was logged, as written. */
  readonly logged: readonly string[]
  /** Another portal with the same app of the same vendor in it. */
  addPortal(options?: ComptoirOptions): Promise<PortalStage>
  /** A second process's worth of Comptoir on the same database; answers its address. */
  addInstance(): Promise<string>
  /** Nothing is waiting or running in the queue (of that portal), and the request log is on disk. */
  idle(memberId?: string): Promise<void>
  close(): Promise<void>
}

export const appScopes = ['crm', 'bizproc', 'placement', 'user_brief', 'im', 'task', 'department', 'catalog', 'disk']

/** The whole application, listening, with the portal stand-in around it: real HTTP, real jobs, a database of its own. */
export async function startComptoir(options: ComptoirOptions = {}): Promise<Comptoir> {
  const closers: (() => Promise<void> | void)[] = []
  const authority = await startAuthority()
  const database = await freshDatabase()
  const url = `http://127.0.0.1:${await freePort()}`
  const form: AppForm = { title: 'Comptoir', handlerUrl: `${url}/p/main`, installerUrl: `${url}/p/install`, scopes: appScopes }

  const openPortal = async ({ isInstalled = true, app: changes, ...portalOptions }: ComptoirOptions, client?: App): Promise<PortalStage> => {
    const running = await startPortal({ limits: { isBucketOn: false }, ...portalOptions })
    closers.push(running.close)
    authority.know(running.portal)
    const app = registerApp(running.portal, { ...form, ...changes })
    if (client)
      becomeSameApp(running.portal.apps, app, client)
    return stagePortal(running, app, { url, isInstalled })
  }

  const first = await openPortal(options)
  const config = configOf({ url, app: first.app, authority, databaseUrl: database.url })
  const { app, jobs, idle, stop, logged, undeclared } = await serveComptoir(config, database, options)
  const install = async (stage: PortalStage) => {
    if (!stage.isInstalled)
      return
    await installApp(stage.portal, stage.app, url)
    await stage.portal.queue.idle()
    await idle(stage.portal.memberId)
  }
  await app.listen({ host: '127.0.0.1', port: config.port })
  await install(first)

  return {
    ...first, url, database, config, authority, jobs, logged, idle,
    async addPortal(more = {}) {
      const stage = await openPortal(more, first.app)
      await install(stage)
      return stage
    },
    async addInstance() {
      const port = await freePort()
      const second = await serveComptoir({ ...config, port }, database, options)
      closers.unshift(second.stop)
      await second.app.listen({ host: '127.0.0.1', port })
      return `http://127.0.0.1:${port}`
    },
    async close() {
      await stop()
      for (const close of closers)
        await close()
      await authority.close()
      await database.close()
      if (undeclared.length > 0)
        throw new Error(`Answered with errors that their contracts do not name: ${undeclared.join(', ')}`)
    },
  }
}

function configOf({ url, app, authority, databaseUrl }: { url: string, app: App, authority: Authority, databaseUrl: string }): Config {
  return Object.freeze({
    publicUrl: url, clientId: app.clientId, clientSecret: app.clientSecret, oauthServer: authority.url, allowInsecurePortals: true,
    databaseUrl, dataDir: '', encryptionKey: randomBytes(32), host: '127.0.0.1', port: Number(new URL(url).port), logLevel: 'trace', version: '0.0.0',
  })
}

interface Served {
  readonly jobs: Jobs
  readonly app: FastifyInstance
  readonly logged: string[]
  readonly undeclared: string[]
  readonly idle: (memberId?: string) => Promise<void>
  readonly stop: () => Promise<void>
}

/** As `main.ts` puts it together, with a log that is kept. */
async function serveComptoir(config: Config, database: TestDatabase, { hasRounds = false }: Pick<ComptoirOptions, 'hasRounds'>): Promise<Served> {
  const { db, url: connectionString } = database
  const logged: string[] = []
  const undeclared: string[] = []
  const log = createLog(config.logLevel, { write: line => void logged.push(line) })
  const now = () => new Date()
  const jobs = createJobs({ connectionString, log })
  const host = connectHost({ config, db, log, now, limiter: hastyLimiter() })
  const mirror = composeMirror({ db, crm: host.crm, jobs, requestLog: host.requestLog, log, now, onRead: portalId => afterReading({ db, jobs }, portalId) })
  const pages = fakePages()
  const onUndeclaredError = (code: ErrorCode, path: string) => void undeclared.push(`${code} at ${path}`)
  const app = await buildApp({ config, db, jobs, host, mirror, now, log, pages, onUndeclaredError, hasRounds })
  await jobs.start()
  return {
    app, jobs, logged, undeclared,
    async idle(memberId) {
      await waitFor(async () => await unfinishedJobs(database, memberId) === 0, 'an empty queue')
      await host.requestLog.flush()
    },
    async stop() {
      await app.close()
      await jobs.stop({ graceMs: 2_000 })
      await host.requestLog.flush()
      rmSync(pages, { recursive: true })
    },
  }
}

/** The stand-in of a test has no bucket, and the minute after a refusal is over in a second. */
function hastyLimiter(): ReturnType<typeof createLimiter> {
  const begin = Date.now()
  return createLimiter({
    burst: 100_000,
    leakPerSecond: 10_000,
    now: () => begin + (Date.now() - begin) * 60,
    sleep: ms => new Promise(resolve => setTimeout(resolve, ms / 60)),
  })
}

async function unfinishedJobs({ pool }: TestDatabase, memberId: string | undefined): Promise<number> {
  const { rows } = await pool.query<{ n: number }>(`
    with work as (
      select (data->>'portalId')::int as portal_id from pgboss.job
      where state in ('created', 'retry', 'active') and name not like '\\_\\_%' and name <> 'dead-letters'
      union all select portal_id from action_runs where state in ('waiting', 'running')
    )
    select count(*)::int as n from work where $1::text is null or portal_id = (select portal_id from portals where member_id = $1)`, [memberId ?? null])
  return rows[0]?.n ?? 0
}

/** The other portal's registration of the app gets the client pair that the running Comptoir is configured with. */
function becomeSameApp(apps: Map<string, App>, app: App, { clientId, clientSecret }: App): void {
  apps.delete(app.clientId)
  Object.assign(app, { clientId, clientSecret })
  apps.set(clientId, app)
}

export const fakePage = '<!doctype html><html lang="fr"><head><!--boot--></head><body><div id="app"><!--first--></div></body></html>'

function fakePages(): string {
  const folder = mkdtempSync(join(tmpdir(), 'comptoir-pages-'))
  mkdirSync(join(folder, 'assets'))
  writeFileSync(join(folder, 'index.html'), fakePage)
  writeFileSync(join(folder, 'assets/main.js'), 'export {}\n')
  return folder
}

/** Asks again until it is so; what was hoped for is named when it never comes. */
export async function waitFor<T>(probe: () => T | Promise<T>, hope: string, withinMs = 20_000): Promise<NonNullable<T>> {
  for (const end = Date.now() + withinMs; ;) {
    const value = await probe()
    if (value)
      return value
    if (Date.now() > end)
      throw new Error(`Waited ${withinMs} ms in vain for ${hope}.`)
    await new Promise(resolve => setTimeout(resolve, 20))
  }
}
