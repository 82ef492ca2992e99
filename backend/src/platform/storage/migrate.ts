import { createHash } from 'node:crypto'
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type pg from 'pg'

export const migrationsFolder = join(import.meta.dirname, '../../../migrations')

const lock = 4_310_430

/** Applies what is missing of `NNN.do.<what>.sql`, in order, each in its own transaction, one app at a time. */
export async function migrate(pool: pg.Pool, folder = migrationsFolder): Promise<readonly string[]> {
  const client = await pool.connect()
  try {
    await client.query('select pg_advisory_lock($1)', [lock])
    await client.query('create table if not exists schema_migrations (name text primary key, sha256 text not null, applied_at timestamptz not null default now())')
    const { rows } = await client.query<{ name: string, sha256: string }>('select name, sha256 from schema_migrations')
    const done = new Map(rows.map(row => [row.name, row.sha256]))
    const applied: string[] = []
    for (const { name, sql, sha256 } of await readMigrations(folder)) {
      const known = done.get(name)
      if (known !== undefined && known !== sha256)
        throw new Error(`Migration ${name} was changed after it ran. Add a new migration instead.`)
      if (known === undefined) {
        await apply(client, { name, sql, sha256 })
        applied.push(name)
      }
    }
    return applied
  }
  finally {
    await client.query('select pg_advisory_unlock($1)', [lock]).catch(() => undefined)
    client.release()
  }
}

interface Migration { readonly name: string, readonly sql: string, readonly sha256: string }

async function apply(client: pg.PoolClient, { name, sql, sha256 }: Migration): Promise<void> {
  await client.query('begin')
  try {
    await client.query(sql)
    await client.query('insert into schema_migrations (name, sha256) values ($1, $2)', [name, sha256])
    await client.query('commit')
  }
  catch (error) {
    await client.query('rollback')
    throw new Error(`Migration ${name} failed: ${(error as Error).message}`, { cause: error })
  }
}

export async function readMigrations(folder = migrationsFolder): Promise<readonly Migration[]> {
  const names = (await readdir(folder)).filter(name => /^\d{3}\.do\..+\.sql$/.test(name)).sort()
  return Promise.all(names.map(async (name) => {
    const sql = await readFile(join(folder, name), 'utf8')
    return { name, sql, sha256: createHash('sha256').update(sql).digest('hex') }
  }))
}
