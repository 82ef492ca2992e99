import { randomBytes } from 'node:crypto'
import Fastify, { type FastifyInstance } from 'fastify'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Viewer } from '@comptoir/shared/portal/portal.contract'
import { noChange } from '@comptoir/shared/scenarios/scenario'
import type { PortalRecord } from '../../platform/http/caller.ts'
import { handleProblems } from '../../platform/http/problems.ts'
import { requireSession } from '../../platform/http/session-hook.ts'
import { signSession } from '../../platform/http/session-token.ts'
import { freshDatabase, type TestDatabase } from '../../platform/storage/test-database.ts'
import { forecastRoutes } from './forecasts.routes.ts'
import type { MonthValue } from './months-port.ts'
import { readKnowledge } from './pipeline.postgres.ts'

const sessionKey = randomBytes(32)
const admin: Viewer = { userId: 1, name: 'Ada', isAdmin: true, departmentIds: [] }
const seller: Viewer = { userId: 2, name: 'Brice', isAdmin: false, departmentIds: [] }
let now = new Date('2026-05-17T10:00:00Z')
let database: TestDatabase
let app: FastifyInstance
let portalId: number
let values: readonly (number | null)[] = []
const undeclared: string[] = []

const monthsUntil = (last: string, known: readonly (number | null)[]): MonthValue[] => known.map((value, index) => {
  const month = new Date(`${last}T00:00:00Z`)
  month.setUTCMonth(month.getUTCMonth() - (known.length - 1 - index))
  return { month: month.toISOString().slice(0, 10), value }
})

async function findPortal(id: number): Promise<PortalRecord> {
  const row = await database.db.selectFrom('portals').selectAll().where('portal_id', '=', id).executeTakeFirstOrThrow()
  return {
    id, memberId: row.member_id, domain: row.domain, clientEndpoint: row.client_endpoint, appVersion: null, installerUserId: 1,
    status: row.status, scope: row.scope, language: row.language, timeZone: row.time_zone, currency: row.currency, settings: { analyticsScope: 'own' },
  }
}

async function ask(method: 'GET' | 'PUT' | 'POST' | 'DELETE', url: string, { viewer = admin, payload }: { viewer?: Viewer, payload?: object } = {}) {
  const token = signSession({ portalId, viewer, expiresAt: Date.now() + 600_000 }, sessionKey)
  const reply = await app.inject({ method, url, payload, headers: { authorization: `Bearer ${token}` } })
  return { status: reply.statusCode, body: reply.json() }
}

beforeAll(async () => {
  database = await freshDatabase()
  app = Fastify()
  handleProblems(app, { onUndeclared: code => undeclared.push(code) })
  requireSession(app, { sessionKey, findPortal, now: () => new Date() })
  forecastRoutes(app, {
    db: database.db,
    now: () => now,
    readMonths: async () => ({ unit: 'money', currency: 'EUR', months: monthsUntil(now.toISOString().slice(0, 8).replace(/\d\d-$/, month => `${String(Number(month.slice(0, 2)) - 1).padStart(2, '0')}-01`), values), running: { month: `${now.toISOString().slice(0, 8)}01`, value: 5 } }),
    readMetric: async (_reader, metricId) => ({ value: { deals_won: 50, deals_lost: 150, win_rate: 0.25, average_deal: 100_000, sales_cycle: 73, revenue_won: 5_000_000, spend_total: 3_000_000 }[metricId as string] ?? null, isWithinRights: false }),
  })
  portalId = (await database.db.insertInto('portals').values({ member_id: 'm', domain: 'd', client_endpoint: '', server_endpoint: '', status: 'installed' }).returning('portal_id').executeTakeFirstOrThrow()).portal_id
})
afterAll(async () => {
  await app.close()
  await database.close()
  expect(undeclared).toEqual([])
})

