import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { MetricId } from '@comptoir/shared/insights/metric'
import type { Viewer } from '@comptoir/shared/portal/portal.contract'
import { readMetricForecast } from '@comptoir/backend/features/forecasts/metric-forecast.postgres'
import { evaluateMetric } from '@comptoir/backend/features/insights/evaluate-metric.postgres'
import { readMonthlyValues } from '@comptoir/backend/features/insights/monthly-values.postgres'
import { readRecords } from '@comptoir/backend/features/insights/records.postgres'
import { aPortal, mirrorDeals } from '@comptoir/backend/features/insights/testing/a-portal'
import { scattered, scatteredDeal } from '@comptoir/backend/features/insights/testing/scattered-deals'
import { scatteredHistory } from '@comptoir/backend/features/insights/testing/scattered-history'
import { scatteredPurchases } from '@comptoir/backend/features/insights/testing/scattered-purchases'
import { scatteredSupply } from '@comptoir/backend/features/insights/testing/scattered-supply'
import { evaluatePortal } from '@comptoir/backend/features/scorecards/evaluate-portal.postgres'
import { readPriceReport } from '@comptoir/backend/features/spend-reports/prices.postgres'
import { readPunctuality } from '@comptoir/backend/features/spend-reports/punctuality.postgres'
import { readSpendReport } from '@comptoir/backend/features/spend-reports/spend-summary.postgres'
import { findDeal, readDealVendors } from '@comptoir/backend/features/vendors/deal-vendors.postgres'
import type { PortalRecord } from '@comptoir/backend/platform/http/caller'
import { freshDatabase, type TestDatabase } from '@comptoir/backend/platform/storage/test-database'

const now = new Date('2026-02-17T10:00:00Z')
const admin: Viewer = { userId: 1, name: 'Ada', isAdmin: true, departmentIds: [1] }
const buyer: Viewer = { userId: 5, name: 'Bea', isAdmin: false, departmentIds: [] }
let database: TestDatabase
let portal: PortalRecord

beforeAll(async () => {
  database = await freshDatabase()
  const { db } = database
  const found = await aPortal(db, { settings: { analyticsScope: 'all' } })
  const next = scattered(77)
  const deals = Array.from({ length: 300 }, (_, at) => scatteredDeal(found, at + 1, next))
  await db.insertInto('crm_currencies').values({ portal_id: found.id, currency: 'XTS', rate: '2', is_base: false }).execute()
  await db.insertInto('exchange_rates').values({ portal_id: found.id, currency: 'XTS', valid_from: '2020-01-01', rate: '2' }).onConflict(conflict => conflict.doNothing()).execute()
  await mirrorDeals(db, deals)
  await scatteredPurchases(db, found, next)
  await scatteredHistory(db, found, deals, next)
  await scatteredSupply(db, found, next)
  await db.deleteFrom('vendor_grants').where('portal_id', '=', found.id).execute()
  // The buyer sees two of the five vendors.
  const seen = await db.selectFrom('vendors').select('vendor_id').where('name', 'in', ['Delmas', 'Kervella']).execute()
  await db.insertInto('vendor_grants').values(seen.map(({ vendor_id }) => ({
    portal_id: found.id, subject_kind: 'user' as const, subject_id: buyer.userId, scope_kind: 'vendor' as const, vendor_id, role: 'viewer' as const, field_groups: ['identity', 'prices', 'scores'] as ('identity' | 'prices' | 'scores')[],
  }))).execute()
  portal = found as PortalRecord
})
afterAll(() => database.close())

type Period = { period: 'last_12_months' | 'last_quarter' | 'all' } | { period: 'custom', from: string, to: string }
const periods: readonly Period[] = [{ period: 'last_12_months' }, { period: 'last_quarter' }, { period: 'all' }, { period: 'custom', from: '2025-06-17', to: '2025-11-05' }]

const value = async (viewer: Viewer, metricId: MetricId, period: Period): Promise<number | null> =>
  (await evaluateMetric(database.db, portal, viewer, { ...period, metricId }, now)).value

