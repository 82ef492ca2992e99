import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { MetricFilters, MetricRecord, RecordFilters } from '@comptoir/shared/insights/insights.contract'
import { metricIds, type Dimension, type MetricId } from '@comptoir/shared/insights/metric'
import { metricCatalogue } from '@comptoir/shared/insights/metric-catalogue'
import { tallyOf, valueOf } from '@comptoir/shared/insights/tally'
import { ageing, type AgeingBucket } from '@comptoir/shared/payments/ageing'
import type { Viewer } from '@comptoir/shared/portal/portal.contract'
import { freshDatabase, type TestDatabase } from '../../platform/storage/test-database.ts'
import type { InsightPortal } from './ask.ts'
import { firstAnalytics } from './dashboard.postgres.ts'
import { evaluateMetric } from './evaluate-metric.postgres.ts'
import { partsAtMost } from './metric-tally.postgres.ts'
import { readRecords } from './records.postgres.ts'
import { admin, aPortal, mirrorDeals } from './testing/a-portal.ts'
import { scatteredActivities } from './testing/scattered-activities.ts'
import { scatteredHistory } from './testing/scattered-history.ts'
import { scatteredInvoices } from './testing/scattered-invoices.ts'
import { scatteredMarketing } from './testing/scattered-marketing.ts'
import { scatteredPurchases } from './testing/scattered-purchases.ts'
import { scatteredSupply } from './testing/scattered-supply.ts'
import { scattered, scatteredDeal } from './testing/scattered-deals.ts'

const now = new Date('2026-02-17T10:00:00Z')
let database: TestDatabase
let portal: InsightPortal
let ownOnly: InsightPortal
let byDepartment: InsightPortal

beforeAll(async () => {
  database = await freshDatabase()
  portal = await aPortal(database.db)
  const next = scattered(31)
  const deals = Array.from({ length: 700 }, (_, at) => scatteredDeal(portal, at + 1, next))
  await mirrorDeals(database.db, deals)
  await scatteredPurchases(database.db, portal, next)
  await scatteredInvoices(database.db, portal, next)
  await scatteredHistory(database.db, portal, deals, next)
  await scatteredMarketing(database.db, portal, scattered(68))
  await scatteredSupply(database.db, portal, scattered(4))
  await scatteredActivities(database.db, portal, scattered(76))
  await database.db.insertInto('crm_departments').values([
    { portal_id: portal.id, department_id: 10, name: 'Ventes', parent_id: null, head_user_id: null },
    { portal_id: portal.id, department_id: 11, name: 'Ventes Nord', parent_id: 10, head_user_id: null },
    { portal_id: portal.id, department_id: 20, name: 'Achats', parent_id: null, head_user_id: null },
  ]).execute()
  await database.db.insertInto('crm_users').values([
    { portal_id: portal.id, user_id: 2, name: 'Brice', position: '', department_ids: [10] },
    { portal_id: portal.id, user_id: 3, name: 'Chloé', position: '', department_ids: [11] },
    { portal_id: portal.id, user_id: 4, name: 'Denis', position: '', department_ids: [20] },
  ]).execute()
  // As the database does by itself soon after a first reading.
  await sql`analyze`.execute(database.db)
  ownOnly = { ...portal, settings: { analyticsScope: 'own' } }
  byDepartment = { ...portal, settings: { analyticsScope: 'department' } }
})
afterAll(() => database.close())

const seller = (userId: number, departmentIds: number[] = []): Viewer => ({ userId, name: 'Vendeur', isAdmin: false, departmentIds })

async function allRecords(asked: InsightPortal, viewer: Viewer, metricId: MetricId, filters: RecordFilters): Promise<MetricRecord[]> {
  const records: MetricRecord[] = []
  for (let after: string | undefined, more = true; more;) {
    const page = await readRecords(database.db, asked, viewer, metricId, { ...filters, after, limit: 250 }, now)
    records.push(...page.records)
    after = page.next ?? undefined
    more = page.next !== null
  }
  return records
}

