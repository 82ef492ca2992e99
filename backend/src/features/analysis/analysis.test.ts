import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { freshDatabase, type TestDatabase } from '../../platform/storage/test-database.ts'
import type { Reader } from './asked-deals.postgres.ts'
import { readActivityEffect } from './activity-effect.postgres.ts'
import { readConversion } from './conversion.postgres.ts'
import { readRetention } from './retention.postgres.ts'
import { readRfm } from './rfm.postgres.ts'
import { readWinLoss } from './win-loss.postgres.ts'

const now = new Date('2026-06-15T12:00:00Z')
let database: TestDatabase
let admin: Reader
let seller: Reader

interface Deal { readonly id: number, readonly company?: number, readonly closed?: string, readonly created?: string, readonly semantics?: 'P' | 'S' | 'F', readonly minor?: number | null, readonly by?: number, readonly source?: string }

beforeAll(async () => {
  database = await freshDatabase()
  const { db } = database
  const { portal_id: id } = await db.insertInto('portals').values({ member_id: 'm', domain: 'd', client_endpoint: '', server_endpoint: '', status: 'installed' }).returning('portal_id').executeTakeFirstOrThrow()
  const portal = { id, currency: 'EUR', timeZone: 'Europe/Paris', settings: { analyticsScope: 'own' } } as Reader['portal']
  admin = { portal, viewer: { userId: 1, name: 'Ada', isAdmin: true, departmentIds: [] } }
  seller = { portal, viewer: { userId: 7, name: 'Léo', isAdmin: false, departmentIds: [] } }
  await db.insertInto('crm_companies').values([{ portal_id: id, company_id: 1, title: 'Alpha' }, { portal_id: id, company_id: 2, title: 'Bêta' }, { portal_id: id, company_id: 3, title: 'Gamma' }]).execute()
  await db.insertInto('crm_stages').values([['NEW', 10, 'P'], ['OFFER', 20, 'P'], ['DEAL', 30, 'P'], ['WON', 40, 'S'], ['LOSE', 50, 'F']].map(([stage_id, sort, semantics]) =>
    ({ portal_id: id, entity_type_id: 2, stage_id: String(stage_id), category_id: 0, name: String(stage_id), sort: Number(sort), semantics: semantics as 'P' }))).execute()
  const won = (deal: Deal): Deal => ({ semantics: 'S', minor: 100_00, ...deal })
  const deals: Deal[] = [
    won({ id: 1, company: 1, closed: '2026-01-10' }), won({ id: 2, company: 1, closed: '2026-02-10', by: 7 }), won({ id: 3, company: 1, closed: '2026-02-20' }),
    won({ id: 4, company: 2, closed: '2026-01-31T23:30:00Z', minor: 900_00 }), won({ id: 5, company: 3, closed: '2026-06-01', minor: null }), won({ id: 6, closed: '2026-05-01' }),
    { id: 7, company: 1, closed: '2026-05-02', semantics: 'F', minor: 6_000_00, by: 7, source: 'WEB' }, { id: 8, company: 2, semantics: 'P' },
  ]
  await db.insertInto('crm_deals').values(deals.map(deal => ({
    portal_id: id, deal_id: deal.id, title: `Affaire ${deal.id}`, stage_id: 'NEW', semantics: deal.semantics ?? 'P', currency: 'EUR',
    amount_minor: deal.minor === undefined ? 1_00 : deal.minor, amount_base_minor: deal.minor === undefined ? 1_00 : deal.minor,
    company_id: deal.company ?? null, assigned_by_id: deal.by ?? 1, source_id: deal.source ?? null,
    created_at: new Date(deal.created ?? '2026-01-01'), closed_at: deal.closed ? new Date(deal.closed) : null,
  }))).execute()
  let change = 0
  const moves = (dealId: number, ...steps: readonly [stage: string, day: string][]) => db.insertInto('crm_stage_changes').values(steps.map(([stage_id, day]) => ({
    portal_id: id, stage_change_id: ++change, deal_id: dealId, kind: 1, category_id: 0, stage_id, semantics: stage_id === 'WON' ? 'S' : stage_id === 'LOSE' ? 'F' : 'P', at: new Date(day),
  }))).execute()
  await moves(1, ['NEW', '2026-01-01'], ['OFFER', '2026-01-03'], ['WON', '2026-01-10'])
  await moves(2, ['NEW', '2026-01-01'], ['DEAL', '2026-01-11'], ['WON', '2026-02-10'])
  await moves(7, ['NEW', '2026-01-01'], ['OFFER', '2026-01-05'], ['LOSE', '2026-05-02'])
  await moves(8, ['NEW', '2026-06-10'])
})
afterAll(() => database.close())