describe.each([['an administrator', admin], ['a buyer of two vendors', buyer]] as const)('for %s', (_who, viewer) => {
  it.each(periods)('prices, concentration and punctuality of %o are those of the purchasing reports', async (period) => {
    const reader = { portal, viewer }
    const prices = await readPriceReport(database.db, reader, period, now)
    expect([await value(viewer, 'savings', period), await value(viewer, 'price_overspend', period)]).toEqual([prices.savedMinor, prices.overspentMinor])
    const { leftOut } = await evaluateMetric(database.db, portal, viewer, { ...period, metricId: 'savings' }, now)
    if (period.period !== 'all')
      expect(leftOut.filter(({ reason }) => reason !== 'without_reference').reduce((sum, { records }) => sum + records, 0)).toBe(prices.leftOut)
    const { concentration } = await readSpendReport(database.db, reader, { ...period, by: 'month' }, now)
    expect(await value(viewer, 'top_three_share', period)).toBeCloseTo(concentration!.threeLargestShare / 100, 9)
    expect(await value(viewer, 'effective_vendors', period)).toBeCloseTo(concentration!.effectiveVendors, 6)
    const { months } = await readPunctuality(database.db, reader, period, now)
    const sum = (of: 'due' | 'inFull') => months.reduce((all, month) => all + month[of], 0)
    expect(await value(viewer, 'on_time_delivery', period)).toBe(sum('inFull') / sum('due'))
  })

  it('the margin at risk of each open deal is that of its own page', async () => {
    const { records, total } = await readRecords(database.db, portal, viewer, 'margin_at_risk', { period: 'all', limit: 1000 }, now)
    const told = new Map(records.map(({ dealId, worth }) => [dealId, worth]))
    const open = await database.db.selectFrom('crm_deals').select('deal_id').where('portal_id', '=', portal.id).where('semantics', '=', 'P').execute()
    let known = 0
    for (const { deal_id } of open) {
      const deal = await findDeal(database.db, portal.id, deal_id)
      const { supply } = await readDealVendors(database.db, { portal, viewer }, deal!, now)
      expect(told.get(deal_id) ?? null, `deal ${deal_id}`).toBe(supply.marginAtRisk?.minor ?? null)
      known += supply.marginAtRisk === null ? 0 : 1
    }
    expect(known).toBeGreaterThan(5)
    expect(await value(viewer, 'margin_at_risk', { period: 'all' })).toBe(total!.sum)
  })
})

it('the accuracy of invoices is that of the scorecards, all vendors together', async () => {
  const { cards } = await evaluatePortal(database.db, portal, '2026-02-17')
  const measures = [...cards.values()].map(card => card.measures.invoiceAccuracy)
  const checked = measures.reduce((sum, { n }) => sum + n, 0)
  const accurate = measures.reduce((sum, { value: percent, n }) => sum + Math.round((percent ?? 0) / 100 * n), 0)
  expect(accurate).toBeGreaterThan(5)
  expect(await evaluateMetric(database.db, portal, admin, { period: 'all', metricId: 'invoice_accuracy' }, now)).toMatchObject({ value: accurate / checked, records: checked })
})

it('scores are those that are stored of the last month, the adjusted one where there is one, within the viewer\'s rights', async () => {
  const rows = await database.db.selectFrom('scorecard_snapshots as s').innerJoin('vendors as v', 'v.vendor_id', 's.vendor_id').select(['v.name', 's.score', 's.standing']).where('s.month', '=', '2026-01-01').execute()
  const adjusted = (name: string, score: number | null) => name === 'Bréchet' ? 55.5 : score
  const mean = (of: typeof rows) => of.reduce((sum, { name, score }) => sum + adjusted(name, score)!, 0) / of.length
  const scored = rows.filter(({ score }) => score !== null)
  expect(scored).toHaveLength(4)
  expect(await value(admin, 'average_score', { period: 'last_12_months' })).toBeCloseTo(mean(scored), 9)
  expect(await value(admin, 'critical_share', { period: 'last_12_months' })).toBe(scored.filter(({ standing }) => standing === 'Critique').length / 4)
  expect(await value(buyer, 'average_score', { period: 'last_12_months' })).toBeCloseTo(mean(scored.filter(({ name }) => name === 'Delmas' || name === 'Kervella')), 9)
})

it('the accuracy of forecasts is the one that the forecast page shows', async () => {
  const readMonths: Parameters<typeof readMetricForecast>[0]['readMonths'] = async (reader, { metric, categoryId }) => {
    const { unit: _unit, ...months } = await readMonthlyValues(database.db, reader.portal, reader.viewer, { metricId: metric, categoryId, atMost: 60 }, now)
    return { ...months, unit: 'money' }
  }
  for (const categoryId of [null, 1]) {
    const { record } = await readMetricForecast({ db: database.db, now: () => now, readMonths }, { portal, viewer: admin }, 'revenue_won', { categoryId })
    expect(record.values).toBeGreaterThan(1)
    const filters = { period: 'all' as const, ...categoryId !== null && { categoryIds: [categoryId] } }
    const shown = async (metricId: MetricId) => (await evaluateMetric(database.db, portal, admin, { ...filters, metricId }, now)).value
    expect(await shown('forecast_wape')).toBeCloseTo(record.wape!, 4)
    expect(await shown('forecast_bias')).toBeCloseTo(record.bias!, 4)
  }
  expect(await evaluateMetric(database.db, portal, buyer, { period: 'all', metricId: 'forecast_wape' }, now)).toMatchObject({ value: null, missing: 'no_records' })
  expect(await evaluateMetric(database.db, portal, admin, { period: 'all', userIds: [2], metricId: 'forecast_wape' }, now)).toMatchObject({ value: null, missing: 'forecast_filters' })
})
