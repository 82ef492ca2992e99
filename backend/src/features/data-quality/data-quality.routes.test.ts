import { randomBytes } from 'node:crypto'
import Fastify, { type FastifyInstance } from 'fastify'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { FlawedRecords, QualityCheck, QualityReport, QualitySource } from '@comptoir/shared/data-quality/data-quality.contract'
import { qualityCheckIds } from '@comptoir/shared/data-quality/quality-checks'
import type { Viewer } from '@comptoir/shared/portal/portal.contract'
import type { PortalRecord } from '../../platform/http/caller.ts'
import { handleProblems } from '../../platform/http/problems.ts'
import { requireSession } from '../../platform/http/session-hook.ts'
import { signSession } from '../../platform/http/session-token.ts'
import { freshDatabase, type TestDatabase } from '../../platform/storage/test-database.ts'
import { checkQuality } from './check-quality.postgres.ts'
import { dataQualityRoutes } from './data-quality.routes.ts'

const sessionKey = randomBytes(32)
const admin: Viewer = { userId: 1, name: 'Ada', isAdmin: true, departmentIds: [] }
const seller: Viewer = { userId: 2, name: 'Brice', isAdmin: false, departmentIds: [] }
const now = new Date('2026-05-17T10:00:00Z')
let database: TestDatabase
let app: FastifyInstance
let portalId: number

async function findPortal(id: number): Promise<PortalRecord> {
  const row = await database.db.selectFrom('portals').selectAll().where('portal_id', '=', id).executeTakeFirstOrThrow()
  return {
    id, memberId: row.member_id, domain: row.domain, clientEndpoint: row.client_endpoint, appVersion: null, installerUserId: 1,
    status: row.status, scope: row.scope, language: row.language, timeZone: row.time_zone, currency: row.currency, settings: { analyticsScope: 'own' },
  }
}

async function ask<T>(url: string, viewer = admin): Promise<T> {
  const token = signSession({ portalId, viewer, expiresAt: Date.now() + 600_000 }, sessionKey)
  const reply = await app.inject({ method: 'GET', url, headers: { authorization: `Bearer ${token}` } })
  expect(reply.statusCode).toBe(200)
  return reply.json<T>()
}

const daysAgo = (days: number) => new Date(now.getTime() - days * 86_400_000)
const deal = (deal_id: number, change: object = {}) => ({
  portal_id: portalId, deal_id, title: `Affaire ${deal_id}`, stage_id: 'NEW', semantics: 'P' as const, amount_minor: 100_00, currency: 'EUR',
  amount_base_minor: 100_00, assigned_by_id: 1, created_at: daysAgo(5), moved_at: daysAgo(5), closes_on: '2026-07-01', ...change,
})