describe('the forecast of a metric', () => {
  it('is refused, with what can be said, where too few months are known', async () => {
    values = [100, 200, 300]
    const { status, body } = await ask('GET', '/api/forecasts/metrics/revenue_won')
    expect(status).toBe(200)
    expect(body).toMatchObject({ answer: null, change: null, refusal: { reason: 'too_short', known: 3, needed: 8, mean: 200, lowest: 100, highest: 300 }, running: { month: '2026-05-01', value: 5 } })
  })

  it('tells the months ahead with its past error beside the naive one', async () => {
    values = Array.from({ length: 40 }, (_, index) => 100_000 + 1_000 * index + (index % 12 === 3 ? 60_000 : 0))
    const { body } = await ask('GET', '/api/forecasts/metrics/revenue_won?horizon=3')
    expect(body.answer.months.map(({ month }: { month: string }) => month)).toEqual(['2026-05-01', '2026-06-01', '2026-07-01'])
    expect(body.answer.months[0].point).toBeCloseTo(body.answer.months[0].level + body.answer.months[0].trend + body.answer.months[0].season, 5)
    expect(body.answer.own.smape).toBeLessThan(body.answer.naive.smape)
    expect(body.answer.isBetterThanNaive).toBe(true)
    expect(body.answer.season.months).toHaveLength(12)
    expect(body.record).toEqual({ trials: [], values: 0, held: 0, wape: null, bias: null, league: [] })
  })

  it('is kept once, met with what comes, and explained when it changes', async () => {
    await ask('GET', '/api/forecasts/metrics/revenue_won')
    const { rows } = await database.pool.query(`select * from forecast_snapshots`)
    expect(rows).toHaveLength(1)
    now = new Date('2026-06-17T10:00:00Z')
    values = [...values, 170_000]
    const { body } = await ask('GET', '/api/forecasts/metrics/revenue_won')
    expect(body.record).toMatchObject({ values: 1, trials: [{ month: '2026-05-01', monthsAhead: 1, actual: 170_000 }] })
    const [{ point }] = body.record.trials
    expect([body.record.wape, body.record.bias]).toEqual([Math.abs(point - 170_000) / 170_000, (point - 170_000) / 170_000])
    expect(body.record.league.length).toBeGreaterThan(5)
    expect(body.change.month).toBe('2026-06-01')
    expect(body.change.level + body.change.trend + body.change.season).toBeCloseTo(body.change.after - body.change.before, 5)
    const other = await ask('GET', '/api/forecasts/metrics/revenue_won', { viewer: seller })
    expect(other.body.record.values).toBe(0)
    // What an administrator was foretold of everybody's deals says nothing of the deals of one.
    const demoted = await ask('GET', '/api/forecasts/metrics/revenue_won', { viewer: { ...admin, isAdmin: false } })
    expect(demoted.body).toMatchObject({ change: null, record: { values: 0 } })
    const back = await ask('GET', '/api/forecasts/metrics/revenue_won')
    expect(back.body).toMatchObject({ change: { month: '2026-06-01' }, record: { values: 1 } })
  })

  it('knows only its metrics', async () => {
    expect((await ask('GET', '/api/forecasts/metrics/win_rate')).status).toBe(400)
  })
})

describe('the pipeline', () => {
  const day = (offset: number): Date => new Date(new Date('2026-06-17T10:00:00Z').getTime() + offset * 86_400_000)

  it('is refused until deals have shown how they leave their stages', async () => {
    expect((await ask('GET', '/api/forecasts/pipeline')).body).toMatchObject({ refusal: { known: 0, needed: 20 }, total: null, windows: [], calibration: null })
  })

  it('tells what open deals bring, and how well its chances came true', async () => {
    const deals = Array.from({ length: 300 }, (_, index) => {
      const created = -600 + index * 2
      const closed = created + 20 + index % 40
      const outcome = closed > 0 ? 'P' as const : index % 3 === 0 ? 'S' as const : 'F' as const
      return { index, created, closed: outcome === 'P' ? null : closed, outcome }
    })
    await database.db.insertInto('crm_deals').values(deals.map(({ index, created, closed, outcome }) => ({
      portal_id: portalId, deal_id: index + 1, title: `Affaire ${index}`, stage_id: outcome === 'P' ? 'NEW' : outcome === 'S' ? 'WON' : 'LOSE', semantics: outcome,
      amount_minor: 100_000, amount_base_minor: index === 299 ? null : 100_000, currency: 'EUR', assigned_by_id: index % 2 ? 1 : 2,
      created_at: day(created), moved_at: day(created), closed_at: closed === null ? null : day(closed),
    }))).execute()
    await database.db.insertInto('crm_stage_changes').values(deals.map(({ index, created }) => ({
      portal_id: portalId, stage_change_id: index + 1, deal_id: index + 1, kind: 1, category_id: 0, stage_id: 'NEW', semantics: 'P', at: day(created),
    }))).execute()
    const { body } = await ask('GET', '/api/forecasts/pipeline')
    expect(body).toMatchObject({ refusal: null, runs: 2000, withoutAmount: 1, stages: [{ stageId: 'NEW', deals: body.openDeals }] })
    expect(body.windows.map(({ from, to }: { from: string, to: string }) => [from, to])).toEqual([['2026-06-17', '2026-06-30'], ['2026-07-01', '2026-07-31'], ['2026-08-01', '2026-08-31'], ['2026-09-01', '2026-09-30']])
    expect(body.total.p10).toBeLessThan(body.total.p50)
    expect(body.total.p50).toBeLessThan(body.total.p90)
    // A third of such deals is won, and all end within the three months.
    expect(body.total.mean / body.openAmount).toBeGreaterThan(0.25)
    expect(body.total.mean / body.openAmount).toBeLessThan(0.42)
    expect(body.calibration.brier).toBeLessThanOrEqual(body.calibration.baseline + 0.02)
    expect(await ask('GET', '/api/forecasts/pipeline')).toMatchObject({ body: { total: body.total } })
    const own = await ask('GET', '/api/forecasts/pipeline', { viewer: seller })
    expect(own.body.openDeals).toBeLessThan(body.openDeals)
  })
})