const filterSets: Record<string, MetricFilters> = {
  'the last twelve months': { period: 'last_12_months' },
  'this month': { period: 'this_month' },
  'last quarter': { period: 'last_quarter' },
  'days across months': { period: 'custom', from: '2025-06-17', to: '2025-09-05' },
  'a few days': { period: 'custom', from: '2025-10-24', to: '2025-10-27' },
  'all time': { period: 'all' },
  'one person': { period: 'all', userIds: [3] },
  'some people in one pipeline': { period: 'last_year', userIds: [1, 4], categoryIds: [2] },
  'two pipelines': { period: 'last_12_months', categoryIds: [0, 1] },
}

const viewers: Record<string, () => [InsightPortal, Viewer]> = {
  'an administrator': () => [ownOnly, admin],
  'a seller who sees own deals': () => [ownOnly, seller(3)],
  'a seller who sees a department': () => [byDepartment, seller(2, [10])],
}

const recordMetrics = metricIds.filter(id => metricCatalogue[id].drill === 'records')
const formulas = metricIds.filter(id => metricCatalogue[id].drill === 'ingredients')

/** Sums of fractions added one by one may differ in the last digits. */
function expectSame(value: number | null | undefined, expected: number | null, what: string): void {
  if (expected === null || value === null || value === undefined)
    expect(value ?? null, what).toBe(expected)
  else
    expect(value, what).toBeCloseTo(expected, 9)
}

describe.each(Object.entries(viewers))('for %s', (_viewer, who) => {
  it.each(Object.entries(filterSets))('and %s the records of every metric add up to its number', async (_filter, filters) => {
    const [asked, viewer] = who()
    for (const metricId of recordMetrics) {
      const metric = metricCatalogue[metricId]
      const result = await evaluateMetric(database.db, asked, viewer, { ...filters, metricId }, now)
      const records = await allRecords(asked, viewer, metricId, filters)
      const { total } = await readRecords(database.db, asked, viewer, metricId, filters, now)
      const fromRecords = valueOf(metric, tallyOf(records.map(({ worth, isFavourable }) => ({ worth: worth!, isFavourable })), Object.fromEntries(result.leftOut.map(({ reason, records }) => [reason, records]))))
      expect(new Set(records.map(({ id }) => id)).size, metricId).toBe(records.length)
      expect(records.length, metricId).toBe(result.records)
      expect(total, metricId).toMatchObject({ records: result.records })
      expect(result.value === null, metricId).toBe(result.missing !== undefined)
      if (result.missing === undefined || ['no_records', 'all_left_out', 'not_priced', 'nothing_to_divide'].includes(result.missing))
        expectSame(fromRecords, result.value, metricId)
      if (result.records > 0)
        expectSame(total!.value, result.value, metricId)
    }
  })

  it.each(Object.entries(filterSets))('and %s every formula says what its ingredients say', async (_filter, filters) => {
    const [asked, viewer] = who()
    for (const metricId of formulas) {
      const result = await evaluateMetric(database.db, asked, viewer, { ...filters, metricId }, now)
      expect(result.value === null, metricId).toBe(result.missing !== undefined)
      expect(result.ingredients!.filter(({ on, within }) => on === undefined && within === undefined).map(ingredient => ingredient.metricId)).toEqual(metricCatalogue[metricId].ingredients)
      for (const { on, within, ...ingredient } of result.ingredients!) {
        const days = within ?? (on === undefined ? null : { from: on, to: on })
        const period: MetricFilters = days === null ? filters : { ...filters, period: 'custom', from: days.from!, to: days.to! }
        const alone = await evaluateMetric(database.db, asked, viewer, { ...period, metricId: ingredient.metricId }, now)
        expect(ingredient, metricId).toEqual({ metricId: alone.metricId, unit: alone.unit, value: within ? alone.value ?? 0 : alone.value, records: alone.records })
      }
      await expect(readRecords(database.db, asked, viewer, metricId, filters, now)).rejects.toMatchObject({ code: 'request.invalid' })
    }
  })
})

