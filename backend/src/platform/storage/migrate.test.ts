import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { migrate, readMigrations } from './migrate.ts'
import { freshDatabase, type TestDatabase } from './test-database.ts'

/** Looked up before the portal is known, or by the clock for all portals at once. */
const acrossPortals = [
  'portals__member_id', 'action_runs__due', 'notice_outbox__waiting', 'notice_deliveries__due', 'alerts__snoozed', 'report_schedules__due', 'decision_effects__due',
  'data_sources__due', 'data_sources_key_hash_key',
  'calendar_subscriptions_token_hash_key', 'accounting_keys_key_hash_key', 'bi_keys_key_id_key',
]

describe('migrations', () => {
  let database: TestDatabase
  beforeAll(async () => { database = await freshDatabase() })
  afterAll(() => database.close())

  it('have all run on a fresh database and do nothing the second time', async () => {
    expect(await migrate(database.pool)).toEqual([])
    const { rows } = await database.pool.query('select name from schema_migrations order by name')
    expect(rows.map(row => row.name)).toEqual((await readMigrations()).map(m => m.name))
  })

  it('start every table with the portal and every key with it', async () => {
    const { rows } = await database.pool.query<{ table_name: string, column_name: string }>(`
      select table_name, column_name from information_schema.columns
      where table_schema = 'public' and ordinal_position = 1 and table_name <> 'schema_migrations'`)
    expect(rows.filter(row => row.column_name !== 'portal_id')).toEqual([])
    const keys = await database.pool.query<{ indexname: string, indexdef: string }>(`
      select indexname, indexdef from pg_indexes where schemaname = 'public' and tablename <> 'schema_migrations'`)
    const strangers = keys.rows.filter(({ indexname, indexdef }) =>
      !indexdef.includes('(portal_id') && !indexdef.includes('USING gin') && !acrossPortals.includes(indexname))
    expect(strangers.map(row => row.indexname)).toEqual([])
  })

  it('keep the spend by month in step with purchases that come, change and go', async () => {
    const { pool } = database
    await pool.query(`insert into portals (member_id, domain, client_endpoint, server_endpoint) values ('m', 'd', 'c', 's')`)
    const { rows: [vendor] } = await pool.query(`insert into vendors (portal_id, name, name_key) values (1, 'Acme', 'acme') returning vendor_id`)
    await pool.query(`insert into purchases (portal_id, vendor_id, spent_on, amount_minor, currency, amount_base_minor)
      select 1, $1, day, 1000, 'EUR', amount from (values (date '2026-01-03', 1000::bigint), ('2026-01-20', -300), ('2026-02-01', null)) as t (day, amount)`, [vendor.vendor_id])
    const months = async () => (await pool.query(`select month::text, amount_base_minor::int as amount, purchase_count as count, unpriced_count as unpriced from vendor_spend_months order by 1`)).rows
    expect(await months()).toEqual([
      { month: '2026-01-01', amount: 700, count: 2, unpriced: 0 },
      { month: '2026-02-01', amount: 0, count: 1, unpriced: 1 },
    ])
    await pool.query(`update purchases set amount_base_minor = 500, spent_on = '2026-03-01' where spent_on = '2026-02-01'`)
    await pool.query(`delete from purchases where amount_base_minor = 1000`)
    expect(await months()).toEqual([
      { month: '2026-01-01', amount: -300, count: 1, unpriced: 0 },
      { month: '2026-03-01', amount: 500, count: 1, unpriced: 0 },
    ])
  })
})