describe('what was known of stages', () => {
  const today = new Date('2026-06-17T10:00:00Z')
  const day = (offset: number): Date => new Date(today.getTime() + offset * 86_400_000)

  it('at a moment is nothing that came later, and is read for several moments at once', async () => {
    const { db } = database
    const { portal_id } = await db.insertInto('portals').values({ member_id: 'm2', domain: 'd2', client_endpoint: '', server_endpoint: '', status: 'installed' }).returning('portal_id').executeTakeFirstOrThrow()
    await db.insertInto('crm_deals').values(([['S', -400, -50], ['F', -95, -10], ['P', -30, null]] as const).map(([semantics, created, closed], at) => ({
      portal_id, deal_id: at + 1, title: `Affaire ${at}`, stage_id: 'X', semantics, currency: 'EUR', created_at: day(created), closed_at: closed && day(closed),
    }))).execute()
    // Of the deal that was won the history forgot the end.
    await db.insertInto('crm_stage_changes').values(([[1, 'NEW', 'P', -400], [1, 'WORK', 'P', -100], [2, 'NEW', 'P', -95], [2, 'LOSE', 'F', -10], [3, 'NEW', 'P', -30]] as const).map(([deal_id, stage_id, semantics, at], id) => ({
      portal_id, stage_change_id: id + 1, deal_id, kind: 2, category_id: 0, stage_id, semantics, at: day(at),
    }))).execute()
    const portal = await findPortal(portal_id)
    const [past, present] = await readKnowledge(db, { reader: { portal, viewer: admin }, categoryId: null }, [day(-90), today], 90)
    const worked = { stage: 'NEW', days: 300, count: 1, exit: { kind: 'stage', stage: 'WORK' } }
    expect(present).toMatchObject({ closed: 2, standings: [{ stage: 'NEW', days: 30, deals: 1, won: 0 }] })
    expect(present!.stays).toHaveLength(4)
    expect(present!.stays).toEqual(expect.arrayContaining([
      worked, { stage: 'WORK', days: 50, count: 1, exit: { kind: 'won' } }, { stage: 'NEW', days: 85, count: 1, exit: { kind: 'lost' } }, { stage: 'NEW', days: 30, count: 1, exit: null },
    ]))
    expect(past!.closed).toBe(0)
    expect(past!.stays).toHaveLength(3)
    expect(past!.stays).toEqual(expect.arrayContaining([worked, { stage: 'WORK', days: 10, count: 1, exit: null }, { stage: 'NEW', days: 5, count: 1, exit: null }]))
    expect(past!.standings.toSorted((a, b) => a.days - b.days)).toEqual([{ stage: 'NEW', days: 5, deals: 1, won: 0 }, { stage: 'WORK', days: 10, deals: 1, won: 1 }])
  })
})

