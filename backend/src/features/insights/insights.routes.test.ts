import { randomBytes } from 'node:crypto'
import Fastify, { type FastifyInstance } from 'fastify'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Viewer } from '@comptoir/shared/portal/portal.contract'
import type { PortalRecord } from '../../platform/http/caller.ts'
import { handleProblems } from '../../platform/http/problems.ts'
import { requireSession } from '../../platform/http/session-hook.ts'
import { signSession } from '../../platform/http/session-token.ts'
import { freshDatabase, type TestDatabase } from '../../platform/storage/test-database.ts'
import { insightsRoutes } from './insights.routes.ts'
import { admin, aDeal, aPortal, mirrorDeals } from './testing/a-portal.ts'

const sessionKey = randomBytes(32)
const now = new Date('2026-05-17T10:00:00Z')
const seller: Viewer = { userId: 2, name: 'Brice', isAdmin: false, departmentIds: [] }
let database: TestDatabase
let app: FastifyInstance
let portalId: number
const undeclared: string[] = []

async function findPortal(id: number): Promise<PortalRecord | null> {
  const row = await database.db.selectFrom('portals').selectAll().where('portal_id', '=', id).executeTakeFirst()
  return row
    ? {
        id, memberId: row.member_id, domain: row.domain, clientEndpoint: row.client_endpoint, appVersion: null, installerUserId: 1,
        status: row.status, scope: row.scope, language: row.language, timeZone: row.time_zone, currency: row.currency, settings: row.settings,
      }
    : null
}

async function ask(method: 'GET' | 'PUT' | 'POST', url: string, { viewer = admin, portal = portalId, payload }: { viewer?: Viewer | null, portal?: number, payload?: object } = {}) {
  const token = viewer && signSession({ portalId: portal, viewer, expiresAt: now.getTime() + 60_000 }, sessionKey)
  const reply = await app.inject({ method, url, payload, headers: token ? { authorization: `Bearer ${token}` } : {} })
  return { status: reply.statusCode, body: reply.json() }
}

beforeAll(async () => {
  database = await freshDatabase()
  app = Fastify()
  handleProblems(app, { onUndeclared: code => undeclared.push(code) })
  requireSession(app, { sessionKey, findPortal, now: () => now })
  insightsRoutes(app, { db: database.db, now: () => now, readUses: () => Promise.resolve([{ metricId: 'win_rate', kind: 'board', name: 'Ventes', path: '/boards/1' }]) })
  const portal = await aPortal(database.db)
  portalId = portal.id
  await database.db.insertInto('crm_users').values([
    { portal_id: portalId, user_id: 1, name: 'Ada', last_name: 'Martin', position: '' },
    { portal_id: portalId, user_id: 2, name: 'Brice', last_name: 'Petit', position: '' },
  ]).execute()
  await database.db.insertInto('crm_categories').values({ portal_id: portalId, entity_type_id: 2, category_id: 0, name: 'Ventes', code: null }).execute()
  await mirrorDeals(database.db, [
    aDeal(portal, { deal_id: 1, semantics: 'S', closed_at: new Date('2026-05-04T10:00:00Z') }),
    aDeal(portal, { deal_id: 2, semantics: 'S', amount_minor: 250_00, assigned_by_id: 2, closed_at: new Date('2026-04-10T10:00:00Z') }),
    aDeal(portal, { deal_id: 3, semantics: 'F', closed_at: new Date('2026-05-05T10:00:00Z') }),
    aDeal(portal, { deal_id: 4, amount_minor: null }),
  ])
})
afterAll(async () => {
  await app.close()
  await database.close()
})