beforeAll(async () => {
  database = await freshDatabase()
  const { db } = database
  app = Fastify()
  handleProblems(app)
  requireSession(app, { sessionKey, findPortal, now: () => new Date() })
  dataQualityRoutes(app, { db, now: () => now })
  await app.ready()
  portalId = (await db.insertInto('portals')
    .values({ member_id: 'm', domain: 'portal.test', client_endpoint: 'https://portal.test/rest/', server_endpoint: 'https://oauth.test/rest/', status: 'installed', time_zone: 'Europe/Paris', currency: 'EUR' })
    .returning('portal_id').executeTakeFirstOrThrow()).portal_id
  await db.insertInto('crm_users').values([{ user_id: 1, is_active: true }, { user_id: 2, is_active: true }, { user_id: 3, is_active: false }]
    .map(user => ({ portal_id: portalId, name: `P${user.user_id}`, ...user }))).execute()
  await db.insertInto('crm_deals').values([
    deal(1),
    deal(2, { amount_minor: null, amount_base_minor: null }),
    deal(3, { amount_minor: 0, amount_base_minor: 0, assigned_by_id: 2 }),
    deal(4, { closes_on: '2026-05-16', amount_minor: 300_00, amount_base_minor: 300_00 }),
    deal(5, { closes_on: null, assigned_by_id: 2 }),
    deal(6, { moved_at: daysAgo(40), assigned_by_id: 3 }),
    deal(7, { currency: 'XAU', amount_base_minor: null, assigned_by_id: null }),
    deal(8, { semantics: 'F', stage_id: 'LOSE', amount_minor: null, amount_base_minor: null, closed_at: daysAgo(90), created_at: daysAgo(120) }),
  ]).execute()
  // Thirty deals that were won after ten days in their first stage, one of them after thirty.
  const won = Array.from({ length: 30 }, (_, at) => ({ id: 100 + at, days: at === 0 ? 30 : 10 }))
  await db.insertInto('crm_deals').values(won.map(({ id }) => deal(id, { semantics: 'S', stage_id: 'WON', closed_at: daysAgo(1) }))).execute()
  await db.insertInto('crm_stage_changes').values(won.flatMap(({ id, days }) => [
    { portal_id: portalId, stage_change_id: id * 2, deal_id: id, kind: 1, category_id: 0, stage_id: 'NEW', semantics: 'P', at: daysAgo(1 + days) },
    { portal_id: portalId, stage_change_id: id * 2 + 1, deal_id: id, kind: 3, category_id: 0, stage_id: 'WON', semantics: 'S', at: daysAgo(1) },
  ])).execute()
  await db.insertInto('crm_companies').values([
    { company_id: 1, title: 'Acme', name_key: 'acme' }, { company_id: 2, title: 'ACME SAS', name_key: 'acme' },
    { company_id: 3, title: 'Acme chez nous', name_key: 'acme', is_my_company: true }, { company_id: 4, title: 'Bolt', name_key: 'bolt' },
  ].map(company => ({ portal_id: portalId, assigned_by_id: 1, created_at: daysAgo(400), ...company }))).execute()
  await db.insertInto('vendors').values([
    { name: 'Acme', name_key: 'acme', company_id: 1, siren: '732829320' }, { name: 'Bolt', name_key: 'bolt', company_id: 4, siren: '732829320' },
  ].map(vendor => ({ portal_id: portalId, ...vendor }))).execute()
  const lead = { portal_id: portalId, title: 'L', stage_id: 'NEW', currency: 'EUR', assigned_by_id: 1 }
  await db.insertInto('crm_leads').values([
    { ...lead, lead_id: 1, created_at: daysAgo(95), source_id: 'WEB' }, { ...lead, lead_id: 2, created_at: daysAgo(3) },
    { ...lead, lead_id: 3, created_at: daysAgo(500) },
  ]).execute()
  const invoice = { portal_id: portalId, stage_id: 'DT31_4:N', currency: 'EUR', amount_minor: 50_00, amount_base_minor: 50_00, created_at: daysAgo(9), assigned_by_id: 1 }
  await db.insertInto('crm_invoices').values([
    { ...invoice, invoice_id: 1, number: 'F-1' }, { ...invoice, invoice_id: 2, due_on: '2026-06-01' }, { ...invoice, invoice_id: 3, company_id: 4 },
  ]).execute()
  const hoursAgo = (hours: number) => new Date(now.getTime() - hours * 3_600_000)
  const outside = { portal_id: portalId, dataset: 'ad_costs' as const, kind: 'address' as const, address: 'https://costs.example/', settings: '{}', created_by: 1, updated_by: null, headers_sealed: null, key_hash: null, key_hint: null }
  const stored = await db.insertInto('data_sources').values([
    { ...outside, name: 'À l’heure', next_run_at: hoursAgo(-2) }, { ...outside, name: 'En échec', next_run_at: hoursAgo(-2) },
    { ...outside, name: 'Immobile', next_run_at: hoursAgo(3) }, { ...outside, name: 'En pause', next_run_at: hoursAgo(3), is_paused: true },
    { ...outside, name: 'Retirée', next_run_at: hoursAgo(3), removed_at: hoursAgo(1) }, { ...outside, name: 'Fichier attendu', kind: 'file' as const, address: null },
  ]).returning(['source_id', 'name']).execute()
  const read = (name: string, hours: number, state: 'done' | 'failed') =>
    ({ portal_id: portalId, source_id: stored.find(one => one.name === name)!.source_id, reason: 'schedule' as const, due_at: hoursAgo(hours), finished_at: hoursAgo(hours), state })
  const cost = (name: string, currency: string, campaign: string) => ({
    portal_id: portalId, source_id: stored.find(one => one.name === name)!.source_id, day: '2026-05-10', channel: 'Meta', channel_key: 'meta', campaign, campaign_key: campaign, cost_minor: 100, currency,
  })
  await db.insertInto('ad_costs').values([
    cost('À l’heure', 'EUR', 'a'), cost('À l’heure', 'EUR', 'b'), cost('En échec', 'EUR', 'b'), cost('Immobile', 'XAF', 'c'), cost('Retirée', 'EUR', 'c'),
  ]).execute()
  await db.insertInto('source_runs').values([
    read('À l’heure', 46, 'failed'), read('À l’heure', 22, 'done'), read('En échec', 46, 'done'), read('En échec', 22, 'failed'),
  ]).execute()
  await db.insertInto('sync_states').values([
    { portal_id: portalId, entity: 'deals', watermark: daysAgo(0), portal_count: 38, mirror_count: 38 },
    { portal_id: portalId, entity: 'leads', portal_count: 5, mirror_count: 3 },
  ]).execute()
})
afterAll(async () => {
  await app.close()
  await database.close()
})

