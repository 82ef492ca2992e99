import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import Papa from 'papaparse'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Dashboard } from '@comptoir/shared/insights/insights.contract'
import type { MetricId } from '@comptoir/shared/insights/metric'
import { freshDatabase, type TestDatabase } from '../../platform/storage/test-database.ts'
import type { InsightPortal } from './ask.ts'
import { firstAnalytics } from './dashboard.postgres.ts'
import { evaluateMetric } from './evaluate-metric.postgres.ts'
import { admin, aDeal, aPortal, mirrorDeals, type DealRow } from './testing/a-portal.ts'

const file = join(import.meta.dirname, '../../../../../shared/data/crm/sales_pipeline.csv')
const reason = existsSync(file) ? '' : ' (skipped: ../shared/data/crm/sales_pipeline.csv is not there)'

interface Line { sales_agent: string, account: string, deal_stage: 'Won' | 'Lost' | 'Engaging' | 'Prospecting', engage_date: string, close_date: string, close_value: string }

interface Names { readonly agents: readonly string[], readonly accounts: readonly string[] }

function toDeal(portal: InsightPortal, line: Line, at: number, { agents, accounts }: Names): DealRow {
  const amount = line.close_value === '' ? null : Math.round(Number(line.close_value) * 100)
  return aDeal(portal, {
    deal_id: at + 1,
    semantics: line.deal_stage === 'Won' ? 'S' : line.deal_stage === 'Lost' ? 'F' : 'P',
    stage_id: line.deal_stage,
    amount_minor: amount,
    amount_base_minor: amount,
    assigned_by_id: agents.indexOf(line.sales_agent) + 1,
    company_id: line.account === '' ? null : accounts.indexOf(line.account) + 1,
    created_at: new Date(`${line.engage_date || '2017-12-01'}T08:00:00Z`),
    closed_at: line.close_date === '' ? null : new Date(`${line.close_date}T15:00:00Z`),
  })
}

describe.skipIf(reason)(`the sales pipeline with known totals${reason}`, () => {
  let database: TestDatabase
  let portal: InsightPortal
  let lines: Line[]
  let agents: string[]
  const now = new Date('2017-12-31T18:00:00Z')

  beforeAll(async () => {
    database = await freshDatabase()
    portal = await aPortal(database.db)
    lines = Papa.parse<Line>(readFileSync(file, 'utf8'), { header: true, skipEmptyLines: true }).data
    agents = [...new Set(lines.map(line => line.sales_agent))]
    const accounts = [...new Set(lines.map(line => line.account))]
    const deals = lines.map((line, at) => toDeal(portal, line, at, { agents, accounts }))
    for (let at = 0; at < deals.length; at += 2500)
      await mirrorDeals(database.db, deals.slice(at, at + 2500))
  })
  afterAll(() => database.close())

  const expectKnown = (dashboard: Dashboard): void => {
    expect(dashboard.revenueWon.value).toBe(10_005_534_00)
    expect(dashboard.dealsWon.value).toBe(4238)
    expect(dashboard.winRate.value).toBeCloseTo(0.6315, 4)
    expect(dashboard.winRate.records).toBe(4238 + 2473)
    expect(dashboard.pipelineOpen.parts.map(({ key }) => key).sort()).toEqual(['Engaging', 'Prospecting'])
  }

  it('gives the known figures over all time and over its last twelve months alike', async () => {
    expectKnown(await firstAnalytics(database.db, portal, admin, { period: 'all' }, now))
    expectKnown(await firstAnalytics(database.db, portal, admin, { period: 'last_12_months' }, now))
  })

  it('counts what is open by stage, and does not price what has no amount', async () => {
    const open = await evaluateMetric(database.db, portal, admin, { metricId: 'deals_open', period: 'all', by: 'stage' }, now)
    expect(Object.fromEntries(open.parts.map(({ key, value }) => [key, value]))).toEqual({ Engaging: 1589, Prospecting: 500 })
    const pipeline = await evaluateMetric(database.db, portal, admin, { metricId: 'pipeline_open', period: 'all' }, now)
    expect(pipeline).toMatchObject({ value: null, records: 0, leftOut: [{ reason: 'without_amount', records: 2089 }] })
  })

  it('gives the median cycle that sorting the file gives', async () => {
    const days = lines.filter(line => line.deal_stage === 'Won')
      .map(line => (Date.parse(line.close_date) - Date.parse(line.engage_date)) / 86_400_000).sort((a, b) => a - b)
    const median = (days[Math.floor((days.length - 1) / 2)]! + days[Math.ceil((days.length - 1) / 2)]!) / 2
    const cycle = await evaluateMetric(database.db, portal, admin, { metricId: 'sales_cycle', period: 'all' }, now)
    expect(cycle).toMatchObject({ value: median, records: 4238 })
  })

  it('shares the figures among the sellers without losing one', async () => {
    const byPerson = await evaluateMetric(database.db, portal, admin, { metricId: 'revenue_won', period: 'all', by: 'responsible' }, now)
    expect(byPerson.parts).toHaveLength(30)
    expect(byPerson.parts.reduce((sum, { value }) => sum + value!, 0)).toBe(10_005_534_00)
  })

  it.each([
    ['the fourth quarter', ['2017-10-01', '2017-12-31'], ['2017-07-01', '2017-09-30'], null],
    ['the second half-year', ['2017-07-01', '2017-12-31'], ['2017-01-01', '2017-06-30'], null],
    ['one seller’s third quarter', ['2017-07-01', '2017-09-30'], ['2017-04-01', '2017-06-30'], 'Darcel Schlecht'],
  ] as const)('keeps of its revenue in %s what its customers bought again', async (_period, [from, to], [was, until], agent) => {
    const bought = (first: string, last: string): Map<string, number> => {
      const sums = new Map<string, number>()
      for (const { account, deal_stage, close_date, close_value, sales_agent } of lines) {
        if (deal_stage === 'Won' && account !== '' && close_date >= first && close_date <= last && (agent === null || agent === sales_agent))
          sums.set(account, (sums.get(account) ?? 0) + Math.round(Number(close_value) * 100))
      }
      return sums
    }
    const [before, during] = [bought(was, until), bought(from, to)]
    const sum = (amounts: Iterable<number>): number => [...amounts].reduce((total, amount) => total + amount, 0)
    const start = sum(before.values())
    const value = async (metricId: MetricId) =>
      (await evaluateMetric(database.db, portal, admin, { metricId, period: 'custom', from, to, ...agent && { userIds: [agents.indexOf(agent) + 1] } }, now)).value
    expect(await value('recurring_start')).toBe(start)
    expect(await value('nrr')).toBeCloseTo(sum([...before.keys()].map(account => during.get(account) ?? 0)) / start, 12)
    expect(await value('grr')).toBeCloseTo(sum([...before].map(([account, amount]) => Math.min(amount, during.get(account) ?? 0))) / start, 12)
    expect(await value('revenue_per_customer')).toBe(Math.round(sum(during.values()) / during.size))
  })

  it('tells no customer value from its fifteen months', async () => {
    const result = await evaluateMetric(database.db, portal, admin, { metricId: 'clv', period: 'last_12_months' }, now)
    expect(result).toMatchObject({ value: null, ingredients: [{ metricId: 'revenue_per_customer' }, { metricId: 'deal_margin' }, { metricId: 'costed_revenue' }, { metricId: 'churn' }] })
  })
})