describe('retention', () => {
  it('follows each cohort of first purchases in the portal\'s months', async () => {
    const { cohorts, customers, repeat, withoutCompany, periods } = await readRetention(database.db, admin, { grain: 'month' }, now)
    const byStart = new Map(cohorts.map(cohort => [cohort.start, cohort]))
    expect(cohorts.map(({ start }) => start)).toEqual(['2026-01-01', '2026-02-01', '2026-06-01'])
    expect(byStart.get('2026-01-01')).toMatchObject({ size: 1, shares: [1, 1, 0, 0, 0, 0, null, null, null, null, null, null] })
    // Half past eleven in the evening in London is February in Paris.
    expect(byStart.get('2026-02-01')).toMatchObject({ size: 1 })
    expect(byStart.get('2026-06-01')).toMatchObject({ size: 1, runningFrom: 0 })
    expect({ customers, repeat, withoutCompany }).toEqual({ customers: 3, repeat: 1, withoutCompany: 1 })
    expect(periods.find(({ start }) => start === '2026-02-01')).toEqual({ start: '2026-02-01', active: 2, before: 1, kept: 1 })
    expect(periods.at(-1)?.start).toBe('2026-05-01')
  })

  it('shows the last cohorts that there are, however long ago nobody new has come', async () => {
    const { cohorts } = await readRetention(database.db, admin, { grain: 'month' }, new Date('2029-01-01T00:00:00Z'))
    expect(cohorts).toMatchObject([{ start: '2026-01-01', shares: Array(12).fill(expect.any(Number)), runningFrom: -1 }, { start: '2026-02-01' }, { start: '2026-06-01' }])
  })

  it('counts only what the viewer may see', async () => {
    expect(await readRetention(database.db, seller, { grain: 'month' }, now)).toMatchObject({ customers: 1, repeat: 0, withoutCompany: 0 })
  })
})

describe('recency, frequency and amount', () => {
  it('are summed by company, a deal without amount counting once all the same', async () => {
    const { customers, segments } = await readRfm(database.db, admin, {}, now)
    expect(customers.map(({ name, frequency, monetaryMinor, recencyDays }) => [name, frequency, monetaryMinor, recencyDays])).toEqual([
      ['Bêta', 1, 900_00, 134], ['Alpha', 3, 300_00, 115], ['Gamma', 1, 0, 14]])
    expect(segments.reduce((sum, segment) => sum + segment.customers, 0)).toBe(3)
    expect(segments.reduce((sum, segment) => sum + segment.monetaryMinor, 0)).toBe(1_200_00)
  })
})

describe('conversion from stage to stage', () => {
  const ask = (change: object = {}) => readConversion(database.db, admin, { period: 'all', categoryId: 0, horizonDays: 60, ...change }, now)

  it('counts skipped stages as passed, and does not judge what may still move', async () => {
    const { stages, historyFrom } = await ask()
    expect(historyFrom).toBe('2026-01-01')
    expect(stages.map(({ stageId, entered, judged, passed, won, lost, stillThere }) => [stageId, entered, judged, passed, won, lost, stillThere])).toEqual([
      ['NEW', 4, 3, 3, 2, 0, 1], ['OFFER', 2, 2, 1, 1, 0, 0], ['DEAL', 1, 1, 1, 1, 0, 0]])
    // Days in NEW: 2, 10, 4 and more than 5.
    expect(stages[0]?.medianDays).toBe(4)
  })

  it('does not judge those who moved on early while others of the same age still may', async () => {
    const { stages } = await readConversion(database.db, admin, { period: 'all', categoryId: 0, horizonDays: 60 }, new Date('2026-01-12T00:00:00Z'))
    expect(stages[0]).toMatchObject({ entered: 3, judged: 0, passed: 0, passRate: null, medianDays: 4 })
  })

  it('takes what happened after the horizon for not passed', async () => {
    const { stages } = await ask({ horizonDays: 5 })
    expect(stages[0]).toMatchObject({ judged: 4, passed: 2 })
  })

  it('keeps to the period of the entry', async () => {
    expect((await ask({ period: 'this_month' })).stages[0]).toMatchObject({ entered: 1, judged: 0, passRate: null })
  })
})