describe('parts of a number', () => {
  const cases = metricIds.flatMap(metricId => metricCatalogue[metricId].dimensions.map(by => [metricId, by] as const))
  const isRecounted = (metricId: MetricId, by: Dimension) => metricCatalogue[metricId].recounted.includes(by)

  it.each(cases.filter(([metricId, by]) => !isRecounted(metricId, by)))('%s by %s hold the same records as the number', async (metricId, by) => {
    for (const filters of [{ period: 'all' }, { period: 'last_12_months', userIds: [1, 2] }] satisfies MetricFilters[]) {
      const result = await evaluateMetric(database.db, portal, admin, { ...filters, metricId, by }, now)
      const { records, value } = result.parts.reduce((sum, part) => ({ records: sum.records + part.records, value: sum.value + (part.value ?? 0) }), { value: 0, records: 0, ...result.others })
      // Of more customers than a page can hold, those that a sum leaves are told together.
      if (metricCatalogue[metricId].aggregate === 'sum' || result.parts.length < partsAtMost)
        expect(records).toBe(result.records)
      if (result.missing === undefined)
        expect(result.parts.length).toBeGreaterThan(0)
      if (metricCatalogue[metricId].aggregate === 'sum')
        expect(Math.abs(value - (result.value ?? 0))).toBeLessThanOrEqual(result.parts.length)
    }
  })

  it.each(cases.filter(([metricId, by]) => by === 'time' && isRecounted(metricId, by)))('%s by %s are each what the number is for them alone', async (metricId) => {
    const result = await evaluateMetric(database.db, portal, admin, { period: 'last_12_months', metricId, by: 'time' }, now)
    expect(result.parts).toHaveLength(12)
    for (const part of result.parts) {
      const alone = await evaluateMetric(database.db, portal, admin, { period: 'custom', from: part.days!.from!, to: part.days!.to!, metricId }, now)
      expect({ value: part.value, records: part.records }, part.key).toEqual({ value: alone.value, records: alone.records })
    }
  })

  it.each(cases.filter((one): one is [MetricId, 'channel' | 'campaign'] => one[1] === 'channel' || one[1] === 'campaign'))('%s by %s are each what the number is of it alone, down to its records', async (metricId, by) => {
    const asked = { period: 'last_12_months', metricId } as const
    const { parts } = await evaluateMetric(database.db, portal, admin, { ...asked, by }, now)
    expect(parts.length).toBeGreaterThan(1)
    expect(parts.every(({ key, label }) => label !== null || key === 'none')).toBe(true)
    for (const { key, value, records } of parts) {
      expect(await evaluateMetric(database.db, portal, admin, { ...asked, [by]: key }, now), key).toMatchObject({ value, records })
      if (metricCatalogue[metricId].drill === 'records')
        expect(await allRecords(portal, admin, metricId, { period: 'last_12_months', [by]: key }), key).toHaveLength(records)
    }
  })

  it('of a channel are refused to a number that has none', async () => {
    await expect(evaluateMetric(database.db, portal, admin, { period: 'all', metricId: 'revenue_won', channel: 'crm:WEB' }, now)).rejects.toMatchObject({ code: 'request.invalid' })
    await expect(readRecords(database.db, portal, admin, 'revenue_won', { period: 'all', campaign: 'rentree' }, now)).rejects.toMatchObject({ code: 'request.invalid' })
  })

  it.each(['Europe/Paris', 'America/New_York', 'Pacific/Auckland', 'Asia/Kolkata'])('in the zone %s lead to the records of their own days', async (timeZone) => {
    await database.db.updateTable('portals').set({ time_zone: timeZone }).where('portal_id', '=', portal.id).execute()
    const moved = { ...portal, timeZone }
    for (const metricId of recordMetrics.filter(id => metricCatalogue[id].dimensions.includes('time'))) {
      // Four weeks over the change of the clock, day by day.
      const result = await evaluateMetric(database.db, moved, admin, { period: 'custom', from: '2025-10-13', to: '2025-11-09', metricId, by: 'time' }, now)
      expect(result.parts).toHaveLength(28)
      for (const part of result.parts.filter((_, at) => at % 5 === 3)) {
        const { total } = await readRecords(database.db, moved, admin, metricId, { period: 'custom', from: part.days!.from!, to: part.days!.to! }, now)
        expect(total!.records, `${metricId} ${part.key}`).toBe(part.records)
        if (part.records > 0)
          expectSame(total!.value, part.value, `${metricId} ${part.key}`)
      }
    }
    await database.db.updateTable('portals').set({ time_zone: 'Europe/Paris' }).where('portal_id', '=', portal.id).execute()
  })

  it('lead to just their records', async () => {
    const revenue = await evaluateMetric(database.db, portal, admin, { metricId: 'revenue_won', period: 'all', by: 'time' }, now)
    for (const part of revenue.parts) {
      const { total } = await readRecords(database.db, portal, admin, 'revenue_won', { period: 'custom', from: part.days!.from!, to: part.days!.to! }, now)
      expect(total).toMatchObject({ records: part.records, sum: part.value ?? 0 })
    }
    const pipeline = await evaluateMetric(database.db, portal, admin, { metricId: 'pipeline_open', period: 'all', by: 'stage' }, now)
    for (const part of pipeline.parts) {
      const { total } = await readRecords(database.db, portal, admin, 'pipeline_open', { period: 'all', stageId: part.key }, now)
      expect(total).toMatchObject({ records: part.records, sum: part.value ?? 0 })
    }
    for (const [by, narrow] of [['customer', (key: string) => ({ companyId: Number(key) })], ['source', (key: string) => ({ sourceId: key })]] as const) {
      const rate = await evaluateMetric(database.db, portal, admin, { metricId: 'win_rate', period: 'all', by }, now)
      for (const part of rate.parts) {
        const { total } = await readRecords(database.db, portal, admin, 'win_rate', { period: 'all', ...narrow(part.key) }, now)
        expect(total, `${by} ${part.key}`).toMatchObject({ records: part.records, value: part.value })
      }
    }
    for (const metricId of ['payables_open', 'payables_overdue', 'receivables_open'] as const) {
      const owed = await evaluateMetric(database.db, portal, admin, { metricId, period: 'last_month', by: 'age' }, now)
      for (const part of owed.parts) {
        const { total } = await readRecords(database.db, portal, admin, metricId, { period: 'last_month', age: part.key as AgeingBucket }, now)
        expect(total, `${metricId} ${part.key}`).toMatchObject({ records: part.records, sum: part.value ?? 0 })
      }
    }
    const vendors = await evaluateMetric(database.db, portal, admin, { metricId: 'spend_total', period: 'last_12_months', by: 'vendor' }, now)
    for (const part of vendors.parts) {
      const { total } = await readRecords(database.db, portal, admin, 'spend_total', { period: 'last_12_months', vendorId: part.key }, now)
      expect(total).toMatchObject({ records: part.records, sum: part.value ?? 0 })
    }
  })
})

