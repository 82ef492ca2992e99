import { sql } from 'kysely'
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest'
import { freshDatabase, type TestDatabase } from '../../platform/storage/test-database.ts'
import { listExchangeRates, saveExchangeRate, undoRateChange, type RateAdministrator } from './exchange-rates.postgres.ts'
import { resumeRevaluations, revalueAll } from './revaluation.job.ts'
import { recordsAtOnce } from './revaluation.postgres.ts'

const now = new Date('2026-03-20T10:00:00Z')
const dealCount = recordsAtOnce + 500
const invoiceCount = 30
const total = dealCount + invoiceCount
let database: TestDatabase
let who: RateAdministrator
let sent: number[]

beforeAll(async () => {
  database = await freshDatabase()
})
afterAll(() => database.close())

beforeEach(async () => {
  sent = []
  const { db } = database
  await db.deleteFrom('portals').execute()
  const { portal_id: id } = await db.insertInto('portals')
    .values({ member_id: 'revaluation', domain: 'portal.test', client_endpoint: 'https://portal.test/rest/', server_endpoint: 'https://oauth.test/rest/', status: 'installed', time_zone: 'Europe/Paris', currency: 'EUR' })
    .returning('portal_id').executeTakeFirstOrThrow()
  who = { portal: { id, timeZone: 'Europe/Paris', currency: 'EUR' } as RateAdministrator['portal'], viewer: { userId: 1, name: 'Ada', isAdmin: true, departmentIds: [] } }
  await db.insertInto('exchange_rates').values({ portal_id: id, currency: 'USD', valid_from: '2026-01-01', rate: '0.9', created_by: null }).execute()
  await sql`insert into crm_deals (portal_id, deal_id, title, category_id, stage_id, semantics, amount_minor, currency, amount_base_minor, assigned_by_id, created_at, closed_at)
    select ${id}, i, 'Affaire ' || i, 0, 'WON', 'S', 10000, 'USD', 9000, 1, '2026-01-05T10:00:00Z', '2026-02-10T10:00:00Z' from generate_series(1, ${dealCount}::integer) i`.execute(db)
  await sql`insert into crm_invoices (portal_id, invoice_id, number, stage_id, semantics, amount_minor, currency, amount_base_minor, issued_on, created_at)
    select ${id}, i, i::text, 'X', 'P', 10000, 'USD', 9000, '2026-02-10', '2026-02-10T10:00:00Z' from generate_series(1, ${invoiceCount}::integer) i`.execute(db)
})

const deps = () => ({ db: database.db, sendRevaluation: (_tx: unknown, portalId: number) => Promise.resolve(sent.push(portalId)) })
const save = (rate: number | null, validFrom = '2026-01-01') => saveExchangeRate(deps(), who, { currency: 'USD', validFrom, rate }, now)
const progress = async () => (await listExchangeRates(database.db, who)).revaluations
const finish = (size?: number) => revalueAll(database.db, who.portal.id, new AbortController().signal, size)
const cutOffAfterABatch = (size: number) => revalueAll(database.db, who.portal.id, AbortSignal.abort(new Error('cut off')), size)

/** How many records have which worth. */
async function worths(): Promise<Record<string, number>> {
  const { rows } = await sql<{ worth: number, count: number }>`select worth, count(*)::integer as count from (
    select amount_base_minor as worth from crm_deals union all select amount_base_minor from crm_invoices) records group by worth`.execute(database.db)
  return Object.fromEntries(rows.map(({ worth, count }) => [worth, count]))
}

async function wonInRollups(): Promise<number> {
  const { rows: [row] } = await sql<{ won: number }>`select sum(amount_base_minor)::bigint as won from insight_deal_days where portal_id = ${who.portal.id} and assigned_by_id = -1 and category_id = -1 and outcome = 'won'`.execute(database.db)
  return row!.won
}

it('answers with the rate and the first records, and leaves the others to a job that goes on where it was cut off', async () => {
  await save(0.8)
  expect(await worths()).toEqual({ 8000: recordsAtOnce, 9000: total - recordsAtOnce })
  expect(await progress()).toEqual([{ currency: 'USD', done: recordsAtOnce, total }])
  expect(sent).toEqual([who.portal.id])

  await expect(cutOffAfterABatch(200)).rejects.toThrow('cut off')
  expect(await progress()).toEqual([{ currency: 'USD', done: recordsAtOnce + 200, total }])
  await resumeRevaluations({ db: database.db, jobs: { send: (_queue, data) => Promise.resolve(sent.push((data as { portalId: number }).portalId) > 0) } })
  expect(sent).toEqual([who.portal.id, who.portal.id])

  await finish(77)
  expect(await worths()).toEqual({ 8000: total })
  expect(await wonInRollups()).toBe(dealCount * 80_00)
  expect(await progress()).toEqual([])
})

it('takes a change back while it is under way', async () => {
  await save(0.8)
  await expect(cutOffAfterABatch(200)).rejects.toThrow('cut off')
  const [change] = (await listExchangeRates(database.db, who)).changes
  await undoRateChange(deps(), who, change!.changeId, now)
  await finish()
  expect(await worths()).toEqual({ 9000: total })
  expect(await wonInRollups()).toBe(dealCount * 90_00)
})

it('ends by the last of several rates, also when corrections, batches and the rates of the CRM meet', async () => {
  await save(0.8)
  await Promise.all([finish(100), finish(150), save(0.7), save(0.6, '2026-02-01'),
    database.db.insertInto('exchange_rates').values({ portal_id: who.portal.id, currency: 'USD', valid_from: '2026-02-05', rate: '0.5' }).execute()])
  await finish()
  expect(await worths()).toEqual({ 5000: total })
  expect(await wonInRollups()).toBe(dealCount * 50_00)
  expect(await progress()).toEqual([])
})

it('recalculates from the first of two days that were corrected one after the other', async () => {
  await save(0.8)
  await save(0.7, '2026-03-01')
  expect(await progress()).toEqual([{ currency: 'USD', done: recordsAtOnce, total }])
  await finish()
  expect(await worths()).toEqual({ 8000: total })
})

it('ends when the portal is uninstalled, and when it is gone', async () => {
  await save(0.8)
  await database.db.updateTable('portals').set({ uninstalled_at: now }).execute()
  await finish()
  expect(await progress()).toEqual([{ currency: 'USD', done: recordsAtOnce, total }])
  await database.db.deleteFrom('portals').execute()
  await finish()
  expect(await worths()).toEqual({})
})