describe('won against lost', () => {
  it.each(['responsible', 'source', 'pipeline', 'amount', 'month'] as const)('by %s adds up', async (by) => {
    const { groups, won, lost } = await readWinLoss(database.db, admin, { period: 'all', by }, now)
    expect([won, lost]).toEqual([6, 1])
    expect(groups.reduce((sum, group) => sum + (group.wonMinor ?? 0), 0)).toBe(1_300_00)
  })

  it('has bands of amount in their order, and one without', async () => {
    const { groups } = await readWinLoss(database.db, admin, { period: 'all', by: 'amount' }, now)
    expect(groups.map(({ key, won, lost }) => [key, won, lost])).toEqual([['0', 5, 0], ['5000', 0, 1], ['', 1, 0]])
  })
})

describe('activities', () => {
  const ask = (by: 'presence' | 'count' | 'response', change: object = {}) => readActivityEffect(database.db, admin, { period: 'all', by, ...change }, now)
  let at = 0
  const done = (dealId: number, ...moments: readonly string[]) => database.db.insertInto('crm_activities').values(moments.map(moment => ({
    portal_id: admin.portal.id, activity_id: ++at, owner_type_id: 2, owner_id: dealId, type_id: 2, is_completed: true, created_at: new Date(moment),
  }))).execute()

  it('that nobody has read say nothing of deals without', async () => {
    expect(await ask('presence')).toMatchObject({ isKnown: false })
  })

  it('count from the creation to the end of a deal, and not after it', async () => {
    await done(1, '2026-01-01T02:00:00Z', '2026-01-05', '2026-01-09', '2026-03-01')
    await done(2, '2026-01-09')
    await done(7, '2026-06-01')
    const rows = async (by: 'presence' | 'count' | 'response') => (await ask(by)).groups.map(({ key, won, lost }) => [key, won, lost])
    expect(await rows('presence')).toEqual([['without', 4, 1], ['with', 2, 0]])
    expect(await rows('count')).toEqual([['0', 4, 1], ['1', 1, 0], ['3', 1, 0]])
    expect(await rows('response')).toEqual([['0', 1, 0], ['168', 1, 0], ['never', 4, 1]])
  })

  it('come with the interval of their rate, and within a segment', async () => {
    const { groups: [without] } = await ask('presence')
    expect(without).toMatchObject({ rate: 0.8, medianWonDays: expect.any(Number) })
    expect(without!.low).toBeLessThan(0.8)
    const { segment_id: segmentId } = await database.db.insertInto('segments').values({
      portal_id: admin.portal.id, subject: 'deal', name: 'x', owner_id: 1, updated_by: 1, rule: JSON.stringify({ kind: 'all', rules: [{ field: 'outcome', operator: 'in', values: ['lost'] }] }),
    }).returning('segment_id').executeTakeFirstOrThrow()
    expect((await ask('presence', { segmentId })).groups.map(({ key, won, lost }) => [key, won, lost])).toEqual([['without', 0, 1]])
    expect(await readWinLoss(database.db, admin, { period: 'all', by: 'month', segmentId }, now)).toMatchObject({ won: 0, lost: 1 })
    expect((await readConversion(database.db, admin, { period: 'all', categoryId: 0, horizonDays: 60, segmentId }, now)).stages[0]).toMatchObject({ entered: 1 })
  })
})