describe('what a number leaves out', () => {
  it('is listed record by record, as many as it says', async () => {
    let seen = 0
    for (const metricId of recordMetrics) {
      for (const filters of [{ period: 'last_12_months' }, { period: 'all', userIds: [2] }] satisfies MetricFilters[]) {
        const { leftOut } = await evaluateMetric(database.db, portal, admin, { ...filters, metricId }, now)
        for (const { reason, records } of leftOut) {
          const listed = await allRecords(portal, admin, metricId, { ...filters, leftOut: reason })
          expect(listed, `${metricId} ${reason}`).toHaveLength(records)
          expect(listed.every(({ worth }) => worth === null)).toBe(true)
          seen++
        }
      }
    }
    expect(seen).toBeGreaterThan(60)
  })
})

describe('what is late of what we owe', () => {
  it('is the share that the ageing of the payments shows, credit notes apart', async () => {
    const asked = await aPortal(database.db)
    const { vendor_id } = await database.db.insertInto('vendors').values({ portal_id: asked.id, name: 'Acme', name_key: 'acme' }).returning('vendor_id').executeTakeFirstOrThrow()
    const owed = [{ amount: 100_00, dueOn: '2026-01-31' }, { amount: 300_00, dueOn: '2026-02-17' }, { amount: -80_00, dueOn: '2026-01-15' }]
    await database.db.insertInto('payables').values(owed.map(({ amount, dueOn }, at) => ({
      portal_id: asked.id, vendor_id, reference: `F-${at}`, issued_on: '2026-01-02', due_on: dueOn, amount_minor: amount, amount_base_minor: amount, currency: 'EUR', status: 'open' as const,
    }))).execute()
    const lines = ageing(owed.map(({ amount, dueOn }) => ({ dueOn, isCredit: amount < 0, amountMinor: amount, count: 1, unpricedCount: 0 })), '2026-02-17')
    const sumOf = (...left: AgeingBucket[]) => lines.filter(({ bucket }) => !left.includes(bucket)).reduce((sum, { amountMinor }) => sum + amountMinor, 0)
    const late = await evaluateMetric(database.db, asked, admin, { metricId: 'overdue_share', period: 'this_year' }, now)
    expect(late).toMatchObject({ value: 0.25, records: 2 })
    expect(late.value).toBe(sumOf('credits', 'not_due') / sumOf('credits'))
    const { parts } = await evaluateMetric(database.db, asked, admin, { metricId: 'payables_open', period: 'this_year', by: 'age' }, now)
    expect(parts.map(({ key, value, records }) => ({ bucket: key, amountMinor: value, count: records, unpricedCount: 0 }))).toEqual(lines.filter(({ count }) => count > 0))
  })
})