describe('scenarios', () => {
  const spec = { name: 'Prudence', levers: { ...noChange, volume: -0.1 }, lostVendorId: null, assumedRatio: null, assumedCustomerDays: 45, isShared: false }

  it('start from the year that the analytics tell', async () => {
    expect((await ask('GET', '/api/scenarios/start')).body).toMatchObject({ from: '2025-06-01', to: '2026-06-01', volume: 40, winRate: 0.25, cycleDays: 73, costShare: 0.6, vendors: [], priceRatios: [] })
  })

  it('know who sells what, at which price, within what the viewer may see', async () => {
    const { db } = database
    const [a, b] = await db.insertInto('vendors').values([{ portal_id: portalId, name: 'A', name_key: 'a' }, { portal_id: portalId, name: 'B', name_key: 'b', category: 'Vis' }]).returning('vendor_id').execute()
    await db.insertInto('purchases').values([a!, b!].map(({ vendor_id }, at) => ({ portal_id: portalId, vendor_id, spent_on: '2026-02-01', amount_minor: 1000 - at, amount_base_minor: 1000 - at, currency: 'EUR', category: 'Vis' }))).execute()
    for (const [at, { vendor_id }] of [a!, b!].entries()) {
      const { order_id } = await db.insertInto('purchase_orders').values({ portal_id: portalId, vendor_id, number: `N${at}`, ordered_on: '2026-02-01', currency: 'EUR' }).returning('order_id').executeTakeFirstOrThrow()
      await db.insertInto('purchase_order_lines').values({ portal_id: portalId, order_id, vendor_id, position: 1, item_code: 'M6', item_name: 'Vis M6', quantity: '10', unit_price: at === 0 ? '2' : '2.5' }).execute()
    }
    const { body } = await ask('GET', '/api/scenarios/start')
    expect(body.vendors).toMatchObject([{ name: 'A', group: 'Vis', spendMinor: 1000, score: null, delayDays: null }, { name: 'B', group: 'Vis' }])
    expect(body.priceRatios.find(({ of }: { of: string }) => of === b!.vendor_id)).toMatchObject({ against: a!.vendor_id, ratio: expect.closeTo(1.25), items: 1 })
    await db.deleteFrom('vendor_grants').where('portal_id', '=', portalId).execute()
    expect((await ask('GET', '/api/scenarios/start', { viewer: seller })).body).toMatchObject({ vendors: [], priceRatios: [] })
  })

  it('are kept for oneself, shown to others when shared, and changed by their owner alone', async () => {
    const { body: kept } = await ask('POST', '/api/scenarios', { payload: spec })
    expect(kept).toMatchObject({ ...spec, isOwn: true, version: 1 })
    expect((await ask('GET', '/api/scenarios', { viewer: seller })).body).toEqual([])
    const shared = await ask('PUT', `/api/scenarios/${kept.scenarioId}`, { payload: { ...spec, isShared: true, version: 1 } })
    expect(shared.body).toMatchObject({ isShared: true, version: 2 })
    expect((await ask('GET', '/api/scenarios', { viewer: seller })).body).toMatchObject([{ scenarioId: kept.scenarioId, isOwn: false }])
    expect((await ask('PUT', `/api/scenarios/${kept.scenarioId}`, { payload: { ...spec, version: 1 } })).body.code).toBe('scenario.changed_meanwhile')
    expect((await ask('PUT', `/api/scenarios/${kept.scenarioId}`, { viewer: seller, payload: { ...spec, version: 2 } })).body.code).toBe('scenario.not_found')
    expect((await ask('DELETE', `/api/scenarios/${kept.scenarioId}`, { viewer: seller })).status).toBe(404)
    expect((await ask('DELETE', `/api/scenarios/${kept.scenarioId}`)).body.name).toBe('Prudence')
    expect((await ask('GET', '/api/scenarios')).body).toEqual([])
  })

  it('refuse levers beyond their range, and more than one person keeps', async () => {
    expect((await ask('POST', '/api/scenarios', { payload: { ...spec, levers: { ...noChange, price: 2 } } })).status).toBe(400)
    for (let index = 0; index < 50; index++)
      await ask('POST', '/api/scenarios', { payload: spec })
    expect((await ask('POST', '/api/scenarios', { payload: spec })).body).toMatchObject({ code: 'scenario.too_many', details: { most: 50 } })
  })
})