describe('the routes of analytics', () => {
  it('answer the dashboard with comparison, parts and what is left out', async () => {
    const { status, body } = await ask('GET', '/api/insights/dashboard?period=this_month')
    expect(status).toBe(200)
    expect(body).toMatchObject({
      currency: 'EUR',
      scope: 'all',
      days: { from: '2026-05-01', to: '2026-05-31' },
      freshness: { state: 'waiting', syncedAt: null },
      revenueWon: { value: 100_00, previous: { value: 250_00, days: { from: '2026-04-01', to: '2026-04-17' } }, change: -0.6 },
      winRate: { value: 0.5, records: 2 },
      spendTotal: { value: null, records: 0 },
      pipelineOpen: { value: null, leftOut: [{ reason: 'without_amount', records: 1 }], previous: null },
    })
    expect(body.revenueWon.parts).toHaveLength(31)
  })

  it('tell since when the period before is known, where it began before there was anything', async () => {
    const { body } = await ask('GET', '/api/insights/dashboard?period=this_month')
    expect(body.revenueWon.previous).toMatchObject({ days: { from: '2026-04-01' }, knownSince: '2026-04-10' })
    expect((await ask('GET', '/api/insights/metrics/win_rate?period=this_month')).body.previous.knownSince).toBe('2026-04-10')
    // A period that begins with the first deal, or lies behind it, is known from its first day on.
    expect((await ask('GET', '/api/insights/metrics/win_rate?period=custom&from=2026-05-01&to=2026-05-21')).body.previous).not.toHaveProperty('knownSince')
    expect((await ask('GET', '/api/insights/metrics/pipeline_open?period=this_month')).body.previous).toBeNull()
  })

  it('tell with a period without closed deals where those are', async () => {
    expect((await ask('GET', '/api/insights/dashboard?period=custom&from=2017-01-01&to=2017-12-31')).body).toMatchObject({ winRate: { records: 0 }, closedDays: { from: '2026-04-10', to: '2026-05-05' } })
    expect((await ask('GET', '/api/insights/dashboard?period=all')).body.closedDays).toBeUndefined()
  })

  it('take one person or several from the address', async () => {
    const one = await ask('GET', '/api/insights/metrics/revenue_won?period=all&userIds=2')
    expect(one.body).toMatchObject({ value: 250_00, records: 1, previous: null })
    const two = await ask('GET', '/api/insights/metrics/revenue_won?period=all&userIds=2&userIds=1&by=responsible')
    expect(two.body.parts).toMatchObject([{ key: '2', label: 'Brice Petit', value: 250_00 }, { key: '1', label: 'Ada Martin', value: 100_00 }])
  })

  it('list the records behind a number page by page', async () => {
    const first = await ask('GET', '/api/insights/metrics/deals_won/records?period=all&limit=1')
    expect(first.body).toMatchObject({ total: { value: 2, records: 2 }, records: [{ id: '1', title: 'Affaire 1', responsible: { userId: 1, name: 'Ada Martin' }, outcome: 'won' }] })
    const second = await ask('GET', `/api/insights/metrics/deals_won/records?period=all&limit=1&after=${first.body.next}`)
    expect(second.body).toMatchObject({ total: null, next: null, records: [{ id: '2' }] })
  })

  it('say how each number is made, and by whom and where one can filter', async () => {
    const definitions = await ask('GET', '/api/insights/definitions')
    expect(definitions.body.find(({ id }: { id: string }) => id === 'win_rate')).toMatchObject({ aggregate: 'share', favourable: 'won', timeBasis: 'closed' })
    const choices = await ask('GET', '/api/insights/choices')
    expect(choices.body).toEqual({ users: [{ userId: 1, name: 'Ada Martin', isActive: true }, { userId: 2, name: 'Brice Petit', isActive: true }], pipelines: [{ categoryId: 0, name: 'Ventes' }] })
  })

  it('let an administrator decide whose deals people see, and nobody else', async () => {
    expect((await ask('PUT', '/api/insights/settings', { viewer: seller, payload: { analyticsScope: 'all' } })).body.code).toBe('auth.admin_only')
    expect((await ask('PUT', '/api/insights/settings', { payload: { analyticsScope: 'own' } })).status).toBe(200)
    expect((await ask('GET', '/api/insights/settings', { viewer: seller })).body).toEqual({ analyticsScope: 'own' })
    const mine = await ask('GET', '/api/insights/dashboard?period=all', { viewer: seller })
    expect(mine.body).toMatchObject({ scope: 'own', revenueWon: { value: 250_00, records: 1 } })
    expect((await ask('GET', '/api/insights/choices', { viewer: seller })).body.users).toEqual([{ userId: 2, name: 'Brice Petit', isActive: true }])
    expect((await ask('GET', '/api/insights/dashboard?period=all')).body.revenueWon.records).toBe(2)
    await ask('PUT', '/api/insights/settings', { payload: { analyticsScope: 'all' } })
  })

  it('keep the targets of months, and say what is left to cover of them', async () => {
    const coverage = async (period: string) => (await ask('GET', `/api/insights/metrics/coverage?period=${period}`)).body
    expect(await coverage('this_month')).toMatchObject({ value: null, missing: 'no_target', target: null })
    const targets = [{ month: '2026-05-01', amountMinor: 300_00 }, { month: '2026-04-01', amountMinor: 200_00 }]
    expect((await ask('PUT', '/api/insights/targets', { viewer: seller, payload: { targets } })).status).toBe(403)
    expect((await ask('PUT', '/api/insights/targets', { payload: { targets } })).body).toEqual({ currency: 'EUR', targets: targets.toReversed() })
    expect(await coverage('this_month')).toMatchObject({ value: 0, target: 300_00, ingredients: [{ metricId: 'pipeline_planned', value: 0 }, { metricId: 'revenue_won', value: 100_00 }] })
    expect(await coverage('last_month')).toMatchObject({ value: null, missing: 'target_reached' })
    expect((await ask('GET', '/api/insights/metrics/coverage?period=this_month&userIds=1')).body).toMatchObject({ value: null, missing: 'target_for_all' })
    expect((await ask('GET', '/api/insights/metrics/revenue_won?period=this_month')).body).toMatchObject({ value: 100_00, target: 300_00 })
    expect((await ask('PUT', '/api/insights/targets', { payload: { targets: [{ month: '2026-04-01', amountMinor: null }] } })).body.targets).toHaveLength(1)
    expect((await ask('GET', '/api/insights/targets', { viewer: seller })).body.targets).toEqual([targets[0]])
    expect((await ask('PUT', '/api/insights/targets', { payload: { targets: [{ month: '2026-04-02', amountMinor: 1 }] } })).body.code).toBe('request.invalid')
  })

  it('say where a number is put to use', async () => {
    const { body } = await ask('GET', '/api/insights/uses')
    expect(body.filter(({ metricId }: { metricId: string }) => metricId === 'win_rate')).toEqual([
      { metricId: 'win_rate', kind: 'page', name: null, path: '/insights' }, { metricId: 'win_rate', kind: 'board', name: 'Ventes', path: '/boards/1' },
    ])
    expect(body).toContainEqual({ metricId: 'revenue_won', kind: 'forecast', name: null, path: '/forecasts?metric=revenue_won' })
  })

  it('refuse what another number leaves out', async () => {
    const { status, body } = await ask('GET', '/api/insights/metrics/deals_won/records?period=all&leftOut=without_cost')
    expect([status, body.code, body.details]).toEqual([400, 'request.invalid', { reason: 'leftOut', metricId: 'deals_won', leftOut: 'without_cost' }])
  })

  it('refuse the records of a formula, and name the numbers that have some', async () => {
    expect((await ask('GET', '/api/insights/metrics/dpo/records?period=all')).body).toMatchObject({ code: 'request.invalid', details: { reason: 'formula', ingredients: ['payables_open', 'payables_issued'] } })
  })

  it('count anew for an administrator', async () => {
    expect((await ask('POST', '/api/insights/rebuild')).body).toEqual({ isConsistent: true })
    expect((await ask('POST', '/api/insights/rebuild', { viewer: seller })).status).toBe(403)
  })

  it('refuse what they cannot understand', async () => {
    for (const url of [
      '/api/insights/dashboard?period=someday',
      '/api/insights/dashboard',
      '/api/insights/dashboard?period=custom&from=2026-02-30&to=2026-03-01',
      '/api/insights/dashboard?period=custom&from=2026-03-02&to=2026-03-01',
      '/api/insights/metrics/happiness?period=all',
      '/api/insights/metrics/win_rate?period=all&by=vendor',
      '/api/insights/metrics/win_rate/records?period=all&after=nowhere',
      '/api/insights/dashboard?period=all&userIds=me',
    ])
      expect((await ask('GET', url)).body, url).toMatchObject({ code: 'request.invalid' })
  })

  it('show nothing without a session and nothing of another portal', async () => {
    expect((await ask('GET', '/api/insights/dashboard?period=all', { viewer: null })).body.code).toBe('auth.required')
    const other = await aPortal(database.db)
    expect((await ask('GET', '/api/insights/dashboard?period=all', { portal: other.id })).body.revenueWon).toMatchObject({ value: 0, records: 0 })
    expect((await ask('GET', '/api/insights/metrics/deals_won/records?period=all', { portal: other.id })).body.records).toEqual([])
  })

  it('report no failure that their contracts leave out', () => {
    expect(undeclared).toEqual([])
  })
})