describe('revenue that comes again', () => {
  const boughtBetween = async (from: string, to: string, people: readonly number[] | null): Promise<Map<number, number | null>> => {
    const { rows } = await sql<{ company: number, amount: number | null, person: number | null, day: string }>`
      select company_id as company, amount_base_minor as amount, assigned_by_id as person, (closed_at at time zone 'Europe/Paris')::date::text as day
      from crm_deals where portal_id = ${portal.id} and semantics = 'S' and company_id > 0 and closed_at is not null`.execute(database.db)
    const bought = new Map<number, number | null>()
    for (const { company, amount, person, day } of rows) {
      if (day >= from && day <= to && (people === null || people.includes(person ?? 0)))
        bought.set(company, amount === null ? bought.get(company) ?? null : (bought.get(company) ?? 0) + amount)
    }
    return bought
  }

  it.each([
    ['a quarter', { from: '2025-10-01', to: '2025-12-31' }, { from: '2025-07-01', to: '2025-09-30' }, null],
    ['three weeks', { from: '2025-09-08', to: '2025-09-28' }, { from: '2025-08-18', to: '2025-09-07' }, null],
    ['a half-year of two people', { from: '2025-07-01', to: '2025-12-31' }, { from: '2025-01-01', to: '2025-06-30' }, [2, 3]],
  ])('over %s is what the customers of the time before bought again, taken apart', async (_span, during, before, people) => {
    const [was, is] = await Promise.all([boughtBetween(before.from, before.to, people), boughtBetween(during.from, during.to, people)])
    const active = [...was].flatMap(([company, amount]) => amount ? [{ before: amount, now: is.get(company) ?? 0, isGone: !is.has(company) }] : [])
    const start = active.reduce((sum, { before }) => sum + before, 0)
    const value = async (metricId: MetricId) =>
      (await evaluateMetric(database.db, portal, admin, { metricId, period: 'custom', ...during, ...people && { userIds: [...people] } }, now)).value!
    expect(active.length).toBeGreaterThan(5)
    expect(await value('recurring_start')).toBe(start)
    expect(await value('nrr')).toBeCloseTo(active.reduce((sum, { now }) => sum + now, 0) / start, 12)
    expect(await value('grr')).toBeCloseTo(active.reduce((sum, { before, now }) => sum + Math.min(before, now), 0) / start, 12)
    expect(await value('recurring_churn')).toBe(active.filter(({ isGone }) => isGone).reduce((sum, { before }) => sum + before, 0))
    const amounts = [...is.values()].filter(amount => amount !== null)
    expect(await value('revenue_per_customer')).toBe(Math.round(amounts.reduce((sum, amount) => sum + amount, 0) / amounts.length))
  })
})

