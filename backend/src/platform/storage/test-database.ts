import { createHash, randomBytes } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { openDatabase, type Database } from './database.ts'
import { startEmbeddedPostgres } from './embedded-postgres.ts'
import { migrate, readMigrations } from './migrate.ts'

/** A PostgreSQL for one test run: `TEST_DATABASE_URL` when given, else an embedded one that is gone afterwards. */
export async function startTestServer(): Promise<{ url: string, stop: () => Promise<void> }> {
  if (process.env.TEST_DATABASE_URL)
    return { url: process.env.TEST_DATABASE_URL, stop: async () => undefined }
  const dataDir = await mkdtemp(join(tmpdir(), 'comptoir-test-'))
  const server = await startEmbeddedPostgres({
    dataDir,
    settings: { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off', max_connections: '100' },
  })
  const { host, port, user, password, database } = server.connection
  return {
    url: `postgres://${user}:${password}@${host}:${port}/${database}`,
    stop: async () => {
      await server.stop()
      await rm(dataDir, { recursive: true, force: true })
    },
  }
}

export interface TestDatabase {
  readonly db: Database
  readonly pool: pg.Pool
  readonly url: string
  close(): Promise<void>
}

/** A migrated database of its own, copied from a template that each set of migrations makes once. */
export async function freshDatabase(): Promise<TestDatabase> {
  const serverUrl = process.env.TEST_DATABASE_URL
  if (!serverUrl)
    throw new Error('TEST_DATABASE_URL is missing: the vitest global set-up starts the server and sets it.')
  const admin = new pg.Client({ connectionString: serverUrl })
  await admin.connect()
  const name = `comptoir_test_${randomBytes(8).toString('hex')}`
  try {
    const template = await ensureTemplate(admin, serverUrl)
    await admin.query(`create database ${name} template ${template}`)
  }
  finally {
    await admin.end()
  }
  const url = withDatabase(serverUrl, name)
  const { db, pool, close } = openDatabase({ connectionString: url, max: 5 })
  return {
    db,
    pool,
    url,
    close: async () => {
      await close()
      const cleaner = new pg.Client({ connectionString: serverUrl })
      await cleaner.connect()
      await cleaner.query(`drop database if exists ${name} with (force)`)
      await cleaner.end()
    },
  }
}

async function ensureTemplate(admin: pg.Client, serverUrl: string): Promise<string> {
  const migrations = await readMigrations()
  const stamp = createHash('sha256').update(migrations.map(m => m.sha256).join()).digest('hex').slice(0, 12)
  const template = `comptoir_template_${stamp}`
  await admin.query('select pg_advisory_lock(4310432)')
  const { rowCount } = await admin.query('select 1 from pg_database where datname = $1', [template])
  if (!rowCount) {
    const draft = `${template}_draft`
    await admin.query(`drop database if exists ${draft} with (force)`)
    await admin.query(`create database ${draft}`)
    const { pool, close } = openDatabase({ connectionString: withDatabase(serverUrl, draft), max: 1 })
    await migrate(pool)
    await close()
    await admin.query(`alter database ${draft} rename to ${template}`)
  }
  await admin.query('select pg_advisory_unlock(4310432)')
  return template
}

function withDatabase(url: string, database: string): string {
  const changed = new URL(url)
  changed.pathname = `/${database}`
  return changed.href
}
