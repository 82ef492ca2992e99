import type { TestDatabase } from '@comptoir/backend/platform/storage/test-database'

/** The request log grows with every question to the portal, refusals included: that is its purpose. */
const restless = ['request_log', 'schema_migrations', 'migrations']

export async function tablesOf({ pool }: TestDatabase): Promise<string[]> {
  const { rows } = await pool.query<{ name: string }>(`select table_name as name from information_schema.tables
    where table_schema = 'public' and table_type = 'BASE TABLE' order by 1`)
  return rows.map(({ name }) => name)
}

/** Rows and a hash of every table, and what waits in the queue: equal before and after means that nothing was written. */
export async function fingerprint(database: TestDatabase): Promise<Record<string, string>> {
  const tables = (await tablesOf(database)).filter(name => !restless.includes(name))
  const parts = [
    ...tables.map(name => sumOf(`'${name}'`, `public."${name}"`)),
    sumOf(`'jobs'`, `(select name, data from pgboss.job where name not like '\\_\\_%')`),
  ]
  const { rows } = await database.pool.query<{ name: string, sum: string }>(parts.join(' union all '))
  return Object.fromEntries(rows.map(({ name, sum }) => [name, sum]))
}

const sumOf = (name: string, source: string): string =>
  `select ${name} as name, count(*) || ' ' || coalesce(md5(string_agg(md5(t::text), '' order by md5(t::text))), '') as sum from ${source} as t`

async function tablesByPortal({ pool }: TestDatabase): Promise<string[]> {
  const { rows } = await pool.query<{ name: string }>(`select c.table_name as name from information_schema.columns c
    join information_schema.tables t using (table_schema, table_name)
    where table_schema = 'public' and column_name = 'portal_id' and t.table_type = 'BASE TABLE' order by 1`)
  return rows.map(({ name }) => name)
}

/** The same for what belongs to one portal. */
export async function fingerprintOfPortal(database: TestDatabase, portalId: number): Promise<Record<string, string>> {
  const tables = (await tablesByPortal(database)).filter(name => !restless.includes(name))
  const parts = tables.map(name => sumOf(`'${name}'`, `(select * from public."${name}" where portal_id = ${Number(portalId)})`))
  const { rows } = await database.pool.query<{ name: string, sum: string }>(parts.join(' union all '))
  return Object.fromEntries(rows.map(({ name, sum }) => [name, sum]))
}

/** How many rows each table holds of one portal. */
export async function rowsOfPortal(database: TestDatabase, portalId: number): Promise<Record<string, number>> {
  const counts = (await tablesByPortal(database)).map(name => `select '${name}' as name, count(*)::int as n from public."${name}" where portal_id = $1`)
  const { rows } = await database.pool.query<{ name: string, n: number }>(counts.join(' union all '), [portalId])
  return Object.fromEntries(rows.map(({ name, n }) => [name, n]))
}