describe('what customers owe', () => {
  it('is what was invoiced and neither paid nor given up on the last day', async () => {
    const { rows } = await sql<{ owed: number, issued: number, before: number }>`
      select sum(amount_base_minor) filter (where day <= '2025-12-31' and (semantics in ('P', 'F') or paid > '2025-12-31'))::bigint as owed,
        sum(amount_base_minor) filter (where day between '2025-10-01' and '2025-12-31')::bigint as issued,
        sum(amount_base_minor) filter (where day <= '2025-09-30' and (semantics in ('P', 'F') or paid > '2025-09-30'))::bigint as before
      from (select *, coalesce(issued_on, (created_at at time zone 'Europe/Paris')::date) as day, (moved_at at time zone 'Europe/Paris')::date as paid
        from crm_invoices where portal_id = ${portal.id} and (semantics <> 'F' or stage_id like '%:D')) i`.execute(database.db)
    const { owed, issued, before } = rows[0]!
    const value = async (metricId: MetricId) => (await evaluateMetric(database.db, portal, admin, { metricId, period: 'last_quarter' }, now)).value
    expect([await value('receivables_open'), await value('receivables_issued')]).toEqual([owed, issued])
    expect(await value('dso')).toBeCloseTo((before + owed) / 2 / issued * 92, 9)
  })
})

describe('the dashboard', () => {
  it('shows the very numbers that each metric gives on its own', async () => {
    for (const filters of Object.values(filterSets)) {
      const dashboard = await firstAnalytics(database.db, portal, admin, filters, now)
      const alone = async (metricId: MetricId, by?: 'time' | 'stage' | 'vendor') =>
        evaluateMetric(database.db, portal, admin, { ...filters, metricId, ...by && { by } }, now)
      expect(dashboard.revenueWon).toEqual(await alone('revenue_won', dashboard.revenueWon.by === null ? undefined : 'time'))
      expect(dashboard.dealsWon).toEqual(await alone('deals_won'))
      expect(dashboard.winRate).toEqual(await alone('win_rate'))
      expect(dashboard.averageDeal).toEqual(await alone('average_deal'))
      expect(dashboard.salesCycle).toEqual(await alone('sales_cycle'))
      expect(dashboard.pipelineOpen).toEqual(await alone('pipeline_open', 'stage'))
      expect(dashboard.spendTotal).toEqual(await alone('spend_total', 'time'))
      expect(dashboard.topVendors.parts).toEqual((await alone('spend_total', 'vendor')).parts.slice(0, 10))
    }
  })

  it('counts for a seller no deal of anybody else', async () => {
    const mine = await allRecords(ownOnly, seller(3), 'deals_won', { period: 'all' })
    expect(mine.length).toBeGreaterThan(0)
    expect(mine.every(({ responsible }) => responsible?.userId === 3)).toBe(true)
    const others = await evaluateMetric(database.db, ownOnly, seller(3), { metricId: 'deals_won', period: 'all', userIds: [1, 2, 4, 5] }, now)
    expect(others.records).toBe(0)
  })

  it('counts for a department its people and those of the departments below, and the viewer always', async () => {
    const team = await allRecords(byDepartment, seller(2, [10]), 'deals_won', { period: 'all' })
    expect([...new Set(team.map(({ responsible }) => responsible!.userId))].sort()).toEqual([2, 3])
    const alone = await allRecords(byDepartment, seller(5), 'deals_won', { period: 'all' })
    expect([...new Set(alone.map(({ responsible }) => responsible!.userId))]).toEqual([5])
  })
})