const sourceOf = ({ sources }: QualityReport, id: QualitySource['sourceId']) => sources.find(({ sourceId }) => sourceId === id)!
const counts = ({ checks }: QualitySource) => Object.fromEntries(checks.map(({ checkId, count, examined }) => [checkId, `${count}/${examined}`]))
const check = (source: QualitySource, id: QualityCheck['checkId']) => source.checks.find(({ checkId }) => checkId === id)

describe('the quality of the sources', () => {
  it('counts what open deals lack, and what those are worth', async () => {
    const deals = sourceOf(await ask('/api/data-quality'), 'deals')
    expect(counts(deals)).toEqual({
      deals_without_amount: '2/7', deals_past_close: '1/7', deals_without_close: '1/7', deals_stale: '1/7', deals_owner: '2/7', deals_rate: '1/5',
    })
    expect(check(deals, 'deals_past_close')).toMatchObject({ verdict: 'bad', amountMinor: 300_00, totalMinor: 600_00 })
    expect(deals.freshness).toMatchObject({ portalCount: 38, mirrorCount: 38, errorCode: null })
    expect(deals.score).toBe(Math.round(100 - 30 * 2 / 7 - 20 / 7 - 15 / 7 - 15 / 7 - 10 * 2 / 7 - 10 / 5))
  })

  it('finds companies of one name or one number, and leaves our own alone', async () => {
    expect(counts(sourceOf(await ask('/api/data-quality'), 'companies'))).toEqual({ companies_same_name: '2/3', companies_same_identifier: '2/2', companies_owner: '0/3' })
  })

  it('looks at a year of leads, says in which months none came, and takes points off when the portal counts others', async () => {
    const leads = sourceOf(await ask('/api/data-quality'), 'leads')
    expect(counts(leads)).toEqual({ leads_without_source: '1/2', leads_owner: '0/2' })
    expect(leads.score).toBe(100 - 35 - 10)
    expect(leads.newestOn).toBe('2026-05-14')
    expect(leads.emptyMonths).toContain('2026-04-01')
    expect(leads.emptyMonths).not.toContain('2026-02-01')
  })

  it('takes an invoice of a vendor for no sale, and judges nothing where there is nothing', async () => {
    const report = await ask<QualityReport>('/api/data-quality')
    expect(counts(sourceOf(report, 'invoices'))).toEqual({ invoices_without_due: '1/2', invoices_rate: '0/2' })
    expect(sourceOf(report, 'purchases')).toMatchObject({ score: null, freshness: null, newestOn: null, emptyMonths: [] })
  })

  it('finds the external sources that have no good reading since they were due, for administrators', async () => {
    const outside = sourceOf(await ask('/api/data-quality'), 'outside')
    expect(counts(outside)).toEqual({ outside_late: '2/3', outside_twice: '2/3', outside_rate: '1/3' })
    expect(outside).toMatchObject({ score: 40, freshness: null, newestOn: '2026-05-16', emptyMonths: [] })
    expect((await ask<FlawedRecords>('/api/data-quality/outside_late/records')).records.map(({ kind, title, on }) => [kind, title, on]).toSorted())
      .toEqual([['source', 'En échec', '2026-05-15'], ['source', 'Immobile', null]])
    expect(counts(sourceOf(await ask('/api/data-quality', seller), 'outside'))).toEqual({ outside_late: '0/0', outside_twice: '0/0', outside_rate: '0/0' })
  })

  it('keeps to the deals that its reader may count', async () => {
    expect(counts(sourceOf(await ask('/api/data-quality', seller), 'deals'))).toMatchObject({ deals_without_amount: '1/2', deals_without_close: '1/2' })
  })
})

describe('the records of a check', () => {
  it('are as many as were counted, for every check and reader', async () => {
    for (const viewer of [admin, seller]) {
      const { sources } = await ask<QualityReport>('/api/data-quality', viewer)
      for (const checkId of qualityCheckIds) {
        const { total, records } = await ask<FlawedRecords>(`/api/data-quality/${checkId}/records`, viewer)
        expect([checkId, total, records.length]).toEqual([checkId, ...Array<number>(2).fill(sources.flatMap(({ checks }) => checks).find(one => one.checkId === checkId)!.count)])
      }
    }
  })

  it('say which, whose, how much and since when', async () => {
    expect((await ask<FlawedRecords>('/api/data-quality/deals_past_close/records')).records).toEqual([
      { kind: 'deal', id: '4', title: 'Affaire 4', amountMinor: 300_00, currency: 'EUR', responsible: 'P1', on: '2026-05-16' },
    ])
  })
})

describe('a check by its name', () => {
  it('answers what the page shows', async () => {
    const portal = await findPortal(portalId)
    expect(await checkQuality(database.db, { reader: { portal, viewer: admin }, now }, 'deals_without_amount'))
      .toMatchObject({ count: 2, examined: 7, share: 2 / 7, verdict: 'bad' })
  })
})
