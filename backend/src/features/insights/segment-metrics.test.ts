import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { MetricFilters } from '@comptoir/shared/insights/insights.contract'
import { metricIds, type MetricId } from '@comptoir/shared/insights/metric'
import { metricCatalogue } from '@comptoir/shared/insights/metric-catalogue'
import type { Group } from '@comptoir/shared/segments/rule'
import { freshDatabase, type TestDatabase } from '../../platform/storage/test-database.ts'
import type { InsightPortal } from './ask.ts'
import { firstAnalytics } from './dashboard.postgres.ts'
import { evaluateMetric } from './evaluate-metric.postgres.ts'
import { readMonthlyValues } from './monthly-values.postgres.ts'
import { readRecords } from './records.postgres.ts'
import { admin, aPortal, mirrorDeals } from './testing/a-portal.ts'
import { scattered, scatteredDeal } from './testing/scattered-deals.ts'
import { scatteredPurchases } from './testing/scattered-purchases.ts'

const now = new Date('2026-02-17T10:00:00Z')
const year = { period: 'last_12_months' } as const
let database: TestDatabase
let portal: InsightPortal
let second: string
let others: string

beforeAll(async () => {
  database = await freshDatabase()
  portal = await aPortal(database.db)
  const next = scattered(12)
  await mirrorDeals(database.db, Array.from({ length: 400 }, (_, at) => scatteredDeal(portal, at + 1, next)))
  await scatteredPurchases(database.db, portal, next)
  second = await aSegment({ kind: 'all', rules: [{ field: 'pipeline', operator: 'in', values: [1] }] })
  others = await aSegment({ kind: 'none', rules: [{ field: 'pipeline', operator: 'in', values: [1] }] })
})
afterAll(() => database.close())

async function aSegment(rule: Group): Promise<string> {
  const { segment_id } = await database.db.insertInto('segments').values({ portal_id: portal.id, subject: 'deal', name: 'x', rule: JSON.stringify(rule), owner_id: 1, updated_by: 1 })
    .returning('segment_id').executeTakeFirstOrThrow()
  return segment_id
}
const ask = (metricId: MetricId, filters: Partial<MetricFilters>) => evaluateMetric(database.db, portal, admin, { metricId, ...year, ...filters }, now)

const isOfForecasts = (id: MetricId): boolean => metricCatalogue[id].subject === 'forecast' || metricCatalogue[id].ingredients.some(isOfForecasts)

describe('a metric over a segment', () => {
  it.each(metricIds.filter(isOfForecasts))('%s is not told: forecasts are kept by pipeline', async (metricId) => {
    expect(await ask(metricId, { segmentId: second })).toMatchObject({ value: null, missing: 'forecast_filters' })
  })

  it.each(metricIds.filter(id => !isOfForecasts(id)))('%s counts the records of the segment and no others', async (metricId) => {
    const [inSegment, inPipeline] = await Promise.all([ask(metricId, { segmentId: second }), ask(metricId, { categoryIds: [1] })])
    expect(inSegment).toEqual(inPipeline)
  })

  it('adds up to the whole with the segment of everything else', async () => {
    for (const metricId of ['revenue_won', 'deals_won', 'deals_lost', 'pipeline_open', 'deals_open'] as const) {
      const [all, one, rest] = await Promise.all([ask(metricId, {}), ask(metricId, { segmentId: second }), ask(metricId, { segmentId: others })])
      expect((one.value ?? 0) + (rest.value ?? 0), metricId).toBe(all.value)
    }
  })

  it('by its parts is the same as by the parts of the pipeline', async () => {
    for (const metricId of ['revenue_won', 'win_rate', 'sales_cycle', 'pipeline_open'] as const)
      for (const by of metricCatalogue[metricId].dimensions)
        expect(await evaluateMetric(database.db, portal, admin, { metricId, ...year, by, segmentId: second }, now), `${metricId} by ${by}`)
          .toEqual(await evaluateMetric(database.db, portal, admin, { metricId, ...year, by, categoryIds: [1] }, now))
  })

  it('shows the same numbers on the dashboard, in its records and month by month', async () => {
    const dashboard = await firstAnalytics(database.db, portal, admin, { ...year, segmentId: second }, now)
    const filtered = await firstAnalytics(database.db, portal, admin, { ...year, categoryIds: [1] }, now)
    expect(dashboard).toEqual(filtered)
    const { total } = await readRecords(database.db, portal, admin, 'revenue_won', { ...year, segmentId: second }, now)
    expect(total?.value).toBe(dashboard.revenueWon.value)
    const { months, running } = await readMonthlyValues(database.db, portal, admin, { metricId: 'deals_won', categoryId: null, segmentId: second, atMost: 11 }, now)
    expect([...months, running].reduce((sum, { value }) => sum + (value ?? 0), 0)).toBe(dashboard.dealsWon.value)
  })

  it('that is gone is an error, not everything', async () => {
    await expect(ask('deals_won', { segmentId: '00000000-0000-4000-8000-000000000000' })).rejects.toMatchObject({ code: 'segment.not_found' })
  })
})
